"""The bytes of a saved page to its markup: UTF-8, else the encoding that the page declares, else detection."""

from __future__ import annotations

import contextlib
import re

from nutgraf.read.encoding import Decoded, decode

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([a-z0-9_-]{2,30})", re.IGNORECASE
)
_LOOKED_AT = 4096  # bytes; where a page has to declare its encoding
# families of encodings that pages are written in; others that Python knows are no encodings of text, or slow
_FAMILY = re.compile(r"(?:windows|cp|iso|koi8|euc|gb|big5|shift|sjis|mac)[a-z0-9_-]*")
_WESTERN = {"iso-8859-1", "iso8859-1", "iso_8859-1"}  # as browsers do, read as the larger windows-1252
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13)) + b"\x7f"
_BLANKED = str.maketrans(dict.fromkeys(_CONTROLS, " "))
_ODD = re.compile(  # references to control characters and to halves of a pair, at which a parser would give up
    r"&#(?:0{0,9}(?:[0-8]|1[124-9]|2\d|3[01]|127|55[3-9]\d\d|5[67]\d\d\d)|"
    r"[xX]0{0,9}(?:[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]|[dD][89a-fA-F][0-9a-fA-F]{2}))(?:;|(?![0-9a-fA-F]))"
)


def markup(data: bytes) -> Decoded | None:
    """The markup of a page, or None where the bytes are no text.

    Control characters and references to them are blanked. Doubly encoded text is left as it is: to mend the article
    takes far less time than to mend the page.
    """
    controls = len(data) - len(data.translate(None, _CONTROLS))
    decoded = _decoded(data, controls)
    if decoded is None:
        return None
    text = _ODD.sub(" ", decoded.text)
    return Decoded(text.translate(_BLANKED) if controls else text, decoded.repaired)


def _decoded(data: bytes, controls: int) -> Decoded | None:
    body = data.removeprefix(b"\xef\xbb\xbf")
    if body[:99].lstrip()[:1] != b"<" or controls > len(data) * 0.005:
        return decode(data)  # another byte order mark, a text without tags at its head, or no text
    with contextlib.suppress(UnicodeDecodeError):
        return Decoded(body.decode())
    found = _DECLARED.search(body[:_LOOKED_AT])
    name = found[1].decode("ascii").lower() if found else ""
    if _FAMILY.fullmatch(name):
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            return Decoded(body.decode("cp1252" if name in _WESTERN else name), (f"decoded from {name}",))
    return decode(data)
