"""Word documents: what is text in them, and what is refused before it can do harm."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from exports_made import rtf, saved, word
from nutgraf.config import Read
from nutgraf.read.word import read
from nutgraf.records import Article, Refusal

BODY = ["The road to Dalmere was shut.", "It rained, the governor said, and nobody crossed."]


def written(*lines, title="", author="", **styles):
    """A document of lines, those named in `styles` in a style of Word's."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    for line in lines:
        style, _, text = line.rpartition("# ")
        document.add_paragraph(text, style or None)
    return document


def article(document):
    (one,) = read(saved(document), "a.docx", Read())
    return one


def packed(parts, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refusal(data, **knobs):
    (refused,) = read(data, "a.docx", Read(**knobs))
    assert isinstance(refused, Refusal)
    return refused


@pytest.mark.parametrize(
    ("lines", "title", "meant"),
    [
        (["Title# Road shut", *BODY], "Other", "Road shut"),
        (["Heading 1# Road shut", *BODY], "Other", "Road shut"),
        (["Road shut", *BODY], "Road shut", "Road shut"),
        (["Road shut", *BODY], "", "Road shut"),
        (["Road shut", *BODY], "Document1", "Road shut"),
        (["Road shut", *BODY], "Microsoft Word - a.doc", "Road shut"),
        (BODY, "Road shut", "Road shut"),
        (BODY, "", ""),
    ],
)
def test_the_headline_is_styled_so_or_a_property_or_the_first_line(lines, title, meant):
    one = article(written(*lines, title=title))
    assert (one.title, one.text) == (meant, "\n\n".join(BODY))


def test_headings_are_marked_where_they_begin_in_the_text():
    one = article(
        written("Title# Road shut", BODY[0], "Heading 2# The convoy", BODY[1], "Heading 3# What next", "It rained.")
    )
    assert [one.text[start:].split("\n")[0] for start in one.headings] == ["The convoy", "What next"]


def test_lines_that_head_the_document_are_its_header():
    one = article(written("Date: 9 March 2014", "Source: Orla Courier", "Road shut", *BODY))
    assert (one.title, one.date, one.source, one.text) == ("Road shut", "2014-03-09", "Orla Courier", "\n\n".join(BODY))


def test_the_author_is_the_byline_unless_the_document_names_one():
    assert article(written("Title# Road shut", *BODY, author="Ada Menning")).byline == "Ada Menning"
    assert article(written("Byline: Brom Tallis", "Road shut", *BODY, author="Ada Menning")).byline == "Brom Tallis"
    assert article(written("Title# Road shut", *BODY, author="python-docx")).byline == ""


def test_the_day_on_which_the_file_was_saved_is_no_date():
    assert article(written("Title# Road shut", *BODY)).date == ""


def test_items_of_lists_are_lines_and_cells_of_tables_are_not():
    document = written("Title# Road shut", BODY[0], "List Bullet# Flour for the bank", "List Number# Medicine", BODY[1])
    document.add_table(1, 2).cell(0, 0).text = "Shells: 12"
    document.sections[0].header.paragraphs[0].text = "Page 1"
    assert article(document).text.split("\n\n") == [BODY[0], "Flour for the bank", "Medicine", BODY[1]]


def inserted(xml):
    document = written("Title# Road shut", BODY[0])
    document.element.body.insert(2, parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    return article(document).text


@pytest.mark.parametrize(
    ("xml", "meant"),
    [
        ("<w:p><w:ins><w:r><w:t>It rained</w:t></w:r></w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>",
         "It rained"),
        ("<w:p><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:r><w:t>It rained</w:t></w:r></w:p>", "It rained"),
        ("<w:p><w:hyperlink><w:r><w:t>It</w:t></w:r></w:hyperlink><w:r><w:t> rained</w:t></w:r></w:p>", "It rained"),
        ("<w:p><w:r><w:t>It</w:t><w:tab/><w:t>rained</w:t></w:r></w:p>", "It\trained"),
        ("<w:p><w:r><w:t>cease</w:t><w:noBreakHyphen/><w:t>fire</w:t></w:r></w:p>", "cease-fire"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>It rained</w:t></w:r></w:p>", "It rained"),
        ("<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:txbxContent></w:pict>"
         "<w:t>It rained</w:t></w:r></w:p>", "It rained"),
        ("<w:p><w:r><w:t>It rained</w:t><w:footnoteReference w:id='2'/></w:r></w:p>", "It rained"),
    ],
)  # fmt: skip
def test_links_and_insertions_are_text_and_boxes_and_deletions_are_not(xml, meant):
    assert inserted(xml).split("\n\n") == [BODY[0], meant]


def test_paragraphs_inside_a_control_for_contents_are_text():
    document = written("Title# Road shut", BODY[0])
    inner = "<w:sdtContent><w:p><w:r><w:t>It rained.</w:t></w:r></w:p></w:sdtContent>"
    document.element.body.insert(2, parse_xml(f"<w:sdt {nsdecls('w')}>{inner}</w:sdt>"))
    assert article(document).text.split("\n\n") == [BODY[0], "It rained."]


def test_an_rtf_under_the_name_of_word_is_read():
    (one,) = read(rtf(["Road shut", *BODY]), "a.docx", Read())
    assert one.title == "Road shut"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no Word document"),
        (b"plain text", "no Word document"),
        (b"PK\x03\x04", "no Word document"),
        (packed({"a.txt": b"a"}), "no Word document"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), ".doc"),
        (packed({**unpacked(word(BODY)), "a": b"a" * 99}, zipfile.ZIP_LZMA), "never uses"),
        (packed({**unpacked(word(BODY)), "word/document.xml": b"<a"}), "no Word document"),
        (packed({**unpacked(word(BODY)), "word/styles.xml": b"<a/>"}), "no Word document"),
    ],
    ids=range(9),
)
def test_what_is_no_document_is_refused_with_words_that_tell_why(data, words):
    refused = refusal(data)
    assert (refused.path, refused.reason) == ("a.docx", "broken_file")
    assert words in refused.detail


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_expand(code, seconds):
    lots = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 20}">' for at in range(1, 12))
    xml = f'<?xml version="1.0" encoding="{code}"?><!DOCTYPE w [<!ENTITY a0 "aaaaaaaaaa">{lots}]><w>&a11;</w>'
    with seconds(0.5):
        refused = refusal(packed({**unpacked(word(BODY)), "word/document.xml": xml.encode(code)}))
    assert (refused.reason, "entities" in refused.detail) == ("broken_file", True)


