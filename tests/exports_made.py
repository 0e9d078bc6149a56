"""Files of news databases and office programs, made for the tests after public descriptions of the formats."""

from __future__ import annotations

import datetime
import html
import io
import textwrap
from dataclasses import dataclass, field

import docx
from docx.document import Document


@dataclass(frozen=True)
class Made:
    """An invented article, to be written in any format."""

    title: str = "Road to Dalmere shut for a fourth day"
    day: datetime.date = datetime.date(2014, 3, 9)
    outlet: str = "The Orla Courier"
    byline: str = "Ada Menning"
    paragraphs: tuple[str, ...] = field(
        default=(
            "The road to Dalmere stayed shut on Sunday after shells fell on the bridge, the governor said.",
            "“We wait for the engineers,” she told reporters. Nobody knew when the convoy, held up since the "
            "morning with flour and medicine for the northern bank, would be let through.",
            "Rain fell in the evening.",
        )
    )

    @property
    def words(self) -> int:
        """The length that a database would print."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    @property
    def american(self) -> str:
        """The day as March 9, 2014 Sunday."""
        return f"{self.day:%B} {self.day.day}, {self.day.year} {self.day:%A}"

    @property
    def british(self) -> str:
        """The day as 9 March 2014."""
        return f"{self.day.day} {self.day:%B} {self.day.year}"


TWO = (
    Made(),
    Made(
        title="Talks on the Orla crossing put off; envoy leaves for Venn",
        day=datetime.date(2014, 3, 11),
        outlet="Venn Evening Post (Venn)",
        byline="Brom Tallis and Eda Corrin",
        paragraphs=(
            "VENN - Talks about the crossing were put off on Tuesday.",
            "The envoy said that both sides had asked for time, and that she would come back within the week if "
            "the truce along the river held until then.",
        ),
    ),
)


def lexisnexis(
    made: tuple[Made, ...] = TWO,
    width: int = 78,
    mark: str = "{number} of {count} DOCUMENTS",
    day: str = "{0.american}",
    edition: tuple[str, ...] = (),
    indent: str = "",
    gap: str = "\n\n",
    graphic: str = "",
) -> str:
    """A text export of the older LexisNexis: centred marks, fields in capitals, hard-wrapped paragraphs."""
    parts = ["\n\nPrint Request: Selected Items: 1-2\nTime Of Request: Friday, March 20, 2015\n\nTerms: (crossing)\n"]
    for number, one in enumerate(made, start=1):
        centred = [mark.format(number=number, count=len(made)), "", "", "", one.outlet, "", day.format(one), *edition]
        body = gap.join(textwrap.fill(text, width, initial_indent=indent, **_WHOLE) for text in one.paragraphs)
        parts += [
            "\n".join(line.center(width).rstrip() for line in centred),
            textwrap.fill(one.title, width, **_WHOLE),
            f"BYLINE: By {one.byline}",
            "SECTION: NEWS; Pg. 6",
            f"LENGTH: {one.words} words\n",
            body,
            *([f"GRAPHIC: {graphic}"] if graphic else []),
            f"LOAD-DATE: {one.american.rsplit(' ', 1)[0]}",
            "LANGUAGE: ENGLISH",
            "PUBLICATION-TYPE: Newspaper\n",
            f"Copyright {one.day.year} {one.outlet} Ltd".center(width).rstrip()
            + "\n"
            + "All Rights Reserved".center(width).rstrip(),
        ]
    return "\n\n".join(parts) + "\n"


_WHOLE = {"break_long_words": False, "break_on_hyphens": False}


def nexis_lines(made: tuple[Made, ...] = TWO, body: str = "Body", end: str = "End of Document") -> list[str]:
    """The paragraphs of a Nexis Uni export, with its cover page."""
    lines = [
        "User Name: = a reader",
        "Date and Time: = Friday, March 20, 2015 8:21:00 AM CET",
        "Job Number: = 95555555",
        "",
        f"Documents ({len(made)})",
        "",
    ]
    for number, one in enumerate(made, start=1):
        lines += [f"{number}. {one.title}", "Client/Matter: -None-", "Search Terms: crossing", "Narrowed by:", ""]
    lines += ["About LexisNexis | Privacy Policy | Terms & Conditions", "Page 1 of 20"]
    for one in made:
        lines += [
            *(one.title, one.outlet, f"{one.american} 9:52 PM GMT", f"Copyright {one.day.year} {one.outlet} Ltd"),
            *("Section: NEWS; Pg. 6", f"Length: {one.words} words", f"Byline: By {one.byline}", "Highlight: A day"),
            *((body, "") if body else ()),
            *one.paragraphs,
            *("", "Graphic", "", "The bridge at Dalmere on Sunday. PHOTO BY A. MENNING", "Classification", ""),
            *("Language: ENGLISH", "Publication-Type: Newspaper", "Subject: ROADS (90%); TALKS (78%)", ""),
            *(f"Load-Date: {one.american.rsplit(' ', 1)[0]}", "", end, ""),
        ]
    return lines


def number_of(one: Made, place: int) -> str:
    """The number that closes an article of Factiva's."""
    return f"ORLACR00{one.day:%Y%m%d}ea39{place:05d}"


