"""The records that pass between the stages: frozen, typed, with stable ids."""

from __future__ import annotations

import hashlib

from msgspec import Struct


class Article(Struct, frozen=True, kw_only=True):
    """One news article, as read: `text` is its body, paragraphs apart by line breaks."""

    id: str
    title: str = ""
    date: str = ""  # ISO 8601 day of publication, or empty
    source: str = ""
    byline: str = ""
    place: str = ""  # of the dateline
    text: str
    path: str = ""
    headings: tuple[int, ...] = ()  # where lines of the text begin that the file itself marks as headings
    repaired: tuple[str, ...] = ()  # what was done to the bytes to make them this text
    cluster: str = ""  # id of the first article that this one is a reprint of; its own where it is the first


class Quotation(Struct, frozen=True, kw_only=True):
    """A quoted span of a paragraph: `paragraph.text[start:end]` holds its marks, too."""

    start: int
    end: int
    mark: str  # the mark that opens it: “ " ‘ ' « » „ ‹
    closed: bool = True  # False: goes on to the paragraph's end, and perhaps into the next one
    carried: bool = False  # goes on from the paragraph before
    attributed: bool = False  # somebody is said to have spoken or written it; else it names, titles or distances
    cue: str = ""  # the word that attributes it: said, statement, according, ...
    speaker: str = ""  # who spoke, in the words of this paragraph or of the one before


class Passage(str):
    """A paragraph's text as classifiers and rules get it, with what its article tells of it.

    `quotes` are the quotations that the article showed in it (None: they are found in the text alone), `headline` is
    its article's, `before` the paragraph before it; either is empty where it is not known or not to be looked at.
    """

    quotes: tuple[Quotation, ...] | None
    headline: str
    before: str

    def __new__(
        cls, text: str, quotes: tuple[Quotation, ...] | None = None, headline: str = "", before: str = ""
    ) -> Passage:
        """A text by itself is a passage of which nothing more is known."""
        made = super().__new__(cls, text)
        made.quotes, made.headline, made.before = quotes, headline, before
        return made

    def __getnewargs__(self) -> tuple[str, tuple[Quotation, ...] | None, str, str]:  # type: ignore[override]
        """What another process makes its copy from."""
        return str(self), self.quotes, self.headline, self.before


class Paragraph(Struct, frozen=True, kw_only=True):
    """One paragraph of an article: `text` is `article.text[start:end]`, offsets in code points."""

    id: str
    article: str
    index: int
    start: int
    end: int
    text: str
    title: str = ""  # of its article
    packed: bool = False  # sentences put together to a normal length, for want of any break in the text
    quotes: tuple[Quotation, ...] | None = None  # None: not looked for in its article

    @property
    def passage(self) -> Passage:
        """The text with its quotations and its headline."""
        return Passage(self.text, self.quotes, self.title)


class Dropped(Struct, frozen=True, kw_only=True):
    """A piece of an article's text that is no paragraph of it, with the named reason."""

    article: str
    start: int
    end: int
    reason: str
    text: str


class Annotation(Struct, frozen=True, kw_only=True):
    """A paragraph with its labels. `by` says who gave them: "people", or the rules' name.

    `group` is what a partition must keep on one side: a conflict, or the article where none is known.
    """

    id: str
    text: str
    labels: tuple[str, ...]
    article: str = ""
    title: str = ""
    index: int = 0
    group: str = ""
    by: str = "people"
    kind: str = ""
    source: str = ""
    date: str = ""
    pair: str = ""  # the hard pair that it is one of, alike but for what decides a label
    quotes: tuple[Quotation, ...] | None = None  # as in Paragraph

    @property
    def passage(self) -> Passage:
        """The text with its quotations and its headline."""
        return Passage(self.text, self.quotes, self.title)

    @property
    def side(self) -> str:
        """The name by which the partition decides: the group, else the article, else the paragraph."""
        return self.group or self.article or self.id


class Prediction(Struct, frozen=True, kw_only=True):
    """A labelled paragraph: decisions and calibrated probabilities, in the model's order of labels."""

    article_id: str
    paragraph: int
    start: int
    end: int
    text: str
    labels: tuple[bool, ...]
    probabilities: tuple[float, ...]
    id: str = ""


class Refusal(Struct, frozen=True, kw_only=True):
    """An input that was not taken, where it stood, and why: `reason` is a fixed name, `detail` free words."""

    path: str
    record: int = 0  # line or row in the file, from 1; 0 where the whole file is meant
    reason: str
    detail: str = ""


def digest(*parts: str) -> str:
    """First 12 hexadecimal digits of the SHA-256 of the parts: an id that depends on the content alone."""
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def article_id(title: str, text: str) -> str:
    """The id of an article that brings none: two copies of one text have one id."""
    return digest(title, text)


def paragraph_id(article: str, index: int) -> str:
    """The id of the paragraph at `index` (from 0) of an article."""
    return f"{article}-{index}"
