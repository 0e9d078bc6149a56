"""Site furniture: lines of a page that are no paragraph of its article, each told by a named reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_SITES = (
    "tweet|retweet|facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|instagram|e-?mail|print|share|"
    "copy link|save|bookmark"
)
# reason -> how such a line begins, or (with .*) what it holds; looked for in this order
_LINES: tuple[tuple[str, re.Pattern[str], int], ...] = tuple(
    (reason, pattern, longest)
    for reason, longest, pattern in (
        (
            "copyright",
            40,
            _any(
                r".*\ball rights reserved\b",
                r"(?:copyright|\(c\)|©)\W*(?:\(c\)|©)?\W*(?:by\b|\d{4}|the\b)",
                r"©",
                r".*\bmay not be (?:reproduced|republished|redistributed)\b",
            ),
        ),
        (
            "comment_form",
            30,
            _any(
                r"(?:readers?['’]?s? )?comments?\b\W*(?:\d[\d,.]*|off|closed|are closed|policy|section)?\W*$",
                r"(?:add|post|leave|write) (?:a|your|us a) (?:comment|reply|message)",
                r"\d[\d,.]* (?:comments?|repl(?:y|ies)|responses?|likes?|shares?|views?)\b\W*$",
                r"have your say\b",
                r"join the (?:conversation|discussion)\b",
                r"be the first to comment",
                r"(?:please )?(?:log|sign) ?in to (?:comment|reply|post)",
                r"comments? (?:are|is) (?:closed|moderated|now closed)",
                r"your (?:e-?mail|email) address will not",
                r"(?:name|e-?mail|website|your name|your e-?mail)\s*\*?:?\s*$",
                r"view (?:all )?\d* ?comments",
                r"show comments",
                r"letters to the editor\b.*(?:should|must|@|\|)",
                r"your comments?\b",
                r"comments? on this (?:article|story|page)\b",
                r"(?:name|e-?mail)\b\W*\((?:required|optional|will not)",
                r"have an opinion\b",
                r"(?:post|submit|send|reset)(?: (?:comment|reply))?\W*$",
                r"sort by\b\W",
            ),
        ),
        (
            "captcha",
            30,
            _any(
                r"(?:please )?(?:enter|type|copy)\b.{0,30}\b(?:code|words?|characters?|letters|numbers?|digits)\b"
                r".{0,40}(?:\*|:|see|shown|below|above|box|image|picture)",
                r"can['’]t read th(?:is|e)",
                r".*\bnot a robot\b",
                r"captcha\b",
                r"prove you are human",
                r"security (?:code|check|question)\b",
            ),
        ),
        (
            "subscription",
            45,
            _any(
                r"(?:(?:please|to) )?subscribe\b",
                r"in (?:our|the) next (?:number|issue|edition)\b",
                r"(?:sign|signing) up\b.*\b(?:news|e-?mail|alerts?|briefing|inbox|digest|free|daily|weekly)",
                r".*\b(?:our|free|daily|weekly|morning|evening)\b.{0,20}\bnewsletters?\b",
                r"newsletters?\b\W*$",
                r"already a (?:subscriber|member)",
                r"(?:.*[?!.] )?become a (?:[\w'’]+ )?(?:member|subscriber|supporter|friend)\b",
                r"(?:this article is|to continue) (?:for subscribers|reading)",
                r"download (?:our|the|a|as|pdf)\b",
                r".*\bmailing list\b",
                r".*\bto your inbox\b",
                r"(?:home delivery|back issues|subscriptions?)\b\W*(?::|call|\d|$)",
            ),
        ),
        (
            "share",
            25,
            _any(
                r"share\b\W*(?:this|on|via|:|$|article|story|tweet|facebook|print)",
                r"follow (?:us|@|the author)",
                rf"(?:{_SITES})(?:\W+(?:{_SITES}|this (?:page|story|article)))*\W*$",
                r"(?:print|e-?mail) (?:this|article|story|page)",
                r"click (?:here )?to share",
                r"send (?:this|to a friend)",
            ),
        ),
        (
            "related",
            14,
            _any(
                r"(?:related|more|other|latest|top|trending|popular|recommended|recent|similar)\W+(?:(?:\w+\W+){0,3})?(?:news|articles?|stor(?:y|ies)|topics?|links?|content|posts?|headlines?|coverage|items|reading|reports?|features)\b\W*$",
                r"(?:most|also) (?:read|viewed|popular|shared|commented)\b",
                r"(?:see|you may|you might) also\b",
                r"don['’]t miss\b",
                r"related\b\W*$",
                r"(?:sources|references|external links|sister links)\b\W*$",
                r"(?:tags?|topics?|filed under|keywords|categories)\s*:",
                r"in (?:other news|this section|pictures)\b\W*:?",
                r"more [\w'’ ]{1,30} news\W*$",
                r"editor['’]?s['’]? (?:picks?|choice)",
                r"(?:back to (?:top|index|home|list)|home|(?:next|previous) (?:article|story|page)|older|newer)\b"
                r"\W*(?:$|:|»|>)",
            ),
        ),
        ("link_row", 60, _any(r"[^|]{2,80}(?: \| [^|]{2,80}){2,}$")),
        (
            "caption",
            60,
            _any(
                r".*\((?:photo|image|picture|file photo|file|credit)\b[^)]*\)\W*$",
                r"(?:credits?|captions?)\s*:",
                r"watch\s*:",
                r"listen\s*:",
                r"slideshow\b",
            ),
        ),
        (
            "advertisement",
            12,
            _any(
                r"advert(?:isement|ising|s)?\b\W*(?:$|:|continue)",
                r"story continues below",
                r"continue reading\b",
            ),
        ),
        (
            "sign_off",
            45,
            _any(
                r"[(\[](?:additional |with )?(?:reporting|writing|editing|translation|compiled|edited|written) by\b",
                r"[(\[]?translated by\b",
                r"(?:30|ends?)\s*[-–—]",
                r"(?:ends|endit|end of (?:text|item|bulletin|transmission|message|statement|report))\W*$",
                r"(?:more to follow|nnnn)\W*$",
                r"end [A-Z]{2,5} [\d/.: -]+$",
                r"(?:attention|notes?) (?:to )?editors\b",
                r"next (?:\w+ ){1,3}(?:summary|bulletin|update)\b",
                r"(?:source|byline|by-line|updated|last (?:updated|modified)|published|posted|date|page)\s*:",
                r"correspondence to\b",
                r".{0,40}\bcontributed to this (?:report|story|article)",
                r"(?:\([A-Z]{2,5}\)\s*)?[a-z]{2,4}(?:/[a-z]{2,4})+[\W\d]*$",
            ),
        ),
        (
            "contact",
            40,
            _any(
                r".*\b(?:ring|call|phone|text|contact|e-?mail|write to|whatsapp) (?:our|us|the) "
                r"(?:newsdesk|news desk|newsroom|editor|reporters?|us)\b",
                r"(?:got|have|know) (?:a|any) (?:story|tip|news|photo)",
                r"our standards\b",
                r"licensing rights\b",
                r".*\bnot responsible for the content of (?:external|other)",
                r".*\bavailable under the terms of\b",
                r"this (?:page|article|story) (?:has been|was|is) (?:automatically |no longer )?"
                r"(?:archived|updated|published)\b",
                r"live feed\b",
                r"spokes(?:people|persons?) (?:are|is) available\b",
                r"(?:tel|fax|telex|phone|e-?mail|www|http)\b\s*[.:/]",
            ),
        ),
    )
)
# reason -> the same, but such a beginning may also be a sentence's: passed over where the line is one
_LOOSE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "related",
        _any(
            r"(?:also|elsewhere|more) (?:on|in|from|about)\b.{0,60}$",
            r"read (?:more|also|next|on)\b\W*(?::|$|about|in)",
        ),
    ),
    (
        "subscription",
        _any(
            r".*\bfrom (?:just )?[£$€]\d",
            r".*\bare available at (?:the|our|www)\b",
            r".*\b(?:support|donate to) (?:our|independent|quality) (?:journalism|reporting|newsroom|work)\b",
            r"get (?:our|the|unlimited|more)\b.*\b(?:inbox|newsletter|access|alerts?|app)\b",
        ),
    ),
    (
        "share",
        _any(
            r"(?:follow|like|find|join) (?:us|me|him|her|the \w+) on\b",
        ),
    ),
    (
        "caption",
        _any(
            r"(?:file )?(?:photo|image|picture|photograph|graphic|map|illustration|video|cartoon|gallery)s?\b"
            r"\s*(?:credit|gallery|courtesy|by)?\s*(?::|/|©|courtesy of|by (?-i:[A-Z]))",
        ),
    ),
    (
        "sign_off",
        _any(
            r"(?:for (?:further|more) (?:information|details)|(?:media|press) (?:contacts?|enquiries|office)|"
            r"contacts?|notes? (?:to|for) editors?)\b.{0,40}(?::|contact|please|call|$)",
            r"(?-i:[A-Z][\w. ]+/[A-Z][\w. ]+)\W*$",
            r"(?:reporting|writing|editing|translation) by\b",
        ),
    ),
    (
        "contact",
        _any(
            r"(?:do|did|were|are) you (?:know|there|affected)\b.*\?",
            r"(?:load|show|view) (?:older|more|newer|all|previous)\b",
            r"(?:terms (?:of|and)|privacy|cookies?|about us|contact us|site ?map|accessibility|advertise|careers|"
            r"disclaimer|rss)\b.{0,60}$",
        ),
    ),
    (
        "advertisement",
        _any(
            r"sponsored\b",
            r"promoted\b",
        ),
    ),
)
_LONGEST_LOOSE = 60
_BULLETS = " \t\u00a0\"'“”‘’«»‹›*•·|>:,;.!?#~_=+…-–—([{"  # stripped before looking, in one go
_LISTS = {
    "related",
    "comment_form",
    "captcha",
    "share",
    "subscription",
    "contact",
}  # furniture that other furniture follows
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*\s*$")


def reason(line: str) -> str:
    """Why a line is furniture by its own words, or an empty string."""
    words = len(line.split())
    core = line.lstrip(_BULLETS)
    for name, pattern, longest in _LINES:
        if words <= longest and (pattern.match(core) or pattern.match(line)):
            return name
    if words <= _LONGEST_LOOSE and not _is_sentence(line):
        return next((name for name, pattern in _LOOSE if pattern.match(core)), "")
    return ""


def reasons(lines: Sequence[str], headings: frozenset[int] = frozenset(), title: str = "") -> Iterator[str]:
    """For each line of an article, in order, why it is furniture, or an empty string.

    After a heading of a list ("Related news") the headlines that follow are dropped, too: lines that are no
    sentences, until one is.
    """
    following = ""
    for number, line in enumerate(lines):
        own = reason(line) or ("subheading" if number in headings else "")
        if own:
            following = "headline_list" if own in _LISTS else following
            yield own
        elif following and not _is_sentence(line):
            yield following
        else:
            following = ""
            yield ""


def _is_sentence(line: str) -> bool:
    """Whether a line reads as a sentence of an article: headlines in a list bear no full stop, but may ask."""
    words = len(line.split())
    is_question = words <= 14 and line.rstrip().endswith("?")
    return words > 25 or (bool(_SENTENCE_END.search(line)) and not is_question)
