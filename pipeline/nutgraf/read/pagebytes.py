"""The bytes of a saved page to its markup: UTF-8, else the encoding that the page declares, else detection."""

from __future__ import annotations

import re

from nutgraf.read.encoding import Decoded, decode

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([a-z0-9_-]{2,30})", re.IGNORECASE)
_LOOKED_AT = 4096  # bytes; where a page has to declare its encoding
# families of encodings that pages are written in; others that Python knows are no encodings of text, or slow
_FAMILY = re.compile(r"(?:windows|cp|iso|koi8|euc|gb|big5|shift|sjis|mac)[a-z0-9_-]*")
_WESTERN = {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1"}  # as browsers do, read as the larger windows-1252
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 11, 12, 13)) + b"\x7f"
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def markup(data: bytes) -> Decoded | None:
    """The markup of a page, or None where the bytes are no text.

    Control characters and references to them, at which a parser would give up on the page, are dropped. Doubly
    encoded text is left as it is: to mend the article takes far less time than to mend the page.
    """
    decoded = _decoded(data)
    if decoded is None:
        return None
    text = _REFERENCE.sub(_harmless, decoded.text) if "&#" in decoded.text else decoded.text
    return Decoded(_CONTROL.sub(" ", text) if _CONTROL.search(text) else text, decoded.repaired)


def _decoded(data: bytes) -> Decoded | None:
    body = data.removeprefix(b"\xef\xbb\xbf")
    if not body.lstrip()[:1] == b"<" or len(data) - len(data.translate(None, _CONTROLS)) > len(data) * 0.005:
        return decode(data)  # another byte order mark, a text without tags at its head, or no text
    try:
        return Decoded(body.decode())
    except UnicodeDecodeError:
        found = _DECLARED.search(body[:_LOOKED_AT])
        name = found[1].decode("ascii").lower() if found else ""
        if _FAMILY.fullmatch(name):
            try:
                return Decoded(body.decode("cp1252" if name in _WESTERN else name), (f"decoded from {name}",))
            except (LookupError, UnicodeDecodeError):
                pass
        return decode(data)


def _harmless(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    odd = (code < 32 and code not in (9, 10, 13)) or 0xD800 <= code < 0xE000 or code > 0x10FFFF
    return "" if odd else reference[0]
