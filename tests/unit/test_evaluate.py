import msgspec
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)

from nutgraf.codebook import of_names
from nutgraf.config import Config, Evaluate
from nutgraf.errors import NutgrafError
from nutgraf.evaluate import evaluate, judge, part_of
from nutgraf.partition import PARTS
from nutgraf.records import Annotation
from nutgraf.train import train

LABELS = ("boats", "roads")


def annotation(article, index, text, labels, **more):
    return Annotation(id=f"{article}-{index}", article=article, index=index, text=text, labels=labels, **more)


def corpus(place):
    """Sixteen made-up articles of three paragraphs each, of which no two are near-copies."""
    matter = [("ferry", ("boats",)), ("lorry", ("roads",)), ("rain", ())]
    return [
        annotation(f"{place}{number}", index, f"{place}{number} the {what} {place}{number} on day {number}.", labels)
        for number in range(16)
        for index, (what, labels) in enumerate(matter)
    ]


TRAINED_ON = corpus("Norrby")


@pytest.fixture(scope="module")
def model():
    return train(TRAINED_ON, of_names(LABELS), "words", Config()).bundle


def test_what_the_model_never_saw_is_scored_as_test(model):
    found, judged = evaluate(corpus("Sudby"), model, Evaluate())
    assert list(found.scores) == ["test"]
    assert {one.part for one in judged.rows} == {"test"}
    assert found.scores["test"]["all"]["paragraphs"] == 48
    assert found.scores["test"]["macro"]["f1"] > 0.95


def test_the_data_of_training_fall_into_the_parts_that_training_put_them_in(model):
    found, judged = evaluate(TRAINED_ON, model, Evaluate())
    assert {part: table["all"]["paragraphs"] for part, table in found.scores.items()} == model.training.paragraphs
    assert {one.article: one.part for one in judged.rows} == model.training.groups


@pytest.mark.parametrize("part", PARTS)
def test_a_trained_paragraph_is_known_again_under_another_article_and_spacing(model, part):
    old = next(a for a in TRAINED_ON if model.training.groups[a.article] == part)
    copied = annotation("copied", 0, f"  {old.text.replace(' ', '  ')}\n", old.labels)
    assert part_of(copied, model) == part


@pytest.mark.parametrize("part", PARTS)
def test_a_new_paragraph_of_a_known_article_is_of_the_part_of_its_article(model, part):
    article = next(name for name, where in model.training.groups.items() if where == part)
    assert part_of(annotation(article, 99, "Wholly new words.", ()), model) == part


def test_a_paragraph_that_training_saw_anywhere_is_never_test(model):
    trained = next(a for a in TRAINED_ON if model.training.groups[a.article] == "train")
    held_back = next(name for name, where in model.training.groups.items() if where == "test")
    assert part_of(annotation(held_back, 0, trained.text, ()), model) == "train"


def test_a_paragraph_of_no_article_is_not_of_the_part_of_an_article_that_bears_its_name(model):
    name = next(name for name, where in model.training.groups.items() if where == "train")
    assert part_of(Annotation(id=name, text="Wholly new words.", labels=()), model) == "test"


def test_what_rules_proposed_is_no_measure_and_left_out(model):
    proposed = [msgspec.structs.replace(a, by="rules", labels=()) for a in corpus("Sudby")]
    with_them, judged = evaluate(corpus("Vestby") + proposed, model, Evaluate())
    without, _ = evaluate(corpus("Vestby"), model, Evaluate())
    assert with_them.scores == without.scores
    assert with_them.data["paragraphs"] == len(judged.rows) == 48


def test_each_paragraph_is_told_with_what_people_and_what_the_model_say(model):
    asked = [
        annotation("new", 0, "The lorry and the ferry came.", ("roads", "boats")),
        annotation("new", 1, "The ferry came.", ()),
    ]
    first, second = judge(asked, model).rows
    assert (first.id, first.article, first.text, first.labels) == ("new-0", "new", asked[0].text, LABELS)
    assert (second.labels, second.predicted) == ((), ("boats",))
    assert second.probabilities[0] > 0.5 > second.probabilities[1]


def test_the_scores_say_of_what_and_on_what_they_are(model):
    found, _ = evaluate(corpus("Sudby"), model, Evaluate())
    again, _ = evaluate(corpus("Sudby")[::-1], model, Evaluate())
    other, _ = evaluate(corpus("Sudby")[1:], model, Evaluate())
    assert (found.kind, found.labels) == ("words", LABELS)
    assert found.data["digest"] == again.data["digest"] != other.data["digest"]


def test_the_number_of_bins_is_a_knob_of_the_calibration_error_alone(model):
    asked = [annotation("new", 0, "The rain.", ("boats",)), annotation("new", 1, "Unheard of.", ())]  # both under half
    few, many = (evaluate(asked, model, Evaluate(bins=bins))[0].scores["test"]["boats"] for bins in (2, 50))
    assert few["calibration_error"] != many["calibration_error"]
    neither = {"calibration_error": 0, "calibration_chance": 0}
    assert few | neither == many | neither


def test_the_paragraph_before_is_looked_for_among_what_rules_proposed_too():
    knobs = Config.model_validate({"train": {"input": "neighbours", "goal": "half"}})
    looking_back = train(TRAINED_ON, of_names(LABELS), "linear", knobs).bundle
    asked = [annotation("new", 1, "So it was.", ())]
    seen = [
        judge([annotation("new", 0, text, (), by="rules"), *asked], looking_back).rows[0].probabilities
        for text in ("A ferry.", "A lorry.")
    ]
    assert seen[0] != seen[1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "is labelled by people"),
        ([annotation("a", 0, "A ferry.", ("boats",), by="rules")], "is labelled by people"),
        (
            [annotation("a", 0, "A bridge.", ("bridges",))],
            "label 'bridges', which the model does not know; it knows boats",
        ),
    ],
)
def test_data_that_measure_nothing_are_refused(model, data, said):
    with pytest.raises(NutgrafError, match=said):
        evaluate(data, model, Evaluate())


def test_paragraphs_that_only_share_their_numbers_with_trained_ones_are_test():
    def numbered(place):
        return [
            Annotation(
                id=str(i), text=f"{place}{i} came by {('ferry', 'lorry')[i % 2]}", labels=("boats",) if i % 2 else ()
            )
            for i in range(40)
        ]

    model = train(numbered("Norrby"), of_names(LABELS), "words", Config()).bundle
    found, _ = evaluate(numbered("Sudby"), model, Evaluate())
    assert list(found.scores) == ["test"]