def test_what_unpacks_to_more_than_the_bound_is_refused(seconds):
    data = packed({**unpacked(word(BODY)), "word/media/a.png": bytes(5_000_000)})
    with seconds(0.2):
        assert refusal(data, max_megabytes=4).reason == "too_large"
    assert isinstance(next(read(data, "a.docx", Read(max_megabytes=6))), Article)


def test_sizes_are_summed_before_anything_is_unpacked(monkeypatch):
    data = packed({**unpacked(word(BODY)), "word/media/a.png": bytes(5_000_000)})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert refusal(data, max_megabytes=4).reason == "too_large"


def test_what_is_read_is_counted_too(monkeypatch):
    data = packed({**unpacked(word(BODY)), "word/media/a.png": bytes(5_000_000)})
    monkeypatch.setattr("nutgraf.read.word.sum", lambda _: 0, raising=False)
    assert refusal(data, max_megabytes=4).reason == "too_large"


def test_a_directory_that_lies_of_sizes_is_not_trusted():
    data = packed({"a": bytes(5_000_000), **unpacked(word(BODY))})
    lying = data.replace((5_000_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert refusal(lying, max_megabytes=4).reason in ("broken_file", "too_large")


def test_a_document_without_words_is_refused_as_empty():
    assert refusal(word([])).reason == "empty"


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_no_part_that_is_damaged_raises(data):
    parts = unpacked(SOME)
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name])))
    parts[name] = (
        parts[name][:at] + data.draw(st.binary(max_size=9)) + parts[name][at + data.draw(st.integers(0, 40)) :]
    )
    items = list(read(packed(parts), "a.docx", Read()))
    assert items and all(isinstance(item, Article | Refusal) for item in items)


SOME = saved(written("Title# Road shut", *BODY, "Heading 1# What next"))
