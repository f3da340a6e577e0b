"""What a reader would see of a piece of markup, and nothing else."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from collectors.clean import cut, from_markup, one_line, readable, tidy

ANY_TEXT = st.text(st.characters(), max_size=80)  # surrogates too


def test_paragraphs_become_lines_and_scripts_go() -> None:
    markup = (
        "<p>Бірінші &laquo;абзац&raquo;.</p>\n<script>alert('x')</script><style>p{}</style>"
        "<div>Екінші<br/>жол&nbsp;<b>қалың</b></div><svg><title>сурет</title></svg>"
    )
    assert from_markup(markup) == "Бірінші «абзац».\nЕкінші\nжол қалың"


def test_text_without_block_tags_keeps_its_own_lines() -> None:
    assert from_markup("Бірінші.\n\nЕкінші <b>жол</b>.") == "Бірінші.\nЕкінші жол."


def test_source_lines_inside_paragraphs_are_not_breaks() -> None:
    assert from_markup("<p>Бір\nсөйлем</p>") == "Бір сөйлем"


def test_markup_escaped_twice_is_unwrapped_once_more() -> None:
    assert readable("&lt;p&gt;Prezydent &amp;quot;przyjął&amp;quot;&lt;/p&gt;", True) == 'Prezydent "przyjął"'
    assert readable("a < b i AT&T", False) == "a < b i AT&T"


def test_a_script_hidden_by_escaping_is_gone_too() -> None:
    assert readable("Тақырып&lt;script&gt;alert(1)&lt;/script&gt;", True) == "Тақырып"


def test_directions_and_unseen_characters_do_not_leave_their_text() -> None:
    assert tidy("\u202eabc\u202c \u2066x\u2069\u200f\u200b\ufeff y\u00adz") == "abc x yz"
    assert tidy("بە\u200cهۆی") == "بە\u200cهۆی"
    assert one_line(" a\r\n b\u2028c\x00 ") == "a b c"


def test_letters_are_composed() -> None:
    assert tidy("и\u0306") == "й"


def test_lone_surrogates_cannot_stop_the_encoder() -> None:
    assert msgspec.json.encode(from_markup("a\ud83dz &#xD83D;")).startswith(b'"az')


@given(ANY_TEXT)
def test_tidying_twice_changes_nothing(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    msgspec.json.encode(once)


@given(ANY_TEXT, st.booleans())
def test_whatever_is_cleaned_can_be_encoded_and_is_tidy(text: str, is_markup: bool) -> None:
    cleaned = readable(f"<p>{text}&#55357;", is_markup)
    msgspec.json.encode(cleaned)
    assert tidy(cleaned) == cleaned


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.integers(4, 200))
def test_a_cut_text_fits_and_is_a_beginning(text: str, size: int) -> None:
    found, was_cut = cut(text, size)
    assert len(found.encode()) <= size
    assert text.startswith(found)
    assert was_cut == (found != text)
