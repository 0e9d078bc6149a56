import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf import bundle
from nutgraf.codebook import of_names
from nutgraf.config import Config
from nutgraf.label import as_row, columns, label, label_parallel
from nutgraf.records import Annotation, Paragraph, Prediction
from nutgraf.train import train

LABELS = ("boats", "roads")
WORDS = st.sampled_from(["ferry", "lorry", "rain", "“come”,", "said", "the", "of", "", "☂"])
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=8)


def paragraphs(texts):
    return [
        Paragraph(id=f"n-{i}", article="n", index=i, start=100 * i, end=100 * i + len(text), text=text)
        for i, text in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def model():
    matter = [("ferry", ("boats",)), ("lorry", ("roads",)), ("rain", ())]
    annotations = [
        Annotation(id=f"{day}-{what}", text=f"The {what} came on day {day}.", labels=labels, article=f"a{day}")
        for day in range(12)
        for what, labels in matter
    ]
    return train(annotations, of_names(LABELS), "linear", Config()).bundle


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(1, 10))
def test_labelling_in_chunks_of_any_size_equals_labelling_in_one_piece(model, texts, chunk):
    pieces = paragraphs(texts)
    assert list(label(pieces, model, chunk)) == list(label(pieces, model, len(pieces) + 1))


@settings(max_examples=60, deadline=None)
@given(TEXTS.filter(bool), st.data())
def test_a_paragraph_is_labelled_alike_alone_and_in_company(model, texts, data):
    pieces = paragraphs(texts)
    one = data.draw(st.sampled_from(pieces))
    assert list(label([one], model, 10)) == [p for p in label(pieces, model, 10) if p.id == one.id]


def test_every_paragraph_has_one_prediction_in_the_order_of_the_input_with_its_place_kept(model):
    pieces = paragraphs(["A lorry.", "A ferry.", "", "A ferry met a lorry."])[::-1]
    found = list(label(pieces, model, 3))
    assert [(p.id, p.article_id, p.paragraph, p.start, p.end, p.text) for p in found] == [
        (p.id, p.article, p.index, p.start, p.end, p.text) for p in pieces
    ]
    assert [p.labels for p in found] == [(True, True), (False, False), (True, False), (False, True)]
    assert all(0 < value < 1 for p in found for value in p.probabilities)


def test_a_label_is_given_where_its_probability_reaches_the_threshold(model):
    thresholds = [c.threshold for c in model.calibrations]
    for prediction in label(paragraphs(["A ferry.", "A lorry.", "Rain.", "The ferry said."]), model, 2):
        assert prediction.labels == tuple(p >= t for p, t in zip(prediction.probabilities, thresholds, strict=True))


def test_nothing_in_gives_nothing_out(model):
    assert list(label([], model, 10)) == []


def test_no_more_than_a_chunk_is_read_ahead(model):
    read = []

    def watched():
        for piece in paragraphs(["A ferry."] * 20):
            read.append(piece)
            yield piece

    found = label(watched(), model, 4)
    next(found)
    assert len(read) == 4
    for _ in range(4):
        next(found)
    assert len(read) == 8


@pytest.mark.parametrize(("count", "workers"), [(0, 2), (7, 2), (40, 1)])
def test_where_processes_are_not_worth_it_or_not_wanted_the_predictions_are_the_same(model, tmp_path, count, workers):
    bundle.save(model, tmp_path / "model")
    pieces = paragraphs([f"A {'ferry' if i % 2 else 'lorry'} on day {i}." for i in range(count)])
    found = label_parallel(iter(pieces), model, tmp_path / "model", 3, workers)
    assert list(found) == list(label(pieces, model, 3))


PREDICTION = Prediction(
    article_id="n", paragraph=2, start=5, end=9, text="Rain", labels=(True, False), probabilities=(0.75, 0.25), id="n-2"
)


def test_a_row_has_the_columns_of_the_contract_in_their_order():
    assert list(as_row(PREDICTION, LABELS, with_id=False).items()) == [
        ("article_id", "n"),
        ("paragraph", 2),
        ("start", 5),
        ("end", 9),
        ("text", "Rain"),
        ("boats", True),
        ("roads", False),
        ("p_boats", 0.75),
        ("p_roads", 0.25),
    ]


@pytest.mark.parametrize("with_id", [True, False])
def test_the_columns_announced_are_those_of_a_row_with_their_types(with_id):
    row = as_row(PREDICTION, LABELS, with_id)
    assert list(columns(LABELS, with_id).items()) == [(name, type(value)) for name, value in row.items()]
    assert ("id" in row) is with_id
