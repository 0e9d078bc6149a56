"""Which lines of a saved page are its article, over the builds that news pages have."""

import pytest

from nutgraf.config import Split
from nutgraf.records import Dropped, Paragraph
from nutgraf.split import split
from pages_made import PARAGRAPHS, PLEA, STANDFIRST, article, lines, paragraphs, within


@pytest.mark.parametrize(
    "wrap",
    [
        "<p>{}</p>",
        "<div>{}</div>",
        '<div class="sc-x1"><div class="sc-y2"><p>{}</p></div></div>',
        '<div class="block"><span>{}</span></div>',
        "{}<br><br>",
        "{}<br>",
        "<p><span style='color: black'>{}</span></p>",
    ],
)
def test_paragraphs_of_every_build_are_found(wrap):
    assert lines("<div class='story'>" + "".join(paragraphs(wrap=wrap)) + "</div>") == PARAGRAPHS


def test_the_rows_of_a_page_laid_out_in_tables_are_read():
    content = "<table><tr><td><a href='/1'>Home</a></td><td>" + "".join(paragraphs()) + "</td></tr></table>"
    assert lines(content) == PARAGRAPHS


def test_a_page_that_is_one_form_is_read():
    assert lines("<form action='/'><div>" + "".join(paragraphs()) + "</div></form>") == PARAGRAPHS


@pytest.mark.parametrize("tag", ['<div style="display:none">', '<div class="sidebar">', '<section class="promo">'])
def test_a_kind_of_element_that_holds_the_article_is_no_furniture(tag):
    close = tag[1:].split()[0]
    assert lines(f"{tag}{''.join(paragraphs())}</{close}>") == PARAGRAPHS


def test_every_paragraph_in_a_widget_of_its_own_is_kept():
    assert lines("".join(paragraphs(wrap='<div class="widget"><p>{}</p></div>'))) == PARAGRAPHS


@pytest.mark.parametrize(
    "extra",
    [
        "<aside><p>Three held after the fire at the harbour, and a ferry that never came back at all.</p></aside>",
        f'<div class="newsletter-signup"><p>{PLEA}</p></div>',
        f'<div class="c-Promo-box"><p>{PLEA}</p></div>',
        "<figure><img src='b.jpg'><figcaption>Boats at the quay of Dalmere on Monday morning.</figcaption></figure>",
        '<p class="caption">Boats at the quay of Dalmere on Monday morning, in a picture by the harbour master.</p>',
        '<blockquote class="twitter-tweet"><p>So many boats on the lake this morning, never saw it.</p>A.</blockquote>',
        '<p><a href="/2">READ: Three held after the fire at the harbour of Dalmere</a></p>',
        '<p><strong><a href="/2">WHAT DO WE KNOW OF THE FIRE AT THE HARBOUR?</a></strong></p>',
        '<ul><li><a href="/3">Three held after harbour fire</a></li><li><a href="/4">Bread is dear</a></li></ul>',
        "<ul><li>Weight: 4 kg</li><li>Colour: blue</li></ul>",
        "<table><tr><th>Camp</th><th>Wells</th></tr><tr><td>North camp</td><td>Four wells</td></tr></table>",
        "<p hidden>This paragraph is kept from readers until they have paid for the whole of the paper.</p>",
        "<script>var boats = 4;</script><style>p {color: red}</style><noscript>Enable scripts.</noscript>",
        "<form><label>Your name</label><input name='n'><button>Send</button></form>",
    ],
)
def test_what_is_set_between_paragraphs_is_left_out(extra):
    assert lines(within(extra)) == PARAGRAPHS


@pytest.mark.parametrize(
    "heading",
    ["<h2>{}</h2>", "<h6><b>{}</b></h6>", "<p><strong>{}</strong></p>", "<p><b>The long</b><b> night</b></p>",
     '<div role="heading" aria-level="3">{}</div>', "<p><em>{}</em></p>"],
)  # fmt: skip
def test_subheadings_stay_in_the_text_and_are_marked(heading):
    found = article(within(heading.format("The long night")))
    assert found.text.split("\n\n") == [*PARAGRAPHS[:2], "The long night", *PARAGRAPHS[2:]]
    (at,) = found.headings
    assert found.text[at:].startswith("The long night\n")
    dropped = [piece for piece in split([found], Split()) if isinstance(piece, Dropped)]
    assert [(piece.reason, piece.text) for piece in dropped] == [("subheading", "The long night")]


@pytest.mark.parametrize("sentence", ["<p><strong>“Go home,” the crowd sang.</strong></p>", "<p>The long night</p>"])
def test_bold_sentences_and_plain_lines_are_no_subheadings(sentence):
    assert article(within(sentence)).headings == ()


