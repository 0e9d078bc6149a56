"""Made-up reports as PDF, for the tests of reading them."""

from __future__ import annotations

import random
from collections.abc import Callable

from fpdf import FPDF

from nutgraf.read import pdf
from reading import Reading

reports = Reading(pdf.read, "report.pdf")

SENTENCES = [
    "The column of trucks crossed the Orla bridge before dawn on Monday, the governor said.",
    "“We stay until the last boat has left,” she told reporters at the harbour of Dalmere.",
    "By noon the last of the {} families were on their way to the camp in the northern hills.",
    "Relief workers counted {} tents and {} wells, of which {} had run dry.",
    "The envoys of both sides are to meet again on Thursday in the town hall of Vessen.",
    "Shells fell near mill {} for night number {}, but nobody was hurt, the mayor said.",
    "A convoy with {} tonnes of flour and medicine waits at the border post until the road is cleared of mines.",
    "In the Talmar valley {} schools stay shut for another week because of the damaged roofs.",
]


def paragraphs(count: int, seed: int = 1, sentences: tuple[int, int] = (2, 5)) -> list[str]:
    """Paragraphs of a few sentences; the first words number them, so that no two are alike."""
    draw = random.Random(seed)
    chosen = [draw.choices(SENTENCES, k=draw.randint(*sentences)) for _ in range(count)]
    numbered = [" ".join(words).replace("{}", "\0") for words in chosen]
    while any("\0" in words for words in numbered):
        numbered = [words.replace("\0", str(draw.randint(20, 9000)), 1) for words in numbered]
    return [f"Camp {_name(number)} reported on the day. {words}" for number, words in enumerate(numbered)]


def _name(number: int) -> str:
    return "".join("ABCDEFGHKL"[int(digit)] for digit in str(number)).title()


class Report(FPDF):
    """A report with a running header and footer; `margin` in millimetres."""

    def __init__(self, head: str = "", foot: str = "", font: str = "Helvetica", size: float = 11) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = "cp1252"
        self.head, self.foot = head, foot
        self.kind, self.points = font, size
        self.set_margin(20)
        self.set_auto_page_break(True, 22)
        self.add_page()
        self.set_font(font, size=size)

    def header(self) -> None:
        if self.head:
            self._small(10, self.head.format(page=self.page_no()))
            self.set_y(24)

    def footer(self) -> None:
        if self.foot:
            self._small(-14, self.foot.format(page=self.page_no()))

    def _small(self, y: float, words: str) -> None:
        self.set_y(y)
        self.set_font(self.kind, size=8)
        self.cell(0, 4, words)
        self.set_font(self.kind, size=self.points)

    def line_of(self, words: str, size: float, style: str = "") -> None:
        """A title or heading."""
        self.set_font(self.kind, style, size)
        self.multi_cell(0, size * 0.5, words, new_x="LMARGIN", new_y="NEXT", align="L")
        self.set_font(self.kind, size=self.points)
        self.ln(2)

    def text_of(self, texts: list[str], gap: float = 3, align: str = "L", width: float = 0, leading: float = 5) -> None:
        """Paragraphs, `gap` millimetres apart."""
        for text in texts:
            self.multi_cell(width, leading, text, align=align, new_x="LMARGIN", new_y="NEXT")
            self.ln(gap)

    def bytes(self) -> bytes:
        """The file."""
        return bytes(self.output())


def indented(texts: list[str]) -> bytes:
    """Paragraphs with an indented first line and no gap between them, as in a book."""
    report = Report(font="Times")
    for text in texts:
        # multi_cell has no indentation: as many spaces as make it, then the text
        report.set_x(26)
        first, rest = _fits(report, text, 164)
        report.cell(0, 5, first, new_x="LMARGIN", new_y="NEXT")
        if rest:
            report.multi_cell(0, 5, rest, align="L", new_x="LMARGIN", new_y="NEXT")
    return report.bytes()


def _fits(report: FPDF, text: str, width: float) -> tuple[str, str]:
    words = text.split(" ")
    count = next((n for n in range(len(words), 0, -1) if report.get_string_width(" ".join(words[:n])) <= width), 1)
    return " ".join(words[:count]), " ".join(words[count:])


def columns(texts: list[str], title: str, head: str = "", gutter: float = 6) -> bytes:
    """A title over two columns of text."""
    report = Report(head=head, size=10)
    report.line_of(title, 20, "B")
    with report.text_columns(ncols=2, gutter=gutter, text_align="L") as made:
        for text in texts:
            made.write(text + "\n\n")
    return report.bytes()


def rows_across(texts: list[list[str]]) -> bytes:
    """Two columns whose lines are written row by row, as some programs print them."""
    report = Report(size=10)
    lines = [_wrapped(report, column, 80) for column in texts]
    for number in range(max(map(len, lines))):
        for left, column in zip((20, 107), lines, strict=True):
            if number < len(column):
                report.text(left, 30 + 4.6 * number, column[number])
    return report.bytes()


def _wrapped(report: FPDF, texts: list[str], width: float) -> list[str]:
    lines: list[str] = []
    for text in texts:
        while text:
            line, text = _fits(report, text, width)
            lines.append(line)
        lines.append("")
    return lines


def made(build: Callable[[Report], None], **given: str | float) -> bytes:
    """A report that a function fills."""
    report = Report(**given)  # type: ignore[arg-type]
    build(report)
    return report.bytes()


def raw(objects: list[bytes]) -> bytes:
    """A PDF of the objects as they are, numbered from 1; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))
    return out + head + table + end


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def form_bomb(depth: int, fan: int) -> bytes:
    """A page whose form draws the next one `fan` times, `depth` levels deep."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</A 6 0 R>>>>/Contents 5 0 R>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, font]
    objects.append(stream(b"", b"/A Do"))
    for level in range(depth - 1):
        following = b"/Resources<</XObject<</A %d 0 R>>>>" % (7 + level)
        objects.append(stream(entries + following, b"/A Do " * fan))
    last = b"/Resources<</Font<</F 4 0 R>>>>"
    return raw([*objects, stream(entries + last, b"BT /F 12 Tf 10 700 Td (boom) Tj ET")])


SOME = paragraphs(12)


def report_of_everything(report: Report) -> None:
    report.line_of("Situation Report No. 14", 20, "B")
    report.line_of("As of 3 March 2020", 10)
    report.line_of("Overview", 14, "B")
    report.text_of(SOME[:2])
    report.line_of("Needs", 11, "B")
    for text in SOME[2:5]:
        report.cell(6, 5, "•")
        report.multi_cell(0, 5, text, align="L", new_x="LMARGIN", new_y="NEXT")
    report.ln(5)
    for row in [("Camp", "Wells", "Tents"), ("North camp", "4", "120"), ("South camp", "2", "90")]:
        for cell in row:
            report.cell(50, 6, cell)
        report.ln(6)
    report.ln(4)
    report.text_of(SOME[5:7])


MANY = paragraphs(40)


def of(text: str) -> bytes:
    """A report of one paragraph."""
    return made(lambda report: report.text_of([text]))
