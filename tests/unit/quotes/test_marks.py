"""Quoted spans by their marks: every style of them, and what is none."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.quotes import PAIRS, found, quotations, spans
from nutgraf.quotes.marks import CLOSERS, LONGEST

MARKS = sorted({*PAIRS, *"".join(PAIRS.values()), "’"})


def paragraphs():
    """Any text, and text thick with quotation marks."""
    pieces = st.sampled_from([*MARKS, " ", ",", ".", "?", "we", "went", "said", "don’t", "’90s", "(", "—", "\n"])
    return st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join))


def quoted(text):
    return [text[span.start : span.end] for span in spans(text)]


@settings(max_examples=60, deadline=None)
@given(paragraphs())
def test_spans_index_the_text_in_order_and_never_overlap(text):
    position = 0
    for span in spans(text):
        assert position <= span.start < span.end <= len(text)
        assert text.startswith(span.mark, span.start)
        position = span.end


@settings(max_examples=60, deadline=None)
@given(paragraphs())
def test_a_closed_span_ends_in_a_mark_that_closes_its_own_and_an_open_one_at_the_end(text):
    for span in spans(text):
        if span.closed:
            assert text[: span.end].endswith(tuple(CLOSERS[span.mark]))
        else:
            assert span.end == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We stay,” he said, “and wait.”", ["“We stay,”", "“and wait.”"]),
        ('"We stay," he said, "and wait."', ['"We stay,"', '"and wait."']),
        ("‘We stay,’ he said.", ["‘We stay,’"]),
        ("'We stay,' he said.", ["'We stay,'"]),
        ("„Wir bleiben“, sagte er.", ["„Wir bleiben“"]),
        ("„Zostajemy”, powiedział.", ["„Zostajemy”"]),
        ("«Остаёмся», — сказал он.", ["«Остаёмся»"]),
        ("»Wir bleiben«, sagte er.", ["»Wir bleiben«"]),
        ("‹Wir bleiben›, sagte er.", ["‹Wir bleiben›"]),
        ('The post ("closed") was empty.', ['"closed"']),
        ("›Wir bleiben‹, sagte er.", ["›Wir bleiben‹"]),
        ("»Vi stannar», sade han. ”Vi stannar”, sade hon.", ["»Vi stannar»", "”Vi stannar”"]),
        ("‚Wir bleiben‘, sagte er.", ["‚Wir bleiben‘"]),
        ("``We stay,'' he said, ``and wait.''", ["``We stay,''", "``and wait.''"]),
        ("''We stay,'' he said.", ["''We stay,''"]),
        ("`We stay,' he said.", ["`We stay,'"]),
        ('„Zostajemy", powiedział.', ['„Zostajemy"']),
        ('“We stay," he said.', ['“We stay,"']),
        ("“We stay“, he said.", ["“We stay“"]),
        ('" We stay , " he said , " now . "', ['" We stay , "', '" now . "']),
        ('"We stay,"he said.', ['"We stay,"']),
        ("said:“We stay”and left", ["“We stay”"]),
        ("« Nous restons », dit-il.", ["« Nous restons »"]),
    ],
)
def test_every_style_of_marks_is_found(text, expected):
    assert quoted(text) == expected


def test_a_span_inside_another_is_part_of_it():
    assert quoted("“He shouted ‘fire’ twice,” she said.") == ["“He shouted ‘fire’ twice,”"]


@pytest.mark.parametrize("text", ["They don't know the shepherds' names.", "In the ’90s they didn’t.", "O’Dara’s dog"])
def test_an_apostrophe_opens_no_quotation(text):
    assert quoted(text) == []


def test_an_apostrophe_closes_no_quotation():
    assert quoted("‘They don’t know,’ he said.") == ["‘They don’t know,’"]


def test_inches_and_feet_open_no_quotation():
    assert quoted("The 5\" shell left a 6' hole.") == []


@pytest.mark.parametrize(
    "text", ["“We stay, he said", "He said: “We stay", '"We stay, he said', '"We stay, "and wait', '  "We stay']
)
def test_a_mark_left_open_runs_to_the_end_of_the_paragraph(text):
    (span,) = spans(text)
    assert (span.end, span.closed) == (len(text), False)


@pytest.mark.parametrize(
    "text",
    ['He said "we stay', "He said 'we stay", "We stay” he said", "“ said", "said “", "Orla»Dalmere« said", "»so"],
)
def test_a_stray_mark_opens_nothing(text):
    assert quoted(text) == []


@pytest.mark.parametrize("mark", [" 'a", " ‘a", " “a", ' "a', " «a"])
def test_marks_that_nothing_closes_take_no_time(mark):
    begun = time.process_time()
    spans(mark * 20_000)
    assert time.process_time() - begun < 1


def test_guillemets_with_spaces_inside_are_told_apart():
    text = "« We go », he said, « now »"
    assert [text[span.start : span.end] for span in spans(text)] == ["« We go »", "« now »"]


@pytest.mark.parametrize(
    "text",
    [
        "He stood 6'2\" tall beside a 5’ 11” door.",
        "The wreck lies at 34° 12' 45\" N, 20° 3' 9\" E.",
        'A 12" pipe and a 3" mortar were found.',
        'item " " "',
        "rock ’n’ roll, rock 'n' roll, ’tis late, give 'em room",
        "In '93 and in the '90s the boys' school stood.",
        "» More news from Orla",
        "Home » News » Orla",
        "« Previous page",
        "Next page »",
    ],
)
def test_apostrophes_measures_and_arrows_are_no_quotations(text):
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a 12" pipe burst," he said', ['"a 12" pipe burst,"']),
        ("‘the boys’ school is shut,’ he said", ["‘the boys’ school is shut,’"]),
        ("‘four days’ of talks at the rebels’ camp", ["‘four days’"]),
        ("'We' and 'them' at the boys' school", ["'We'", "'them'"]),
        ('“He said "go" and left,” she said', ['“He said "go" and left,”']),
        ("“He called it “a gift” twice,” she said", ["“He called it “a gift” twice,”"]),
        ("in '93 'we left,' he said", ["'we left,'"]),
    ],
)
def test_the_mark_that_closes_is_told_from_others(text, expected):
    assert quoted(text) == expected


def test_words_lead_to_a_mark_left_open():
    (span,) = spans('He said: "we stay')
    assert not span.closed
    assert spans('He bought "we stay') == []


def test_a_stray_mark_swallows_no_long_text():
    rest = "Rain fell on the town. " * (LONGEST // 20)
    assert spans("He saw “the zone. " + rest + "It was late.” ") == []
    assert spans("He saw “the zone. " + rest) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(paragraphs(), max_size=6))
def test_of_any_paragraphs_the_spans_lie_in_order_in_their_own(texts):
    first, second = quotations(texts), quotations(texts)
    assert first == second
    assert len(first) == len(texts)
    for text, here in zip(texts, first, strict=True):
        position = 0
        for span in here:
            assert position <= span.start < span.end <= len(text)
            assert span.carried or text.startswith(span.mark, span.start)
            assert span.mark in PAIRS
            position = span.end
        if not any(mark in text for mark in MARKS):
            assert all(span.carried for span in here)


@pytest.mark.parametrize(
    "piece", ['"', "“", "‘", "'", "“”", "\"'", "« a", " ' \" ", "‘a s’ s’ ", "“ “ ” ", '" "', "“A.” B said. "]
)
def test_marks_without_end_take_no_time(piece):
    text = piece * (100_000 // len(piece))
    begun = time.process_time()
    found(text)
    quotations([piece * 20] * (20_000 // len(piece) // 20))
    assert time.process_time() - begun < 1