def factiva_lines(made: tuple[Made, ...] = TWO) -> list[str]:
    """The paragraphs of a Factiva export as plain lines."""
    lines: list[str] = []
    for place, one in enumerate(made, start=1):
        lines += [
            *(
                one.title,
                f"By {one.byline}",
                f"{one.words} words",
                one.british,
                "16:05",
                one.outlet,
                "ORLACR",
                "English",
            ),
            *(f"(c) {one.day.year} {one.outlet}", "", *one.paragraphs, "", f"Document {number_of(one, place)}", ""),
        ]
    return [*lines, "Search Summary", "Text", "crossing", "© 2015 Factiva, Inc. All rights reserved."]


def factiva_fields(one: Made, place: int) -> list[tuple[str, list[str]]]:
    """The fields of two letters that Factiva's display with indexing has."""
    return [
        *(("SE", ["News"]), ("HD", [one.title]), ("BY", [f"By {one.byline}"]), ("WC", [f"{one.words} words"])),
        *(("PD", [one.british]), ("SN", [one.outlet]), ("SC", ["ORLACR"]), ("LA", ["English"])),
        *(("CY", [f"(c) {one.day.year}"]), ("LP", list(one.paragraphs[:1])), ("TD", list(one.paragraphs[1:]))),
        *(("NS", ["gcat : Crossings | gdip : Talks"]), ("RE", ["orla : Orla"]), ("PUB", ["Orla Press"])),
        ("AN", [f"Document {number_of(one, place)}"]),
    ]


def factiva_coded(made: tuple[Made, ...] = TWO, parted: str = "{code}|{value}|") -> list[str]:
    """The lines of a Factiva export with fields of two letters."""
    lines = []
    for place, one in enumerate(made, start=1):
        for code, value in factiva_fields(one, place):
            lines += parted.format(code=code, value="\n".join(value)).split("\n")
        lines += ["", ""]
    return lines


def factiva_page(made: tuple[Made, ...] = TWO) -> str:
    """The page that Factiva makes for saving."""
    boxes = []
    for place, one in enumerate(made, start=1):
        meta = [f"{one.words} words", one.british, "16:05", one.outlet, "ORLACR", "English", f"(c) {one.day.year}"]
        paragraphs = "".join(
            f'<p class="articleParagraph enarticleParagraph">\n{_broken(text)}\n</p>\n' for text in one.paragraphs
        )
        boxes.append(
            f'<div id="article-{place}" class="article" ><div class="article enArticle"><p>\n'
            f"<div>News</div><div id=\"hd\" ><span class='enHeadline'>\n{_broken(one.title)}\n</span>\n</div>"
            f'<div class="author">\nBy {html.escape(one.byline)}\n</div>'
            + "".join(f"<div>{html.escape(line)}</div>" for line in meta)
            + f"\n</p>\n{paragraphs}<p>Document {number_of(one, place)}</p></div></div><br/><span></span>"
        )
    return _page("".join(boxes))


def factiva_table(made: tuple[Made, ...] = TWO) -> str:
    """The same page in the display with fields of two letters."""
    boxes = []
    for place, one in enumerate(made, start=1):
        rows = []
        for code, value in factiva_fields(one, place):
            inner = "".join(f'<p class="articleParagraph enarticleParagraph">{_broken(text)}</p>' for text in value)
            inner = inner if code in ("LP", "TD") else html.escape(" ".join(value))
            rows.append(f'<tr><td class="index" align="right"><b>{code}</b>&nbsp;</td><td>{inner}</td></tr>')
        boxes.append(f'<div class="article enArticle"><table cellspacing="0">{"".join(rows)}</table></div>')
    return _page("".join(boxes))


def _broken(text: str) -> str:
    """The text as in the source of a page: some words marked as found, lines broken anywhere."""
    words = html.escape(text, quote=False).split(" ")
    return " ".join(f"<b>{word}</b>\n" if at % 7 == 3 else word for at, word in enumerate(words))


def _page(inner: str) -> str:
    return (
        '<html><head><meta charset="utf-8"><title>Factiva</title><script>var a = 1;</script></head><body>'
        f"<div>Search Summary</div>{inner}<div>© 2015 Factiva, Inc. All rights reserved.</div></body></html>"
    )


def rtf(lines: list[str], head: str = r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Arial;}}") -> bytes:
    """An RTF document, a paragraph a line."""
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + head + "".join(map(rtf_paragraph, lines)) + "}").encode()


def rtf_paragraph(line: str) -> str:
    """One paragraph of an RTF document; letters beyond ASCII are written as \\uN?."""
    out = []
    for sign in line:
        if sign in "\\{}":
            out.append("\\" + sign)
        elif ord(sign) < 128:
            out.append(sign)
        else:
            data = sign.encode("utf-16-le")
            units = (int.from_bytes(data[at : at + 2], "little", signed=True) for at in range(0, len(data), 2))
            out += [f"\\u{unit}?" for unit in units]
    return r"\pard\plain\f0\fs24 " + "".join(out) + "\\par\r\n"


def word(lines: list[str]) -> bytes:
    """A Word document, a paragraph a line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: Document) -> bytes:
    """The bytes of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
