"""Which format a file is in: told by its extension, and by its first bytes where these say otherwise."""

from __future__ import annotations

import codecs
import re

# extension -> format; `.gz` behind it and zip archives around it are undone before
EXTENSIONS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".eml": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    ".pdf": "pdf",
    ".docx": "word",
    ".rtf": "rtf",
    ".warc": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
HEAD = 4096  # bytes that are looked at
_MAGIC = {b"%PDF-": "pdf", b"{\\rtf": "rtf", b"WARC/": "warc", b"PAR1": "parquet", b"PK\x03\x04": "word"}
_TEXTUAL = {"text", "page", "mail", "rtf", "jsonl", "json", "csv", "tsv"}  # formats that are text to look at
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*|<!--(?:[^-]|-(?!->)){0,2000}-->\s*){0,9}"
    r"<(?:!doctype\s+html|html|head|body|article|div|p|h1|title|meta|table|script|style)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[a-z!/][^<>]{0,2000}>", re.IGNORECASE)
_OBJECT = re.compile(r'\s*\{\s*"[^"\n]{1,100}"\s*:')
_ARRAY = re.compile(r"\s*\[\s*\{")
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_OF_MAIL = re.compile(r"^(?:received|return-path|mime-version|message-id|delivered-to):", re.IGNORECASE | re.MULTILINE)


def format_of(head: bytes, suffix: str) -> str:
    """The format of a file that begins with these bytes, or an empty string where neither they nor its name tell.

    The bytes win where they are sure: a web page saved as `.txt` is a page. Without an extension any text is text;
    with an unknown one only what is surely a format of ours is taken (a style sheet is text, too).
    """
    named = EXTENSIONS.get(suffix, "")
    for magic, kind in _MAGIC.items():
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic):
            return kind if kind != "word" or suffix == ".docx" else ""  # zips that are other documents
    text = _look(head)
    if _PAGE.match(text):
        return named if named == "mail" else "page"
    if named and named not in _TEXTUAL:
        return named
    if named != "mail" and _HEADERS.match(text.lstrip()) and _OF_MAIL.search(text):
        return "mail"
    if named in ("", "text", "page", "rtf"):
        if _OBJECT.match(text):
            return "jsonl"
        if _ARRAY.match(text):
            return "json"
    if named == "jsonl" and _ARRAY.match(text):
        return "json"
    if (named == "page" and head and not _TAG.search(text)) or (named == "rtf" and head):
        return "text"
    return named or ("text" if not suffix else "")


def _look(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").replace("\r\n", "\n")
