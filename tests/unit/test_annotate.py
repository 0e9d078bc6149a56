import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf import annotate as annotate_module
from nutgraf import codebook, config
from nutgraf.annotate import CatalogueEntry, Decision, annotate, scores
from nutgraf.codebook import Codebook
from nutgraf.config import Annotate
from nutgraf.records import Annotation, Article, Paragraph, Refusal

BOOK = Codebook.model_validate(
    {
        "labels": [
            {"name": "boats", "rules": [{"name": "ferry", "phrases": ["ferry"]}]},
            {"name": "roads", "rules": [{"name": "lorry", "version": 3, "phrases": ["lorry"]}]},
            {"name": "bridges"},
        ]
    }
)
TEXTS = ("A ferry left at dawn.", "A lorry met the ferry.", "Nothing moved at noon.", "Nothing moved at night.")


def paragraphs(article="a1", texts=TEXTS):
    return [
        Paragraph(id=f"{article}-{i}", article=article, index=i, start=0, end=len(text), text=text)
        for i, text in enumerate(texts)
    ]


def article(id="a1", path="corpus/north/quay.txt", **more):
    return Article(id=id, text="\n".join(TEXTS), path=path, **more)


def decision(opening, labels, article="north/quay", row=2):
    return Decision(article=article, opening=opening, labels=labels, path="people/quay.csv", row=row)


def joined(decisions=(), catalogue=(), propose=True, pieces=None, articles=None):
    items = list(
        annotate(
            paragraphs() if pieces is None else pieces,
            [article()] if articles is None else articles,
            decisions,
            catalogue,
            BOOK,
            Annotate(propose=propose),
        )
    )
    return [i for i in items if isinstance(i, Annotation)], [i for i in items if isinstance(i, Refusal)]


def test_a_decision_of_people_is_never_overwritten_by_rules():
    found, refused = joined([decision("A ferry left", "bridges"), decision("A lorry", "none")])
    assert [(a.labels, a.by) for a in found[:2]] == [(("bridges",), "people"), ((), "people")]
    assert refused == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["boats", "roads", "bridges"]), unique=True) | st.none(), min_size=4, max_size=4)
)
def test_whatever_people_decide_stands_and_only_the_rest_is_proposed(choices):
    decisions = [
        decision(text, " ".join(chosen) or "none")
        for text, chosen in zip(TEXTS, choices, strict=True)
        if chosen is not None
    ]
    found, refused = joined(decisions)
    assert refused == []
    assert [a.text for a in found] == list(TEXTS)
    for annotation, chosen in zip(found, choices, strict=True):
        assert annotation.by == ("rules" if chosen is None else "people")
        if chosen is not None:
            assert set(annotation.labels) == set(chosen)


@pytest.mark.parametrize("cell", ["", "  "])
def test_an_empty_cell_is_not_annotated_and_gets_a_proposal(cell):
    found, refused = joined([decision("A lorry", cell)])
    assert (found[1].labels, found[1].by) == (("boats", "roads"), "rules")
    assert refused == []


def test_none_is_an_annotation_without_labels():
    (first, *_), refused = joined([decision("A ferry left", "none")])
    assert (first.labels, first.by) == ((), "people")
    assert refused == []


def test_labels_stand_in_the_order_of_the_codebook_whatever_people_wrote():
    (first, *_), _ = joined([decision("A ferry left", "bridges  boats")])
    assert first.labels == ("boats", "bridges")


@pytest.mark.parametrize(
    ("row", "reason", "detail"),
    [
        (decision("A ferry left", "boat", row=7), "unknown_label", "did you mean 'boats'?"),
        (decision("A ferry left", "boats nil", row=7), "unknown_label", "'nil'"),
        (decision("A train left", "boats", row=7), "no_such_paragraph", "'A train left'"),
        (decision("", "boats", row=7), "no_such_paragraph", "''"),
        (decision("ferry", "boats", row=7), "no_such_paragraph", "'ferry'"),
        (decision("Nothing moved", "none", row=7), "ambiguous", "2 paragraphs begin with 'Nothing moved'"),
        (decision("A ferry", "boats none", row=7), "contradiction", "'none' stands beside labels"),
        (decision("A ferry", "boats", article="south/quay", row=7), "no_such_article", "'south/quay'"),
    ],
)
def test_an_unfit_decision_is_refused_with_its_place_and_reason_and_decides_nothing(row, reason, detail):
    found, (refusal,) = joined([row])
    assert (refusal.path, refusal.record, refusal.reason) == ("people/quay.csv", 7, reason)
    assert detail in refusal.detail
    assert [a.by for a in found] == ["rules"] * len(TEXTS)


