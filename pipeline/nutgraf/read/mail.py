"""Saved mails (.eml): newsletters, alerts and press releases."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_tz

from msgspec import structs

from nutgraf.config import Read
from nutgraf.read import page, text
from nutgraf.read.article import Known, article
from nutgraf.read.encoding import decode
from nutgraf.read.payload import utf8
from nutgraf.read.replies import NOTE, forwarded, unflowed, without_footers, without_replies
from nutgraf.records import Article, Refusal

_DEEPEST = 12  # mails in mails
_MOST_PARTS = 10_000  # told by the lines that may begin one
_HEADER = 4_000  # characters of a header; more is an attack, and the decoders are slow on it
_STUB = re.compile(r"\b(?:browser|html|online version|view (?:this|it|the) )", re.IGNORECASE)
_PREFIX = re.compile(r"\s*(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw|enc)(?:\[\d{1,3}\])?\s?:|\[[^\[\]]{1,40}\])\s*", re.I)
_IGNORED = {  # parts that hold nothing to read
    *("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"),
    *("application/pgp-keys", "text/calendar", "text/vcard", "text/x-vcard", "text/x-amp-html", "text/css"),
    *("message/delivery-status", "text/rfc822-headers", "application/ics", "message/disposition-notification"),
}

_TEXTS = ("text/plain", "text/html")


def read(data: bytes, name: str, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one mail, and the mails attached to it.

    The plain text is read unless it is a stub of the HTML. What was answered, signatures and footers are left out; of
    a forwarded mail the text that was forwarded is the article, with its own title, day and sender, and so is an
    attached mail under a note of a few words. Every attached document is a Refusal: it is read as a file of its own.
    """
    if data.count(b"\n--") > _MOST_PARTS:
        yield Refusal(path=name, reason="too_large", detail=f"over {_MOST_PARTS:,} parts")
        return
    # the older policy: the newer one parses headers in full, at eighty times the cost for a long one
    try:
        yield from _message(message_from_bytes(data), name, knobs, 0)
    except RecursionError:
        yield Refusal(path=name, reason="broken_file", detail="its parts are nested too deeply")
    except Exception as error:  # of many kinds: the parser knows hostile headers as bugs of its own
        yield Refusal(path=name, reason="broken_file", detail=f"no whole mail: {type(error).__name__}")


@dataclass
class _Parts:
    plain: list[str] = field(default_factory=list)
    html: list[bytes] = field(default_factory=list)
    mails: list[Message] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    repaired: dict[str, None] = field(default_factory=dict)


def _message(message: Message, name: str, knobs: Read, deep: int) -> Iterator[Article | Refusal]:
    headers = {key: _header(message, key) for key in ("Subject", "Date", "From")}
    if deep == 0 and not any(headers.values()):
        yield Refusal(path=name, reason="broken_file", detail="no mail: neither From, Subject nor Date")
        return
    parts = _Parts()
    _gather(message, parts)
    if message["Snapshot-Content-Location"] or headers["From"].startswith("<Saved by"):
        yield _saved_page(parts, name, knobs)
        return
    items = list(_articles(parts, headers, name, knobs))
    words = sum(len(item.text.split()) for item in items if isinstance(item, Article))
    if not (parts.mails or parts.documents) or words >= (NOTE if parts.mails else knobs.min_words):
        yield from items
    for document in parts.documents:
        yield Refusal(path=name, reason="attachment", detail=document)
    for inner in parts.mails:
        if deep < _DEEPEST:
            yield from _message(inner, name, knobs, deep + 1)
        else:
            yield Refusal(path=name, reason="broken_file", detail=f"mails in mails, over {_DEEPEST} deep")


def _gather(part: Message, parts: _Parts) -> None:
    kind = part.get_content_type()
    file_name = part.get_filename() or ""
    attached = part.get_content_disposition() == "attachment" or (bool(file_name) and kind not in _TEXTS)
    payload = part.get_payload()
    if kind == "message/rfc822" and isinstance(payload, list):
        parts.mails += [inner for inner in payload if isinstance(inner, Message)]
    elif isinstance(payload, list):
        for inner in payload:
            if isinstance(inner, Message):
                _gather(inner, parts)
    elif kind in _IGNORED or kind.startswith(("image/", "audio/", "video/", "font/", "multipart/")):
        return
    elif attached or not kind.startswith("text/"):
        parts.documents.append(_decoded(file_name)[:200] or kind)
    else:
        body = part.get_payload(decode=True)
        data, declared = utf8(body if isinstance(body, bytes) else b"", part.get_content_charset() or "")
        if kind == "text/html":
            parts.html.append(data)
        elif (found := decode(data)) is not None:
            parts.repaired |= dict.fromkeys((*declared, *found.repaired))
            flowed = str(part.get_param("format") or "").lower() == "flowed"
            delete = str(part.get_param("delsp") or "").lower() == "yes"
            parts.plain.append(unflowed(found.text, delete) if flowed else found.text)


