"""Which lines of a saved page are its article, over the builds that news pages have."""

import pytest
from lxml import html

from nutgraf.config import Read, Split
from nutgraf.read import page as pages
from nutgraf.read.page.blocks import blocks
from nutgraf.read.page.body import body
from nutgraf.records import Article, Dropped, Paragraph
from nutgraf.split import split

PARAGRAPHS = [
    "The column of trucks crossed the Orla bridge before dawn on Monday, the governor said.",
    "“We stay until the last boat has left,” she told reporters at the harbour of Dalmere.",
    "By noon the last of the families were on their way to the camp in the northern hills.",
    "Shells fell on the road behind them, a medic said, and two of the lorries did not arrive.",
    "The envoy of the lake states is to meet both sides in Tessin before the end of the week.",
]
PLEA = "Our reporters walk a long way for every line that you read here, so please help them to buy shoes."


def article(content, head="", before="", after=""):
    text = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Boats leave Dalmere</title>{head}</head><body>
    <header class="site"><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></header>{before}
    <main><h1>Boats leave Dalmere</h1>{content}</main>{after}
    <footer><p>Dalmere Media, 1 Quay Street</p></footer></body>"""
    (found,) = pages.read(text.encode(), "page.html", Read())
    assert isinstance(found, Article), found
    return found


def lines(content, **around):
    return article(content, **around).text.split("\n\n")


def paragraphs(texts=PARAGRAPHS, wrap="<p>{}</p>"):
    return [wrap.format(text) for text in texts]


def within(extra, wrap="<p>{}</p>", place=2):
    made = paragraphs(wrap=wrap)
    return '<div class="story">' + "".join([*made[:place], extra, *made[place:]]) + "</div>"


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


STANDFIRST = "Families cross the lake by night as shells fall on the road to the north"


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


def blocks_of(markup):
    return list(blocks(html.document_fromstring(markup)))


def body_of(markup, found=PARAGRAPHS, title="Boats leave Dalmere", summary=""):
    return body(blocks_of(markup), found, title, summary)


def test_a_paragraph_that_the_extraction_missed_is_found_among_its_siblings():
    markup = "<div class='story'>" + "".join(paragraphs()) + "</div>"
    assert list(body_of(markup, PARAGRAPHS[:2] + PARAGRAPHS[3:]).lines) == PARAGRAPHS
    assert list(body_of(markup, PARAGRAPHS[1:]).lines) == PARAGRAPHS


def test_a_line_of_links_among_its_siblings_is_not_taken_for_a_missed_paragraph():
    markup = within(f'<p><a href="/1">{PLEA[:60]}</a></p>')
    assert list(body_of(markup).lines) == PARAGRAPHS


@pytest.mark.parametrize("tag", ["aside", "table", "form", "footer", "sidebar", "hidden"])
def test_a_kind_of_furniture_that_holds_what_was_found_is_none(tag):
    inner = "".join(paragraphs()[:2]) + "<h3>The long night</h3>" + "".join(paragraphs()[2:])
    wrapped = {
        "table": f"<table><tr><td>{inner}</td></tr></table>",
        "sidebar": f"<div class='sidebar'>{inner}</div>",
        "hidden": f"<div style='display: none'>{inner}</div>",
    }.get(tag, f"<{tag}>{inner}</{tag}>")
    assert {block.kinds for block in blocks_of(wrapped)} == {(tag,)}
    assert body_of(wrapped).headings == {2}


def test_a_headline_in_the_midst_is_left_out_whatever_its_words():
    assert list(body_of(within("<h1>Lorries leave Dalmere</h1>")).lines) == PARAGRAPHS


def test_a_summary_in_bold_before_the_first_paragraph_is_one():
    lead = "Families cross the lake by night, and shells fall on the road"
    made = body_of(within(f"<p><b>{lead}</b></p>", place=0), [lead, *PARAGRAPHS])
    assert (list(made.lines), made.headings) == ([lead, *PARAGRAPHS], frozenset())


def test_a_long_sentence_in_a_heading_s_tag_is_a_paragraph():
    long = " ".join(PARAGRAPHS[:2])
    assert body_of(within(f"<h4>{long}</h4>"), [long, *PARAGRAPHS]).headings == frozenset()


def test_a_heading_at_the_foot_of_the_article_is_left_out():
    assert list(body_of(within("<h3>More of the day</h3>", place=5)).lines) == PARAGRAPHS


def test_two_line_breaks_part_what_is_no_sentence():
    assert [block.text for block in blocks_of("<p>The long night<br><br>shells fall<br>on the road</p>")] == [
        "The long night",
        "shells fall on the road",
    ]


@pytest.mark.parametrize("given", ["hidden", 'aria-hidden="true"', 'style="display:none"'])
def test_hidden_words_inside_a_paragraph_are_no_part_of_it(given):
    assert [block.text for block in blocks_of(f"<p>The boats <span {given}>(open in app) </span>left.</p>")] == [
        "The boats left."
    ]


@pytest.mark.parametrize(
    "name", ["articleNewsletterBox", "storyRelated", "inlineReadMore", "figCaption", "box_related"]
)
def test_names_that_capitals_or_marks_part_tell_furniture(name):
    assert [bool(block.kinds) for block in blocks_of(f'<div class="{name}"><p>Boats</p></div>')] == [True]


@pytest.mark.parametrize("name", ["story", "sc-hAdXyz", "headline", "download", "loads", "article__body"])
def test_other_names_tell_none(name):
    assert [block.kinds for block in blocks_of(f'<div class="{name}"><p>Boats</p></div>')] == [()]


def test_a_standfirst_that_the_page_s_summary_goes_on_from_is_known():
    markup = f"<h1>Boats leave Dalmere</h1><section><div><div>{STANDFIRST}</div></div></section>" + within("")
    assert body_of(markup, summary=f"{STANDFIRST}, and envoys meet in Tessin").lines[0] == STANDFIRST


def test_shares_of_links_and_of_bold_are_told():
    (block,) = blocks_of("<p>ab <a href='x'>cd</a> <b>ef<i>gh</i></b></p>")
    assert (block.linked, block.stressed, block.tag, block.key) == (0.25, 0.5, "p", "abcdefgh")