def test_a_second_decision_for_a_paragraph_is_refused_and_the_first_stands():
    (first, *_), (refusal,) = joined([decision("A ferry", "bridges"), decision("A ferry left", "roads", row=3)])
    assert first.labels == ("bridges",)
    assert (refusal.reason, refusal.record) == ("decided_twice", 3)


def test_without_proposals_only_what_people_decided_is_left():
    found, refused = joined([decision("A lorry", "roads"), decision("A ferry left", "")], propose=False)
    assert [a.text for a in found] == [TEXTS[1]]
    assert refused == []


def test_decisions_reach_the_article_of_their_name_and_no_other():
    pieces = paragraphs("a1") + paragraphs("a2")
    articles = [article("a1", "corpus/north/quay.txt"), article("a2", "corpus/south/quay.html")]
    found, refused = joined([decision("A ferry", "bridges", article="south/quay")], pieces=pieces, articles=articles)
    assert [a.id for a in found if a.by == "people"] == ["a2-0"]
    assert refused == []


def test_an_article_whose_name_only_ends_alike_is_not_meant():
    _, (refusal,) = joined([decision("A ferry", "boats", article="uay")])
    assert refusal.reason == "no_such_article"


def test_the_catalogue_gives_the_group_and_the_kind_and_without_it_the_article_is_the_group():
    pieces = paragraphs("a1", TEXTS[:1]) + paragraphs("a2", TEXTS[:1])
    articles = [article("a1", title="At the quay", source="The Gull", date="2031-02-03"), article("a2", "corpus/x.txt")]
    catalogue = [CatalogueEntry(article="north/quay", conflict="harbour-strike", kind="wire")]
    (first, second), _ = joined(catalogue=catalogue, pieces=pieces, articles=articles)
    assert (first.group, first.kind) == ("harbour-strike", "wire")
    assert (first.title, first.source, first.date, first.article) == ("At the quay", "The Gull", "2031-02-03", "a1")
    assert (second.group, second.kind) == ("a2", "")


def test_paragraphs_whose_article_is_not_given_are_annotated_all_the_same():
    found, refused = joined(articles=[])
    assert [a.labels for a in found] == [("boats",), ("boats", "roads"), (), ()]
    assert refused == []


def test_a_rule_is_scored_against_people_alone():
    made = [
        Annotation(id="1", text="A ferry.", labels=("boats",)),
        Annotation(id="2", text="A ferry again.", labels=()),
        Annotation(id="3", text="A dinghy.", labels=("boats",)),
        Annotation(id="4", text="A third ferry.", labels=("boats",), by="rules"),
    ]
    ferry, lorry = scores(made, BOOK)
    assert (ferry.label, ferry.rule, ferry.paragraphs, ferry.coverage, ferry.checked) == ("boats", "ferry", 4, 3, 2)
    assert (ferry.precision, ferry.recall) == (0.5, 0.5)
    assert (lorry.version, lorry.coverage, lorry.precision, lorry.recall) == (3, 0, None, None)


FERRIES = codebook.of_names(("boats", "roads"))


def para(article, text):
    return Paragraph(id=f"{article}-0", article=article, index=0, start=0, end=len(text), text=text)


def test_the_article_whose_name_is_meant_wholly_is_taken_before_one_whose_name_ends_alike():
    found = list(
        annotate_module.annotate(
            [para("p", "A lorry."), para("q", "A ferry.")],
            [Article(id="p", text="", path="corpus/deep/b.txt"), Article(id="q", text="", path="corpus/b.txt")],
            [annotate_module.Decision(article="b", opening="A ferry", labels="boats", path="b.csv", row=2)],
            [],
            FERRIES,
            config.Annotate(),
        )
    )
    assert [(a.id, a.by) for a in found] == [("p-0", "rules"), ("q-0", "people")]


def test_a_dot_in_a_folder_is_no_extension():
    found = list(
        annotate_module.annotate(
            [para("p", "A lorry.")],
            [Article(id="p", text="", path="corpus/v1.2/b")],
            [annotate_module.Decision(article="v1.2/b", opening="A lorry", labels="roads", path="b.csv", row=2)],
            [],
            FERRIES,
            config.Annotate(),
        )
    )
    assert [(a.id, a.by) for a in found] == [("p-0", "people")]


def test_an_article_without_paragraphs_is_not_said_to_be_missing():
    found = list(
        annotate_module.annotate(
            [para("q", "A ferry.")],
            [Article(id="p", text="", path="corpus/b.txt"), Article(id="q", text="", path="corpus/c.txt")],
            [annotate_module.Decision(article="b", opening="A lorry", labels="roads", path="b.csv", row=2)],
            [],
            FERRIES,
            config.Annotate(),
        )
    )
    assert [r.reason for r in found if hasattr(r, "reason")] == ["no_such_paragraph"]
