"""What mail puts around a text: forwarded headers, quoted replies, signatures and the footers of mailing lists."""

from __future__ import annotations

import re
from typing import NamedTuple

NOTE = 40  # words; a shorter text above a forwarded one is a note to its reader
_TAIL = 1_500  # characters; a signature or footer is shorter
_FORWARDED = re.compile(
    r"^[ \t>]{0,9}(?:-{2,20} ?(?P<original>original (?:message|e-?mail))|-{2,20} ?forwarded (?:message|by)|"
    r"begin forwarded message|forwarded message follows)\b[^\n]{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"[ \t>*]{0,9}(from|date|sent|subject|to|cc|reply-to|organi[sz]ation)[*]?: ?[*]?(.{0,998})$", re.I)
_WROTE = re.compile(
    r"^[ \t]{0,4}(?:on |le |am )[^\n]{4,120}(?:\n[^\n]{1,120})?\b"
    r"(?:wrote|writes|a écrit|schrieb[^\n:]{0,60}) ?:[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"^[ \t]{0,3}>[^\n]*(?:\n|\Z)", re.MULTILINE)
_SIGNATURE = re.compile(r"^--[ \t]?$", re.MULTILINE)
_BLOCKS = re.compile(r"\n[ \t]*\n\s*")
_FOOTER = re.compile(
    r"\bunsubscribe\b|\bopt[ -]out\b|"
    r"\b(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)\b|"
    r"\byou(?:['’]re| are| have)? (?:receiv|subscribed|getting this|signed up)|\bsent to [^\s@]{1,64}@|"
    r"\b(?:view|read|open|see) (?:this|it)? ?(?:e-?mail|message|newsletter|page)? ?"
    r"(?:online|in (?:your|a) (?:web )?browser)|"
    r"\b(?:this|the) (?:e-?mail|message) (?:and any|is (?:confidential|intended)|was sent)|"
    r"\bforward (?:this|to a friend)",
    re.IGNORECASE,
)


class Forwarded(NamedTuple):
    """A text that was forwarded: what its header said, by lower-case names, and its body."""

    fields: dict[str, str]
    body: str


def forwarded(text: str, is_reply: bool) -> Forwarded | None:
    """The forwarded text inside a mail's, the innermost where it went through many hands; None where there is none.

    What Outlook calls an original message is one that was answered where the mail `is_reply`, or says much itself.
    """
    found: Forwarded | None = None
    for marker in _FORWARDED.finditer(text):
        above = len(text[: marker.start()].split()) if found is None else 0
        if marker["original"] and (is_reply or above >= NOTE):
            break
        fields, body = _fields(text[marker.end() :])
        if fields:
            found = Forwarded(fields, body)
    return found


def _fields(text: str) -> tuple[dict[str, str], str]:
    fields: dict[str, str] = {}
    rest = text.lstrip()
    for _ in range(12):
        line, _, after = rest.partition("\n")
        match = _FIELD.match(line)
        if not match:
            break
        fields.setdefault({"sent": "date"}.get(match[1].lower(), match[1].lower()), match[2].strip(" \t\r*"))
        rest = after.lstrip("\r\n") if after.startswith(("\n", "\r")) else after
    return fields, rest


def without_replies(text: str) -> str:
    """Leave out what was answered: quoted lines and the words that introduce them, and all after them if that is it."""
    for marker in _FORWARDED.finditer(text):
        if marker["original"] and text[: marker.start()].strip():
            text = text[: marker.start()]
            break
    if wrote := _WROTE.search(text):
        rest = _QUOTED.sub("", text[wrote.end() :])
        above = text[: wrote.start()]
        text = f"{above}\n{rest}" if _QUOTED.search(text, wrote.end()) else above or text
    elif len(_QUOTED.findall(text)) > 1:
        left = _QUOTED.sub("", text)
        # a mail that is quoted as a whole was forwarded by hand
        text = left if len(left.split()) >= 5 else re.sub(r"^[ \t]{0,3}(?:>[ \t]?){1,9}", "", text, flags=re.MULTILINE)
    return text


def without_footers(text: str) -> str:
    """Leave out a signature, and the blocks at the head and the foot that speak of the mail and not in it."""
    signatures = [match.start() for match in _SIGNATURE.finditer(text, max(len(text) - _TAIL, 0))]
    if signatures and text[: signatures[0]].strip():
        text = text[: signatures[0]]
    blocks = _BLOCKS.split(text.strip())
    while len(blocks) > 1 and len(blocks[0].split()) <= 25 and _FOOTER.search(blocks[0][:_TAIL]):
        blocks.pop(0)
    for number in range(max(1, len(blocks) * 2 // 3), len(blocks)):
        short = sum(map(len, blocks[number:])) <= _TAIL
        if short and len(blocks[number].split()) <= 80 and _FOOTER.search(blocks[number][:_TAIL]):
            blocks = blocks[:number]
            break
    return "\n\n".join(blocks)


def unflowed(text: str, delete_space: bool) -> str:
    """Undo format=flowed (RFC 3676): a line that ends in a space goes on in the next one."""
    lines: list[str] = []
    flows = False
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        if flows and line.strip() and not line.startswith(">"):
            lines[-1] += line
        else:
            lines.append(line)
        flows = line.endswith(" ") and line != "-- " and bool(line.strip())
        if flows and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
