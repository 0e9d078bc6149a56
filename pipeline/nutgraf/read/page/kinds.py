"""What the elements of a page call themselves: kinds of furniture, told by tag, class and id."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.etree import _Element  # type: ignore[import-untyped,unused-ignore]

_FURNITURE = frozenset({"aside", "footer", "form", "table"})
# words of a class or id; a hyphen stands for any or no mark between two words, a star for any end of the word
_NAMES = """
    ad ads advert* adslot affiliate* anzeige werbung publicidad publicite pub sponsor* promo* autopromo author-bio*
    author-box* author-info* author-card* author-about* about-author* bio biography byline* entry-meta post-meta
    meta-info* meta-data* timestamp timestamps breadcrumb breadcrumbs tags tag-list tag-cloud keywords toc
    table-of-contents toolbar caption* credit credits gallery inline-gallery mini-gallery lightbox pull-quote*
    pullquote* fact-box* factbox* infobox* comment comments comment-* share* sharing social* twitter-*
    instagram-media tiktok-embed cookie* copyright correction-box disclaimer disclosure donat* download-app cta
    newsletter* sign-up* signup* subscribe* subscription* subscriber* pay-wall-message pay-wall-offer
    pay-wall-prompt pay-wall-banner pop-up* inline-link inline-links inline-promo inline-related more-on* more-from*
    more-stories more-news more-like* most-read most-popular most-viewed outbrain taboola read-more* read-also*
    read-next* read-on* recirc* recommend* related* see-also teaser-list teaser-box teaser-grid trending
    mehr-zum-thema lire-aussi relacionada relacionado relacionadas relacionados shop* sidebar text-aside widget
    widgets print-only screen-reader-* sr-only visually-hidden
"""
_KIND = re.compile(
    r"[\s_-](?:"
    + "|".join(word.replace("-", "[_-]?").replace("*", r"[a-z0-9]*") for word in sorted(set(_NAMES.split())))
    + r")(?=[\s_-])"
)
# the same inside a name that capitals part: "articleNewsletter"; short words would be found in names made by machines
_PARTED = re.compile(
    r"[a-z](Related|Newsletter|Caption|Advert|Sponsor|Recommend|Comments|Byline|Subscri|Sidebar|Disclaimer|Copyright|"
    r"Pull[qQ]uote|ReadMore|Breadcrumb|Promo(?![a-z])|Social(?![a-z]))"
)
_HIDDEN = re.compile(r"display:\s{0,3}none|visibility:\s{0,3}hidden", re.IGNORECASE)
_LOOKED_AT = 300  # characters of an attribute


def kind_of(element: _Element) -> str:
    """The kind of furniture that an element says it is, or an empty string."""
    if element.tag in _FURNITURE:
        return str(element.tag)
    named, id_ = element.get("class"), element.get("id")
    found = _kind(f" {(named or '')[:_LOOKED_AT]} {(id_ or '')[:_LOOKED_AT]} ") if named or id_ else ""
    return found or ("hidden" if is_hidden(element) else "")


def is_hidden(element: _Element) -> bool:
    """Whether an element's own attributes keep it from readers' eyes."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and bool(_HIDDEN.search(style[:_LOOKED_AT]))


@lru_cache(maxsize=2048)
def _kind(names: str) -> str:
    if found := _KIND.search(names.lower()):
        return found[0].strip(" \t\n_-")
    parted = _PARTED.search(names)
    return parted[1].lower() if parted else ""
