"""From bytes to text: strict UTF-8 first, then detection, then repair of doubly encoded text."""

from __future__ import annotations

import codecs
import contextlib
import re

import charset_normalizer
import ftfy

# encodings that news in Latin script is met in; without a bound, detection finds text in any bytes
_LIKELY = ["cp1252", "cp1250", "cp1251", "cp1254", "cp1256", "mac_roman", "utf_16_le", "utf_16_be"]
_OTHER_SCRIPTS = {"cp1251", "cp1256", "utf_16_le", "utf_16_be"}
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_BINARY = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0")  # documents that begin like text
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes) -> str | None:
    """Decode bytes to text with `\\n` line ends, or None if they are no text."""
    if data.startswith(_BINARY):
        return None
    text = _decode(data)
    if text is None or len(_CONTROL.findall(text)) > len(text) * 0.005:
        return None
    return repair(text)


def _decode(data: bytes) -> str | None:
    declared = next((name for mark, name in _BOMS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(declared)
    except UnicodeDecodeError:
        best = charset_normalizer.from_bytes(data, cp_isolation=_LIKELY).best()
        if best is None or best.encoding in _OTHER_SCRIPTS:
            return str(best) if best else None
        # detection cannot tell the Latin code pages apart; of them English news is nearly always in the Western one
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("cp1252")
        return str(best)


def repair(text: str) -> str:
    """Mend doubly encoded text (`â€œ` for `“`) and line ends; other text stays as it is."""
    if ftfy.is_bad(text):
        text = ftfy.fix_encoding(text)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
