"""What is written in a database's format reads back as it was, and nothing that is damaged raises."""

import datetime
import random
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exports_made import (
    TWO,
    Made,
    factiva_coded,
    factiva_lines,
    factiva_page,
    factiva_table,
    lexisnexis,
    nexis_lines,
    rtf,
    word,
)
from nutgraf.config import Read
from nutgraf.read import exports
from nutgraf.read import rtf as rtf_format
from nutgraf.read import text as text_format
from nutgraf.read import word as word_format
from nutgraf.records import Article, Refusal

TEXTS = {
    "lexisnexis": lexisnexis,
    "lexisnexis, british": lambda made: lexisnexis(made, day="{0.british}", mark="Document {number} of {count}"),
    "lexisnexis, a blank line after each": lambda made: lexisnexis(made).replace("\n", "\n\n"),
    "nexis": lambda made: "\n".join(nexis_lines(made)),
    "factiva": lambda made: "\n".join(factiva_lines(made)),
    "factiva, fields": lambda made: "\n".join(factiva_coded(made)),
    "factiva, fields and tabs": lambda made: "\n".join(factiva_coded(made, "\t{code}\t{value}")),
}
PAGES = {"page": factiva_page, "table": factiva_table}
FILES = {
    "nexis.docx": lambda made: (word_format.read, word(nexis_lines(made))),
    "nexis.rtf": lambda made: (rtf_format.read, rtf(nexis_lines(made))),
    "factiva.rtf": lambda made: (rtf_format.read, rtf(factiva_lines(made))),
    "factiva, fields.rtf": lambda made: (rtf_format.read, rtf(factiva_coded(made))),
}


def told(items):
    return [(item.title, item.date, item.source, item.byline, item.text) for item in items]


def meant(made):
    return [(one.title, one.day.isoformat(), one.outlet, one.byline, "\n\n".join(one.paragraphs)) for one in made]


WORDS = "the river road a of in shut held by convoy “wait” cease-fire é Café Dalmere's U.N. 40,000 (two) Orla".split()


def invented(seed):
    """A few articles of words drawn at random; the same seed gives the same ones."""
    draw = random.Random(seed)

    def sentence(least, most):
        return " ".join(draw.choice(WORDS) for _ in range(draw.randint(least, most)))

    def one():
        return Made(
            title="Shut " + sentence(2, 18),
            day=datetime.date(1950, 1, 1) + datetime.timedelta(draw.randrange(36_500)),
            outlet="The " + draw.choice(["Orla Post", "Dalmere Times (Venn)", "Courier", "Herald & Star"]),
            byline=draw.choice(["Ada Menning", "Brom Tallis and Eda Corrin", "Ida Venn-Orla"]),
            paragraphs=tuple(
                " ".join(f"The {sentence(2, 24)} end." for _ in range(draw.randint(1, 4)))
                for _ in range(draw.randint(2, 6))
            ),
        )

    return tuple(one() for _ in range(draw.randint(1, 4)))


MADE = st.integers(0, 2**32).map(invented)


@pytest.mark.parametrize("form", TEXTS)
@settings(max_examples=25, deadline=None)
@given(made=MADE)
def test_a_text_export_reads_back_as_it_was_written(form, made):
    broken = sum(len(paragraph) > 150 for one in made for paragraph in one.paragraphs)
    assume(broken >= 3 or "blank line" not in form)  # only lines broken in mid-sentence tell of doubled ones
    assert told(exports.articles(TEXTS[form](made), "x.txt")) == meant(made)


@pytest.mark.parametrize("form", PAGES)
@settings(max_examples=25, deadline=None)
@given(made=MADE)
def test_a_page_reads_back_as_it_was_written(form, made):
    assert told(exports.page(PAGES[form](made), "x.html")) == meant(made)


@pytest.mark.parametrize("form", FILES)
@settings(max_examples=8, deadline=None)
@given(made=MADE)
def test_a_file_reads_back_as_it_was_written(form, made):
    read, data = FILES[form](made)
    assert told(read(data, "x", Read())) == meant(made)


@pytest.mark.parametrize("form", TEXTS)
def test_a_text_reader_knows_an_export_by_itself(form):
    data = TEXTS[form](TWO).encode()
    assert told(text_format.read(data, "x.txt", Read())) == meant(TWO)


