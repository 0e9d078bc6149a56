import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)
from msgspec.structs import replace

from nutgraf.codebook import Codebook
from nutgraf.config import Config
from nutgraf.crossvalidate import crossvalidate
from nutgraf.errors import NutgrafError
from nutgraf.records import Annotation

BOOK = Codebook.model_validate(
    {"labels": [{"name": "boats", "rules": [{"name": "r", "phrases": ["ferry"]}]}, {"name": "roads"}]}
)
KNOBS = Config.model_validate(
    {"train": {"folds": 2, "goal": "half"}, "classifiers": {"ensemble": {"members": ["rules", "words"]}}}
)


def annotations(groups=8, articles=2):
    """Conflicts of some articles, four paragraphs each, of which no two are near-copies."""
    matter = [("ferry", ("boats",)), ("lorry", ("roads",)), ("rain", ()), ("ferry met a lorry", ("boats", "roads"))]
    return [
        Annotation(
            id=f"{group}-{article}-{index}",
            text=f"Quay{group}x{article} the {what} quay{group}x{article} on day {group}.",
            labels=labels,
            article=f"a{group}-{article}",
            group=f"g{group}",
            index=index,
        )
        for group in range(groups)
        for article in range(articles)
        for index, (what, labels) in enumerate(matter)
    ]


@pytest.fixture(scope="module")
def found():
    return list(crossvalidate(annotations(), BOOK, "rules", KNOBS, 4))


def test_every_paragraph_is_judged_once_and_its_conflict_in_one_fold(found):
    made = annotations()
    assert [fold.number for fold in found] == [1, 2, 3, 4]
    assert sorted(row.id for fold in found for row in fold.judged) == sorted(a.id for a in made)
    conflicts = [{row.id.split("-")[0] for row in fold.judged} for fold in found]
    assert sorted(map(len, conflicts)) == [2, 2, 2, 2]
    assert len(set().union(*conflicts)) == 8


def test_each_fold_is_scored_as_test_and_the_others_are_learned_from(found):
    for fold in found:
        assert {row.part for row in fold.judged} == {"test"}
        assert fold.scores["all"]["paragraphs"] == 16
        assert fold.audit.paragraphs == {"train": 48, "validation": 0, "test": 16}
        assert (fold.audit.shared_texts, fold.audit.shared_nearly, fold.audit.shared_groups) == (0, 0, 0)


def test_the_shares_of_the_partition_play_no_part(found):
    knobs = KNOBS.model_copy(update={"partition": KNOBS.partition.model_copy(update={"test": 0.5})})
    again = list(crossvalidate(annotations(), BOOK, "rules", knobs, 4))
    assert [fold.scores for fold in again] == [fold.scores for fold in found]


def test_a_paragraph_is_judged_by_a_model_that_did_not_see_its_conflict():
    # each conflict has a word of its own, which tells its label by heart and of no other conflict anything
    made = [
        Annotation(id=f"{g}-{n}", text=f"word{g} again{g}.", labels=("boats",) if g % 2 else (), group=f"g{g}", index=n)
        for g in range(8)
        for n in range(4)
    ]
    judged = [row for fold in crossvalidate(made, BOOK, "words", KNOBS, 4) for row in fold.judged]
    bearing, others = ({row.probabilities[0] for row in judged if bool(row.labels) is yes} for yes in (True, False))
    assert bearing == others


def test_kinds_that_need_held_out_articles_take_the_next_fold_for_that():
    *_, last = folds = list(crossvalidate(annotations(), BOOK, "ensemble", KNOBS, 4))
    for fold in folds:
        assert fold.audit.paragraphs == {"train": 32, "validation": 16, "test": 16}
    assert last.audit.groups == {"train": 4, "validation": 2, "test": 2}


def test_with_two_folds_they_hold_out_some_of_the_other_one():
    for fold in crossvalidate(annotations(), BOOK, "ensemble", KNOBS, 2):
        assert fold.audit.paragraphs == {"train": 32, "validation": 0, "test": 32}


def test_what_rules_proposed_is_looked_at_nowhere(found):
    proposed = [replace(a, id=f"r{a.id}", text=f"Other {a.text}", labels=(), by="rules") for a in annotations()]
    again = list(crossvalidate(proposed + annotations(), BOOK, "rules", KNOBS, 4))
    assert again == found


def test_reprints_in_two_conflicts_stand_in_one_fold():
    made = annotations()
    copies = [replace(a, id=f"c{a.id}", article="copy", group="other") for a in made if a.article == "a3-0"]
    for fold in crossvalidate(made + copies, BOOK, "rules", KNOBS, 4):
        ids = {row.id for row in fold.judged}
        assert ("c3-0-0" in ids) == ("3-0-0" in ids)


def test_no_more_folds_are_dealt_than_there_are_conflicts_and_the_progress_sees_them():
    seen = []

    def watched(folds):
        seen.extend(folds)
        return folds

    assert len(list(crossvalidate(annotations(3), BOOK, "rules", KNOBS, 10, watched))) == len(seen) == 3
    assert sorted(row for rows in seen for row in rows) == list(range(24))


def test_folds_come_as_they_are_ready():
    first = next(crossvalidate(annotations(), BOOK, "rules", KNOBS, 4, lambda folds: folds[:1]))
    assert first.number == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (annotations(1), "the training part is empty"),
        ([replace(a, labels=()) for a in annotations()], "bears a label"),
        ([replace(a, by="rules") for a in annotations()], "none of the 64 paragraphs is labelled by people"),
        ([], "none of the 0 paragraphs"),
    ],
    ids=["one conflict", "no labels", "proposals", "nothing"],
)
def test_data_that_cannot_be_parted_or_learned_from_are_refused(data, said):
    with pytest.raises(NutgrafError, match=said):
        list(crossvalidate(data, BOOK, "words", KNOBS, 4))
