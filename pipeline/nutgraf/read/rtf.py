"""RTF documents: their text by striprtf, after the constructs have been taken out over which it would stumble."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from nutgraf.config import Read
from nutgraf.read import exports, text
from nutgraf.read.encoding import repair
from nutgraf.records import Article, Refusal

_WORD = re.compile(r"(?<!\\)((?:\\\\)*)\\(fldinst|bin)")  # not after a backslash that stands for itself
_BINARY = re.compile(rb"(?<!\\)((?:\\\\)*)\\bin(\d{1,9}) ?")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_DEEP = re.compile(r"(?:\{\s{0,9}){200}")
_PICTURE = re.compile(r"[0-9A-Fa-f\r\n]{256,}")
_FONTS = re.compile(r"\{\s{0,9}\\fonttbl(?![a-z])")
_FONT = re.compile(r"\\f(\d{1,5})(?!\d)[^;{}]{0,200}?\\fcharset(\d{1,3})")
_BRACE = re.compile(r"\\[{}\\]|([{}])")
_LONGEST_FONTS = 200_000  # characters
_NO_NUMBER = re.compile(r"\\uc(?![a-z0-9-]) ?")
_CODE_POINT = re.compile(r"\\u(-?\d{5,10})")
_TOKEN = re.compile(r"\\(?:[A-Za-z]{1,32}-?\d{0,10} ?|'..|.)|([^\\{}\r\n]{16,})", re.DOTALL)
_FOLDED = 0xF0000  # code points for private use, one for each folded run
_FOLDED_END = 0x110000
_HEAD = 8  # characters of a run that \u may ask to skip
_PAIR = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")


def read(data: bytes, name: str, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one document: an export's articles, or one article without its tables; damage is a Refusal."""
    try:
        decoded = repair(to_text(data))
    except ValueError as error:
        yield Refusal(path=name, reason="broken_file", detail=str(error))
        return
    exported = exports.articles(decoded.text, name, decoded.repaired)
    if exported is not None:
        yield from exported
    else:
        lines = ("" if line.rstrip().endswith("|") else line for line in decoded.text.split("\n"))  # no rows of tables
        yield text.one("\n".join(lines), name, knobs, repaired=decoded.repaired)


def to_text(data: bytes) -> str:
    """The text of an RTF document, a line a paragraph, the cells of a table parted by bars.

    Raises ValueError where the bytes are no RTF.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ValueError("no RTF: it does not begin with {\\rtf")
    from striprtf.striprtf import rtf_to_text

    source = _decoded(_without_binary(data))
    if _DEEP.search(source):
        raise ValueError("groups nested without end")
    source = _with_plain_fonts(_PICTURE.sub("", source))
    # a space parts the word from its argument: striprtf's pattern for links, which is slow and adds addresses, is idle
    source = _WORD.sub(lambda word: word[1] + ("\\x" if word[2] == "bin" else "\\fldinst "), source)
    source, runs = _fold(_CODE_POINT.sub(_possible, _NO_NUMBER.sub("", source)))
    try:
        plain = rtf_to_text(source, errors="replace")
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise ValueError(f"striprtf: {error}"[:200]) from error
    plain = plain.translate(runs)
    plain = _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), plain)
    return plain.replace("\xad", "").replace("\u2011", "-").replace("\r\n", "\n").replace("\r", "\n")


def _possible(control: re.Match[str]) -> str:
    return control[0] if -0x10000 <= int(control[1]) <= 0x10FFFF else "\\u65533"


def _without_binary(data: bytes) -> bytes:
    """The bytes without those that `\\binN` says to skip: they may hold anything."""
    kept: list[bytes] = []
    begin = 0
    while found := _BINARY.search(data, begin):
        kept.append(data[begin : found.start()] + found[1])
        begin = found.end() + int(found[2])
    return b"".join([*kept, data[begin:]])


def _decoded(data: bytes) -> str:
    """The source as text: ASCII by the rules of RTF; programs that break them write UTF-8 or the code page."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        named = _CODE_PAGE.search(data[:2000])
        try:
            return data.decode(f"cp{int(named[1])}" if named else "cp1252", "replace")
        except LookupError:
            return data.decode("cp1252", "replace")


def _with_plain_fonts(source: str) -> str:
    """The source with its font table cut down to numbers and character sets, a font a line.

    striprtf reads that table by a pattern that takes cubic time on a long line.
    """
    found = _FONTS.search(source)
    if not found:
        return source.replace("\\fonttbl", "\\info")
    end = _group_end(source, found.start())
    fonts = dict(_FONT.findall(source[found.start() : end]))
    lines = [f"{{\\f{number}\\fcharset{charset} x;}}\n" for number, charset in fonts.items() if _known(int(charset))]
    rest = source[end:].replace("\\fonttbl", "\\info")
    return source[: found.start()].replace("\\fonttbl", "\\info") + "{\\fonttbl\n" + "".join(lines) + "}" + rest


def _group_end(source: str, start: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(source, start, start + _LONGEST_FONTS):
        depth += {"{": 1, "}": -1}.get(brace[1] or "", 0)
        if depth == 0 and brace[1]:
            return brace.end()
    return min(start + _LONGEST_FONTS, len(source))


def _known(charset: int) -> bool:
    """Whether Python knows the code page that striprtf takes for a font's character set."""
    from striprtf.striprtf import charset_map

    try:
        codecs.lookup(charset_map.get(charset, "cp1252"))
    except LookupError:
        return False
    return True


def _fold(source: str) -> tuple[str, dict[int, str]]:
    """The source with each long run of plain text behind one character, and the runs by these characters.

    striprtf looks at every character by itself, a second and more for a megabyte; folding leaves it few.
    """
    if any(ord(sign) >= _FOLDED for sign in set(source)):
        return source, {}
    runs: dict[int, str] = {}

    def folded(token: re.Match[str]) -> str:
        run = token[1]
        if run is None or _FOLDED + len(runs) >= _FOLDED_END:
            return token[0]
        code = _FOLDED + len(runs)
        runs[code] = run[_HEAD:]
        return run[:_HEAD] + chr(code)

    return _TOKEN.sub(folded, source), runs
