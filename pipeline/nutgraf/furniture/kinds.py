"""The reasons for which a line is dropped, in one line each."""

from __future__ import annotations

REASONS = {
    "advertisement": "a mark where an advertisement stands, or an offer in its stead",
    "author": "who the author is, at the foot of the article",
    "byline": "who wrote, when, or how long it takes to read",
    "caption": "caption or credit of a picture, film or sound",
    "captcha": "a riddle that keeps programs from commenting",
    "comment_form": "comments of readers, their number, or the form for them",
    "contact": "how to reach the newsroom, its terms, links at the foot of the page",
    "copyright": "whose the text is and who may copy it",
    "disclaimer": "what the site earns from links, or does not answer for",
    "embed": "a post of a social network, set into the page",
    "foot": "short lines at the foot of the page, behind the last sentence",
    "headline": "the article's own headline, once more",
    "headline_list": "a headline in a list of other articles",
    "link_row": "a row of links between bars",
    "notice": "the story is new, was corrected or stood elsewhere first",
    "ornament": "marks without a letter or a digit",
    "placeholder": "words that stand where something failed to load",
    "related": "the way to other articles, or the heading of a list of them",
    "results": "a table of matches in one line",
    "share": "buttons that share, print or follow",
    "sign_off": "how an agency ends a report: who added to it, where it comes from",
    "subheading": "a heading inside the article, marked as one by the page",
    "subscription": "a plea to subscribe, join, give or download",
}
# furniture that headlines of other articles follow
LISTS = frozenset({"related", "comment_form", "captcha", "share", "subscription", "contact"})
