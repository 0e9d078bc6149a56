import pytest

from nutgraf import rules
from nutgraf.codebook import Codebook, Rule, of_names
from nutgraf.errors import NutgrafError


def votes_for(text, *phrases, unless=()):
    return rules.voter(Rule(name="made_up", phrases=phrases, unless=unless))(text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("ferry", "The Ferry sank."),
        ("ferry", "“Ferry,” he said"),
        ("night ferry", "a night\n  ferry"),
        ("ferr*", "two ferries left"),
        ("ferr*", "ferr"),
        ("ferry*", "the ferry’s crew"),
        ("ferry*", "the ferry-boat"),
        ("ferry ... sank", "the ferry sank"),
        ("ferry ... sank", "the ferry and its crew sank"),
        ("U.N. ferry", "A u.n. ferry left"),
        ("a+b", "the sum a+b is"),
    ],
)
def test_a_phrase_is_found(phrase, text):
    assert votes_for(text, phrase) is True


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("ferry", "ferrying cattle"),
        ("ferry", "a car-ferry left"),
        ("ferry", "offerry"),
        ("ferr*", "offerries"),
        ("night ferry", "ferry night"),
        ("ferry ... sank", "the ferry that we had taken sank"),
        ("ferry ... sank", "the ferry left. The barge sank"),
        ("U.N. ferry", "a USN, ferry"),
        ("a+b", "aab"),
    ],
)
def test_a_rule_abstains_where_its_phrase_does_not_stand(phrase, text):
    assert votes_for(text, phrase) is None


def test_any_of_several_phrases_is_enough():
    assert votes_for("The barge left.", "ferry", "barge") is True


def test_what_is_passed_over_lends_nothing_but_hides_nothing_else():
    rule = {"unless": ("price war", "war of words")}
    assert votes_for("Grocers fight a price war.", "war", **rule) is None
    assert votes_for("A war of words, then a Price War.", "war", **rule) is None
    assert votes_for("A price war in the middle of a war.", "war", **rule) is True


def test_passing_over_joins_no_phrase_from_what_stood_on_both_sides():
    assert votes_for("armed price war men", "armed men", unless=("price war",)) is None


@pytest.mark.parametrize(
    ("text", "vote"),
    [
        ("The harbour master said: “Nobody sails tonight.”", True),
        ("The harbour master said that nobody sails tonight.", False),
        ("The trawler “Marigold” lay at the quay since spring.", None),
    ],
)
def test_the_quotation_rule_votes_for_against_or_not_at_all(text, vote):
    assert rules.voter(Rule(name="q", function="attributed_quotation"))(text) is vote


def test_a_misspelt_function_is_refused_with_its_rule_and_the_nearest_known_one():
    with pytest.raises(NutgrafError, match="rule 'q': unknown function 'atributed_quotation'; did you mean"):
        rules.voter(Rule(name="q", function="atributed_quotation"))


@pytest.mark.parametrize(
    ("votes", "verdict"),
    [
        ([], None),
        ([None, None], None),
        ([None, False], False),
        ([False, None, True], True),
        ([True, False], True),
    ],
)
def test_a_vote_for_wins_over_a_vote_against_and_that_over_none(votes, verdict):
    assert rules.verdict(votes) is verdict


def test_every_label_has_its_voters_in_the_order_of_the_codebook():
    boats = {"name": "boats", "rules": [{"name": "ferry", "phrases": ["ferry"]}, {"name": "tug", "phrases": ["tug*"]}]}
    codebook = Codebook.model_validate({"labels": [{"name": "roads"}, boats]})
    found = rules.voters(codebook)
    assert {label: [rule.name for rule, _ in those] for label, those in found.items()} == {
        "roads": [],
        "boats": ["ferry", "tug"],
    }
    assert [vote("Tugs at work.") for _, vote in found["boats"]] == [None, True]


def test_a_codebook_of_names_alone_has_no_voters():
    assert rules.voters(of_names(("roads", "boats"))) == {"roads": [], "boats": []}