def damaged(data):
    """The data cut at every 50th place or so, and with some of it changed."""
    step = max(50, len(data) // 120)
    yield from (data[:at] for at in range(0, len(data), step))
    draw = random.Random(7)
    for _ in range(60):
        at = draw.randrange(len(data))
        piece = draw.choice(
            [b"", b"\n", b"\x00", b"|", b"{", b"}", b"\\", b"\xff", b"<", data[:40], data[at : at + 90]]
        )
        yield data[:at] + piece + data[at + draw.randrange(40) :]


@pytest.mark.parametrize("form", TEXTS)
def test_no_damage_to_a_text_raises(form):
    for data in damaged(TEXTS[form](TWO).encode()):
        assert all(isinstance(item, Article | Refusal) for item in text_format.read(data, "x.txt", Read()))


@pytest.mark.parametrize("form", PAGES)
def test_no_damage_to_a_page_raises(form):
    for data in damaged(PAGES[form](TWO).encode()):
        found = exports.page(data.decode("utf-8", "replace"), "x.html")
        assert found is None or all(isinstance(item, Article | Refusal) for item in found)


@pytest.mark.parametrize("form", FILES)
def test_no_damage_to_a_file_raises(form):
    read, whole = FILES[form](TWO)
    for data in damaged(whole):
        items = list(read(data, "x", Read()))
        assert items and all(isinstance(item, Article | Refusal) for item in items)


@pytest.mark.parametrize("form", TEXTS)
def test_of_a_last_article_that_is_cut_off_is_given_what_is_there(form):
    text = TEXTS[form](TWO)
    cut = text[: text.rindex("had asked") + len("had asked")]
    first, last = told(exports.articles(cut, "x.txt"))
    assert first == meant(TWO)[0]
    assert last[:4] == meant(TWO)[1][:4]
    assert (
        last[4]
        == "VENN - Talks about the crossing were put off on Tuesday.\n\nThe envoy said that both sides had asked"
    )


@pytest.mark.parametrize("form", TEXTS)
def test_an_article_without_a_body_is_refused_by_its_number(form):
    made = (TWO[0], Made(title="Only a picture of the bridge", paragraphs=()), TWO[1])
    first, second, third = exports.articles(TEXTS[form](made), "x.txt")
    assert second == Refusal(path="x.txt", record=2, reason="no_text", detail="Only a picture of the bridge")
    assert told([first, third]) == meant(TWO)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Road shut\n\nThe clerk opened\n\n2 of 48 documents\n\nand read it out. March 9, 2014 was a Sunday.",
        "Road shut\n\nThe clerk opened\n\n2 of 48 DOCUMENTS\n\nand read it out.\n\nBody\n\nEnd of Document",
        "Body\n\nMarch 9, 2014\n\nThe body was found by the river.\n\nEnd of Document\n",
        "Road shut\n459 words\nThe minister spoke 459 words on 9 March 2014.\nDocument ORLACR0020140309ea3900001\n",
        "HD video of the bridge\n\nIN the evening it rained.\n\nAN official spoke.",
        "Copyright 2014 The Orla Courier\n\nMarch 9, 2014\n\nThe road was shut.",
    ],
)
def test_an_ordinary_text_is_no_export(text):
    assert exports.articles(text, "x.txt") is None


@pytest.mark.parametrize(
    "html", ["", "<p>x</p>", '<div class="article"><p class="lead">Road shut.</p></div>', "<!---->"]
)
def test_an_ordinary_page_is_no_export(html):
    assert exports.page(html, "x.html") is None
    assert exports.page(html + "<!-- class='articleParagraph' -->", "x.html") is None


@pytest.mark.parametrize(
    "text",
    [
        "\nBody" * 60_000,
        "x\ny\nMarch 3, 2020\nLength: 3 words\nBody\n" * 3_000,
        "1 of 2 DOCUMENTS\n" * 18_000,
        "1 of 2 DOCUMENTS\n\nX\n\nMarch 3, 2020\n\nT\n\nLENGTH: 3 words\n\n" + "a.\n   b\n" * 10_000,
        "3 words\nMarch 3, 2020\n" * 14_000 + "Document LBA0000020200303eg330000x\n",
        "HD" + "|" * 300_000,
        " " * 300_000 + "document",
        "1," * 150_000,
    ],
    ids=range(8),
)
def test_no_text_takes_long(text, seconds):
    with seconds(1.5):
        list(exports.articles(text, "x.txt") or ())


@pytest.mark.parametrize("piece", ['<div class="article enArticle">', "<div><b>", '<p class="articleParagraph">x'])
def test_no_page_takes_long(piece, seconds):
    with seconds(1.5):
        list(exports.page('<div class="article enArticle">' + piece * 10_000, "x.html") or ())


def test_headlines_and_bylines_that_are_wrapped_are_put_together():
    made = Made(title="Road to Dalmere shut for a fourth day " * 4 + "still")
    text = re.sub("BYLINE: By Ada Menning", "BYLINE: By Ada Menning and\nBrom Tallis", lexisnexis((made,)))
    (one,) = exports.articles(text, "x.txt")
    assert (one.title, one.byline) == (made.title, "Ada Menning and Brom Tallis")