def _articles(parts: _Parts, headers: dict[str, str], name: str, knobs: Read) -> Iterator[Article | Refusal]:
    known = Known(title=_title(headers["Subject"]), date=_day(headers["Date"]), source=_sender(headers["From"]))
    is_reply = bool(re.match(r"\s*(?:re|aw|sv|antw)\b[^a-z]{0,6}:", headers["Subject"], re.IGNORECASE))
    plain = "\n\n".join(parts.plain)
    words = len(plain.split())
    if parts.html and (words < NOTE or _STUB.search(plain[:400])):
        pages = [item for data in parts.html for item in page.read(data, name, knobs)]
        found = [item for item in pages if isinstance(item, Article)]
        longest = max(found, key=lambda item: len(item.text), default=None)
        if longest and len(longest.text.split()) > 1.5 * words:
            yield _of_page(longest, known, is_reply)
            return
        if not words:
            yield from [item for item in pages if isinstance(item, Refusal)][:1]
            return
    inner = forwarded(plain, is_reply)
    if inner:
        known = Known(
            title=_title(_decoded(inner.fields.get("subject", ""))) or known.title,
            date=inner.fields.get("date", "") or known.date,
            source=_sender(inner.fields.get("from", "")) or known.source,
        )
    body = inner.body if inner else plain
    body = without_footers(without_replies(body))
    for item in text.articles(body, name, knobs, known=known, repaired=tuple(parts.repaired)):
        nothing = Refusal(path=name, reason="no_text", detail="the mail says nothing")
        yield item if isinstance(item, Article) else nothing


def _saved_page(parts: _Parts, name: str, knobs: Read) -> Article | Refusal:
    """The article of a page that a browser saved whole, as a mail; its headers tell of the saving, and its parts of
    frames, pictures and styles.
    """
    pages = [item for data in parts.html for item in page.read(data, name, knobs)]
    found = [item for item in pages if isinstance(item, Article)]
    longest = max(found, key=lambda item: len(item.text), default=None)
    return longest or next(iter(pages), Refusal(path=name, reason="no_article", detail="a saved page without HTML"))


def _of_page(found: Article, known: Known, is_reply: bool) -> Article:
    """The article of an HTML mail: what heads and foots it left out, the mail's own title, day and sender."""
    body = without_footers(without_replies(found.text) if is_reply else found.text)
    begin = found.text.find(body)
    body, begin = (body, begin) if body and begin >= 0 else (found.text, 0)
    headings = tuple(place - begin for place in found.headings if begin <= place < begin + len(body))
    told = structs.replace(known, title=known.title or found.title, byline=found.byline, date=known.date or found.date)
    return article(told, body, found.path, headings, found.repaired)


def _header(message: Message, name: str) -> str:
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return _decoded(value)


def _decoded(value: str) -> str:
    """A header's words, its encoded ones decoded, on one line."""
    value = value[:_HEADER]
    if any("\udc80" <= sign <= "\udcff" for sign in value):  # bytes that are no ASCII, and stand as they are
        found = decode(value.encode("ascii", "surrogateescape"))
        value = found.text if found else value.encode("ascii", "replace").decode()
    with contextlib.suppress(Exception):  # of many kinds: unknown encodings, broken base64
        pieces = [_piece(piece, charset) for piece, charset in decode_header(value)]
        value = "".join(pieces)
    return " ".join("".join(sign for sign in value if sign.isprintable() or sign.isspace()).split())


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    if charset is None:
        return piece.decode("raw_unicode_escape")  # as the decoder had encoded it
    found = decode(utf8(piece, charset)[0])
    return found.text if found else ""


def _title(subject: str) -> str:
    """The subject without the marks of answering, forwarding and lists."""
    title = subject
    for _ in range(10):
        match = _PREFIX.match(title)
        if not match or not title[match.end() :]:
            break
        title = title[match.end() :]
    return title.strip()


def _day(written: str) -> str:
    """The day as the header's own clock had it."""
    with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
        if found := parsedate_tz(written[:100]):
            return date(*found[:3]).isoformat()
    return ""


def _sender(written: str) -> str:
    """The display name of an address, or its domain."""
    written = re.sub(r"\[mailto:.{0,200}$", "", written[:500])
    shown, address = parseaddr(written) if "@" in written else (written, "")
    shown = re.sub(r"\s+via\s.{0,100}$", "", shown.strip(" '\""))
    return shown if shown and "@" not in shown else address.rpartition("@")[2].lower() if "@" in address else ""
