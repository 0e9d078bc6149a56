"""From bytes to text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.read import encoding

FRENCH = "Les réfugiés ont passé la rivière à l’aube, dit le préfet. " * 4
RUSSIAN = "Лодки пришли на рассвете, сказал губернатор. " * 4
POLISH = "Łodzie przypłynęły o świcie, powiedział wójt gminy. " * 4


def decode(data: bytes) -> str | None:
    found = encoding.decode(data)
    return found and found.text


def decoded(data: bytes) -> encoding.Decoded | None:
    return encoding.decode(data)


def repair(text: str) -> str:
    return encoding.repair(text).text


@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, POLISH, "“We stay,” he said…", "قال", "雨", "😀", "Rain."])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_comes_back_as_written_without_its_byte_order_mark(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_big_endian_utf_16_is_told_by_its_byte_order_mark():
    assert decode(b"\xfe\xff" + FRENCH.encode("utf-16-be")) == FRENCH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(FRENCH, "cp1252"), ("“We stay,” he said – twice. " * 4, "cp1252"), (RUSSIAN, "cp1251")],
)
def test_older_encodings_are_detected(text, encoding):
    assert decoded(text.encode(encoding)) == (text, (f"decoded from {encoding}",))


def test_what_was_repaired_is_told():
    assert encoding.repair("Rain.").repaired == ()
    assert encoding.repair("â€œRainâ€\x9d").repaired == ("doubly encoded text mended",)
    assert encoding.repair("Rain\ud800.") == ("Rain\ufffd.", ("lone surrogates replaced",))


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x02\x00\x00\x00" * 3,
        b"\x00" * 40,
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x21\x00\x01\x02\x03\x04\x05\x06\x07\x0e\x0f" * 4,
        bytes(range(256)) * 2,
    ],
)
def test_bytes_that_are_no_text_are_refused(data):
    assert decode(data) is None


def test_a_stray_control_character_in_a_long_text_is_borne():
    assert decode(b"Rain fell on the valley. " * 20 + b"\x07") is not None


@pytest.mark.parametrize("text", ["a\r\nb\r\n\r\nc", "a\rb\r\rc", "a\nb\n\nc"])
def test_line_ends_become_newlines(text):
    assert decode(text.encode()) == "a\nb\n\nc"


@pytest.mark.parametrize("text", ["“We stay,” he said.", "It’s a café.", "Škoda trucks…"])
def test_doubly_encoded_text_is_mended(text):
    broken = text.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    assert broken != text
    assert repair(broken) == text
    assert decode(broken.encode()) == text


@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, "Ａ wide letter, a ligature: ﬁ, &amp; a tab\t", "50 × 3 m²"])
def test_sound_text_is_left_to_the_letter(text):
    assert repair(text) == text


def test_a_byte_order_mark_that_stayed_before_a_text_is_dropped():
    assert repair("\ufeffRain.") == "Rain."


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.binary(),
        st.text(st.characters(exclude_categories=())).map(lambda text: text.encode("utf-16", "surrogatepass")),
    )
)
def test_any_bytes_are_refused_or_give_text_that_can_be_written(data):
    text = decode(data)
    if text is not None:
        assert "\r" not in text
        assert text.encode().decode() == text


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=("Cc", "Cs")).filter(str.isalpha) | st.just(" ")))
def test_letters_of_latin_script_in_utf_8_are_never_refused(text):
    assert decode(text.encode()) is not None