def test_headings_before_the_first_and_after_the_last_paragraph_are_left_out():
    assert lines("<h3>World</h3>" + within("") + "<h3>More of the day</h3>") == PARAGRAPHS


def test_points_of_a_list_that_are_sentences_are_paragraphs():
    point = "The ferry firm lost three boats in the storm of the winter before last."
    assert point in lines(within(f"<ul><li>{point}</li><li>Four wells</li></ul>"))


def test_a_link_inside_a_sentence_does_not_cost_it():
    linked = 'The <a href="/orla">Orla</a> bridge and the road to <a href="/tessin">Tessin</a> were shut.'
    assert "The Orla bridge and the road to Tessin were shut." in lines(within(f"<p>{linked}</p>"))


def test_a_drop_cap_is_put_back():
    made = lines(
        "<div>" + "".join([f'<p><span class="dropcap">T</span>{PARAGRAPHS[0][1:]}</p>', *paragraphs()[1:]]) + "</div>"
    )
    assert made == PARAGRAPHS


def test_a_paragraph_that_inline_marks_part_is_whole():
    parted = PARAGRAPHS[0].replace("Orla", "<em>Or</em><b>la</b>")
    assert lines("<div>" + "".join([f"<p>{parted}</p>", *paragraphs()[1:]]) + "</div>") == PARAGRAPHS


def test_a_line_break_parts_sentences_but_no_sentence():
    content = "<p>" + PARAGRAPHS[0] + "<br>" + PARAGRAPHS[1].replace("boat has", "boat<br>has") + "</p>"
    assert lines("<div>" + content + "".join(paragraphs()[2:]) + "</div>") == PARAGRAPHS


def test_a_paragraph_given_twice_for_large_and_small_screens_is_read_once():
    twice = f"<p>{PARAGRAPHS[1]}</p>"
    assert lines(within(twice)) == PARAGRAPHS


def test_pleas_around_the_article_are_left_out():
    content = "<article>" + within("") + f'<div class="help"><p>{PLEA}</p></div></article>'
    assert lines(content) == PARAGRAPHS


@pytest.mark.parametrize(
    "above",
    [
        f'<p class="standfirst">{STANDFIRST}</p>',
        f'<h2 class="article-subtitle">{STANDFIRST}</h2>',
        f'<div class="x9"><div class="entry-excerpt"><p>{STANDFIRST}</p></div></div>',
        f'<div class="sc-q7">{STANDFIRST}</div>',
    ],
)
def test_the_standfirst_is_the_first_paragraph(above):
    byline = '<div class="meta">By Ada Fictive, 9 March 2014, 08:30</div>'
    assert lines(above + byline + within("")) == [STANDFIRST, *PARAGRAPHS]


def test_a_standfirst_that_repeats_the_page_s_summary_is_known_wherever_it_stands():
    head = f'<meta property="og:description" content="{STANDFIRST}...">'
    deep = f"<div><div><div><div>{STANDFIRST}.</div></div></div></div>"
    assert lines(deep + within(""), head=head)[0] == f"{STANDFIRST}."


def test_a_summary_in_points_is_kept_whole():
    points = ["Families cross the lake by night.", "Shells fall on the road to the north.", "Envoys meet in Tessin."]
    above = '<div class="summary"><ul>' + "".join(f"<li>{point}</li>" for point in points) + "</ul></div>"
    assert lines(above + within("")) == [*points, *PARAGRAPHS]


@pytest.mark.parametrize(
    "text",
    [
        "By Ada Fictive and Ben Fictive of the Dalmere Post newsroom",
        "Updated 9 March 2014 at 08:30 in the morning by us",
    ],
)
def test_a_byline_is_no_standfirst(text):
    assert lines(f'<p class="subtitle">{text}</p>' + within("")) == PARAGRAPHS


def test_an_article_that_only_machines_are_told_is_read():
    for text in (r"\n\n".join(PARAGRAPHS * 3), "".join(paragraphs(PARAGRAPHS * 3))):
        told = f'{{"@type": "NewsArticle", "headline": "Boats", "articleBody": "{text}"}}'
        head = f'<script type="application/ld+json">{told}</script>'
        assert lines('<div id="app"></div><p>One moment.</p>', head=head) == PARAGRAPHS * 3


def test_a_short_notice_does_not_hide_the_article():
    notice = "".join(f'<div class="cookies"><p>{PLEA}</p></div>' for _ in range(1))
    assert lines(notice + within("")) == PARAGRAPHS


def test_every_paragraph_of_a_page_lies_in_its_text():
    found = article(within("<h2>The long night</h2>"))
    kept = [piece for piece in split([found], Split()) if isinstance(piece, Paragraph)]
    assert [piece.text for piece in kept] == PARAGRAPHS
    assert all(found.text[piece.start : piece.end] == piece.text for piece in kept)
