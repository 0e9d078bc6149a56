"""Any bytes give one article or one named refusal, soon: encodings, broken markup, crowded pages."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.config import Read, Split
from nutgraf.read import page as pages
from nutgraf.records import Article, Dropped, Paragraph, Refusal
from nutgraf.split import split

SENTENCE = "The column of trucks crossed the Orla bridge before dawn on Monday, the governor said."
STORY = "".join(f"<p>{number}. {SENTENCE}</p>" for number in range(6))
TAGS = """<p> </p> <div> </div> <b> </b> <a href=x> </a>
    <table> <tr> <td> </table> <ul> <li> </ul> <h1> <h2> </h2> <br>
    <form> <select> <svg> <article> </article> <aside> <base href='http://['> <frameset> <script> </script> <!-- -->
    <![CDATA[ ]]> <?x?> &amp; &#0; &#xD800; &#x110000; &nbsp; <p class="promo"> <meta charset=hex> <title> </title>
    <html> <body> <head>""".split()


def read(data):
    (found,) = pages.read(data, "page.html", Read())
    return found


def page(body, head=""):
    return f"<html><head>{head}</head><body><main>{body}</main></body></html>"


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("windows-1251", "Колонна грузовиков перешла мост через Орлу до рассвета в понедельник."),
        ("shift_jis", "月曜日の夜明け前にトラックの列がオルラ橋を渡ったと知事が述べた。"),
        ("gb2312", "州长说，卡车车队在星期一黎明前越过了奥拉桥，没有人受伤。"),
        ("iso-8859-2", "Kolumna ciężarówek przejechała przez most o świcie, powiedział gubernator."),
        ("koi8-r", "Колонна грузовиков перешла мост через Орлу до рассвета в понедельник."),
    ],
)
def test_the_encoding_that_a_page_declares_is_taken(encoding, words):
    body = "".join(f"<p>{number} {words} {words}</p>" for number in range(6))
    found = read(page(body, f'<meta charset="{encoding}">').encode(encoding))
    assert found.text.split("\n\n")[0] == f"0 {words} {words}"
    assert found.repaired == (f"decoded from {encoding}",)


def test_a_page_that_says_latin_1_means_the_western_code_page_of_browsers():
    data = page(STORY.replace("Orla", "“Orla”"), '<meta charset="ISO-8859-1">').encode("cp1252")
    found = read(data)
    assert "“Orla”" in found.text
    assert found.repaired == ("decoded from iso-8859-1",)


@pytest.mark.parametrize("name", ["idna", "utf-7", "hex", "rot13", "unicode_escape", "cp99999", "x" * 4000, "utf-8"])
def test_an_encoding_that_is_none_is_passed_over(name):
    found = read(page(STORY.replace("Orla", "Örla"), f'<meta charset="{name}">').encode("cp1252"))
    assert "Örla" in found.text


def test_bytes_without_a_tag_are_no_page():
    assert (read(SENTENCE.encode() * 9).reason) == "no_article"


@pytest.mark.parametrize("cut", range(60, len(page(STORY)), 97))
def test_a_page_that_breaks_off_is_read_so_far(cut):
    assert read(page(STORY).encode()[:cut]).path == "page.html"


def test_an_error_inside_the_parsers_is_a_refusal_with_its_name(monkeypatch):
    def fail(*_):
        raise KeyError("tail")

    monkeypatch.setattr(pages, "blocks", fail)
    found = read(page(STORY).encode())
    assert (found.reason, found.detail) == ("no_article", "KeyError")


@pytest.mark.parametrize(
    "body",
    [
        "tru&#0;cks", "tru&#xD800;cks", "tru&#55555;cks", "tru&#x110000;cks", "tru&#9999999999;cks", "tru&#xFFFF;cks",
        "tru\x01cks", "tru\ufffecks", "tru&#x1E;cks",
    ],
)  # fmt: skip
def test_odd_characters_and_references_cost_no_paragraph_and_reach_no_text(body):
    found = read(page(STORY.replace("trucks", body, 1)).encode())
    assert found.text.count(" Monday, ") == 6
    assert not any(character in found.text for character in "\x00\x01\x1e\ud800\udfff")


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(TAGS), st.sampled_from([SENTENCE, STORY]), st.text(max_size=12)), max_size=40)
)
def test_any_soup_of_tags_is_an_article_or_a_refusal(pieces):
    found = read("".join(pieces).encode("utf-8", "surrogatepass"))
    if isinstance(found, Refusal):
        assert found.reason in ("no_article", "not_text")
        return
    assert isinstance(found, Article)
    assert not any("\ud800" <= character <= "\udfff" or character == "\x00" for character in found.text)
    whole = [piece for piece in split([found], Split()) if isinstance(piece, (Paragraph, Dropped))]
    assert all(found.text[piece.start : piece.end] == piece.text for piece in whole)
    assert sum(len("".join(piece.text.split())) for piece in whole) == len("".join(found.text.split()))
    starts = {piece.start for piece in whole}
    assert all(at in starts for at in found.headings)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_a_refusal(data):
    assert read(data).path == read(b"<html><body>" + data).path == "page.html"


CROWDED = {
    "words": "<p>" + "a" * 1_000_000,
    "marks": "<p>" + '"' * 1_000_000,
    "spaces": " " * 1_000_000 + "<p>x",
    "tags unclosed": "<p>Rain fell" * 80_000,
    "tags nested": "<div>" * 100_000,
    "bold nested": "<b>" * 200_000,
    "brackets": "<" * 1_000_000,
    "ampersands": "<p>" + "&" * 1_000_000,
    "references": "<p>" + "&#0000000000" * 80_000,
    "line breaks": "<p>" + "x<br>" * 190_000,
    "headings": "<h2>Rain</h2>" * 70_000 + STORY,
    "links": "<a href=x>y</a> " * 55_000,
    "points": "<ul>" + "<li>Rain fell." * 60_000,
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(80_000)) + ">" + STORY,
    "attribute": "<p class='" + "ad " * 300_000 + "'>" + STORY,
    "style": "<p style='" + "display:" * 100_000 + "'>" + STORY,
    "comments": "<!-- x -->" * 90_000 + STORY,
    "doctype": "<!doctype " + "a" * 900_000 + ">" + STORY,
    "title": "<title>" + " - x" * 240_000 + "</title>" + STORY,
    "metas": "<meta " * 160_000,
    "data": '<script type="application/ld+json">[' + "{}," * 300_000 + "{}]</script>" + STORY,
    "script": "<script>" + "var a=1;" * 120_000 + "</script>",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CROWDED)
def test_a_page_of_a_megabyte_takes_less_than_five_seconds(name):
    data = f"<html><body>{CROWDED[name]}".encode()
    begun = time.process_time()
    found = read(data)
    list(split([found] if isinstance(found, Article) else [], Split()))
    assert time.process_time() - begun < 5
    assert isinstance(found, Article) or found.reason == "no_article"
    assert STORY not in CROWDED[name] or name == "attributes" or isinstance(found, Article)
