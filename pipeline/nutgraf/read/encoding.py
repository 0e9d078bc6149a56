"""From bytes to text: strict UTF-8 first, then detection, then repair of doubly encoded text."""

from __future__ import annotations

import codecs
import contextlib
import re
from typing import NamedTuple

import charset_normalizer
import ftfy

# encodings that news in Latin script is met in; without a bound, detection finds text in any bytes
_LIKELY = ["cp1252", "cp1250", "cp1251", "cp1254", "cp1256", "mac_roman", "utf_16_le", "utf_16_be"]
_OTHER_SCRIPTS = {"cp1251", "cp1256", "utf_16_le", "utf_16_be"}
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_BINARY = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0")  # documents that begin like text
_CONTROL_BYTES = bytes(code for code in (*range(32), 127) if code not in (9, 10, 11, 12, 13))
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ODD = re.compile(r"[^\x00-\x7f\xa0“”‘’…—–«»„]")  # what plain English with its marks has not
# every trace of doubly encoded text has one of these, and few sound lines do: to look costs a hundredth of a verdict
_SUSPECT = re.compile(r"[^\x00-\x7f\xa0“”‘’…—–«»„](?:(?<=[ÂÃ\x80-\x9f\ud800-\udfff])|[^\x00-\x7f\xa0“”‘’…—–«»„])")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Decoded(NamedTuple):
    """Text, and what was done to make it so: the encoding where it is not UTF-8, the repair where one was needed."""

    text: str
    repaired: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded | None:
    """Decode bytes to text with `\\n` line ends, or None if they are no text."""
    if data.startswith(_BINARY):
        return None
    found = _decode(data)
    if found is None:
        return None
    text, encoding = found
    controls = encoding != "utf-8" or len(data.translate(None, _CONTROL_BYTES)) != len(data)  # quicker to see in bytes
    if controls and len(_CONTROL.findall(text)) > len(text) * 0.005:
        return None
    mended = _repaired(text, controls)
    return Decoded(mended.text, (() if encoding == "utf-8" else (f"decoded from {encoding}",)) + mended.repaired)


def _decode(data: bytes) -> tuple[str, str] | None:
    declared = next((name for mark, name in _BOMS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(declared), declared.removesuffix("-sig")
    except UnicodeDecodeError:
        best = charset_normalizer.from_bytes(data, cp_isolation=_LIKELY).best()
        if best is None or best.encoding in _OTHER_SCRIPTS:
            return (str(best), best.encoding) if best else None
        # detection cannot tell the Latin code pages apart; of them English news is nearly always in the Western one
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("cp1252"), "cp1252"
        return str(best), best.encoding


def repair(text: str) -> Decoded:
    """Mend doubly encoded text (`â€œ` for `“`), lone surrogates, control characters and line ends; no more."""
    return _repaired(text, True)


def _repaired(text: str, controls: bool) -> Decoded:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removeprefix("\ufeff")
    if controls and _CONTROL.search(text):
        text = _CONTROL.sub(" ", text)
    if text.isascii() or not _ODD.search(text):
        return Decoded(text)
    repaired: tuple[str, ...] = ()
    if _SUSPECT.search(text) and ftfy.is_bad(text):
        mended = ftfy.fix_encoding(text)
        if mended != text:
            text, repaired = mended, ("doubly encoded text mended",)
    if _SURROGATE.search(text):
        text, repaired = _SURROGATE.sub("\ufffd", text), (*repaired, "lone surrogates replaced")
    return Decoded(text.removeprefix("\ufeff"), repaired)
