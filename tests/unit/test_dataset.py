import pytest

from nutgraf.dataset import Rows, data_digest, label_matrix, labels_found, matrix, text_digest
from nutgraf.records import Annotation


def annotation(id="1", text="A ferry left.", labels=("boats",), article="a", **more):
    return Annotation(id=id, text=text, labels=labels, article=article, **more)


def test_labels_found_are_those_that_occur_each_once_by_name():
    found = labels_found([annotation(labels=("roads", "boats")), annotation(labels=("boats",)), annotation(labels=())])
    assert found == ("boats", "roads")


def test_the_matrix_has_a_row_a_paragraph_and_a_column_a_label_in_the_order_given():
    made = matrix([annotation(labels=("roads",)), annotation(labels=())], ("boats", "roads"))
    assert made.tolist() == [[False, True], [False, False]]
    assert made.dtype == bool


def test_the_matrix_of_no_paragraphs_has_its_columns_all_the_same():
    assert matrix([], ("boats", "roads")).shape == (0, 2)


def test_the_matrix_of_names_borne_has_no_column_for_a_name_that_is_not_asked_for():
    made = label_matrix([("roads", "bridges"), {"boats"}, ()], ("boats", "roads"))
    assert made.tolist() == [[False, True], [True, False], [False, False]]


def rows():
    made = [
        annotation("1", "A ferry.", (), "a", group="strike"),
        annotation("2", "A lorry.", ("roads",), "b", group="strike"),
        annotation("3", "A barge.", ("boats",), "", group=""),
        annotation("4", "A raft.", ("boats", "roads"), "a", group="strike"),
        annotation("5", "A canoe.", (), "", group=""),
    ]
    return Rows(made, [f"seen: {a.text}" for a in made], matrix(made, ("boats", "roads")))


def test_rows_know_the_group_of_each_and_number_its_article_or_else_the_paragraph():
    assert rows().sides == ["strike", "strike", "3", "strike", "5"]
    assert rows().groups.tolist() == [0, 1, 2, 0, 3]


def test_some_of_the_rows_keep_text_labels_and_annotation_together_in_the_order_asked_for():
    some = rows().only([3, 0])
    assert [a.id for a in some.annotations] == ["4", "1"]
    assert some.examples.texts == ["seen: A raft.", "seen: A ferry."]
    assert some.examples.labels.tolist() == [[True, True], [False, False]]
    assert some.groups.tolist() == [0, 0]


def test_none_of_the_rows_keep_their_columns():
    none = rows().only([])
    assert (none.annotations, none.texts, none.labels.shape, none.groups.shape) == ([], [], (0, 2), (0,))


def test_the_digest_of_data_does_not_hang_on_order_nor_on_ids_and_titles():
    first, second = annotation(labels=("boats", "roads")), annotation(text="A lorry left.", labels=())
    renamed = annotation(id="9", labels=("roads", "boats"), title="At the quay", index=4)
    assert data_digest([first, second]) == data_digest([second, renamed])


@pytest.mark.parametrize(
    "changed",
    [
        annotation(text="A ferry left"),
        annotation(labels=()),
        annotation(labels=("boats", "roads")),
        annotation(article="b"),
        annotation(group="strike"),
        annotation(by="rules"),
    ],
)
def test_the_digest_of_data_changes_with_text_labels_group_and_annotator(changed):
    assert data_digest([changed]) != data_digest([annotation()])


def test_the_digest_of_data_counts_repetitions():
    assert data_digest([annotation()]) != data_digest([annotation(), annotation()])


def test_a_text_is_known_again_when_its_spaces_differ_and_not_when_its_words_do():
    assert text_digest(" A ferry\nleft. ") == text_digest("A ferry left.")
    assert text_digest("A ferry left.") != text_digest("A ferryleft.")
