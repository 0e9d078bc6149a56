from dataclasses import replace

import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf import bundle
from nutgraf.calibration import Calibration
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


def trained(seen, goal):
    matter = [("ferry", ("boats",)), ("lorry", ("roads",)), ("rain", ())]
    annotations = [
        Annotation(
            id=f"{day}-{index}",
            text=f"Quay{day} the {what} quay{day} on day {day}.",
            labels=labels,
            article=f"a{day}",
            index=index,
        )
        for day in range(12)
        for index, (what, labels) in enumerate(matter)
    ]
    knobs = Config.model_validate({"train": {"input": seen, "goal": goal}})
    return train(annotations, of_names(LABELS), "linear", knobs).bundle


@pytest.fixture(scope="module")
def model():
    return trained("paragraph", "f1")


@pytest.fixture(scope="module")
def looking_back():
    """A model that sees the paragraph before, too."""
    return trained("neighbours", "half")


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(1, 10), st.booleans())
def test_labelling_in_chunks_of_any_size_equals_labelling_in_one_piece(model, looking_back, texts, chunk, back):
    pieces, used = paragraphs(texts), looking_back if back else model
    assert list(label(pieces, used, chunk)) == list(label(pieces, used, len(pieces) + 1))


def test_the_paragraph_before_is_seen_where_the_model_looks_back(model, looking_back):
    after_a_ferry, after_a_lorry = paragraphs(["A ferry.", "So it was."]), paragraphs(["A lorry.", "So it was."])
    for used, alike in ((model, True), (looking_back, False)):
        one, other = (list(label(some, used, 1))[1].probabilities for some in (after_a_ferry, after_a_lorry))
        assert (one == other) is alike


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
def test_where_processes_are_not_worth_it_or_not_wanted_the_predictions_are_the_same(
    looking_back, tmp_path, count, workers
):
    bundle.save(looking_back, tmp_path / "model")
    pieces = paragraphs([f"A {'ferry' if i % 2 else 'lorry'} on day {i}." for i in range(count)])
    found = label_parallel(iter(pieces), looking_back, tmp_path / "model", 3, workers)
    assert list(found) == list(label(pieces, looking_back, 3))


PREDICTION = Prediction(
    article_id="n", paragraph=2, start=5, end=9, text="Rain", labels=(True, False), probabilities=(0.75, 0.25), id="n-2"
)


def test_a_row_has_the_columns_of_the_contract_in_their_order(model):
    assert list(as_row(PREDICTION, model, with_id=False).items()) == [
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
@pytest.mark.parametrize("band", [None, 0.1])
def test_the_columns_announced_are_those_of_a_row_with_their_types(model, with_id, band):
    row = as_row(PREDICTION, model, with_id, band)
    announced = columns(LABELS, with_id, uncertain=band is not None)
    assert list(announced.items()) == [(name, type(value)) for name, value in row.items()]
    assert ("id" in row) is with_id
    assert ("uncertain" in row) is (band is not None)


@pytest.mark.parametrize(("band", "uncertain"), [(0.0, ""), (0.1, "boats"), (0.3, "boats roads")])
def test_the_last_column_names_the_labels_that_lie_within_the_band_around_their_threshold(model, band, uncertain):
    by_hand = (Calibration(threshold=0.7, low=0.7, high=0.7), Calibration(threshold=0.5))
    row = as_row(PREDICTION, replace(model, calibrations=by_hand), with_id=False, band=band)
    assert list(row.items())[-1] == ("uncertain", uncertain)


def test_a_label_is_uncertain_within_the_interval_of_its_threshold_however_small_the_band(model):
    by_hand = (Calibration(threshold=0.9, low=0.7, high=0.95), Calibration(threshold=0.5, low=0.3, high=0.6))
    row = as_row(PREDICTION, replace(model, calibrations=by_hand), with_id=False, band=0.0)
    assert row["uncertain"] == "boats"
