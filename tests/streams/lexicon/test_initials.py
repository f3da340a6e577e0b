"""Initials before a surname say which of its bearers is meant, and are part of the name."""

from pathlib import Path

import pytest

from streams.languages import LANGUAGES, Code
from streams.lexicon import Lexicon
from streams.lexicon.initials import first_letters


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.compile(Path(__file__).parents[3] / "config" / "lexicon")


@pytest.mark.parametrize(
    ("code", "written", "whom"),
    [
        ("kk", "Қ.Тоқаевтың", "tokayev"),
        ("kk", "Қ. Тоқаевпен", "tokayev"),
        ("kk", "Қ.-Ж. Тоқаев", "tokayev"),
        ("kk", "Қ.-Ж.К. Тоқаев", "tokayev"),
        ("kk", "К.-Ж. Тоқаев", "tokayev"),
        ("kk", "С. Жапаровты", "japarov"),
        ("kk", "А.Жапаровты", "zhaparov-akylbek"),
        ("pl", "S. Dżaparowa", "japarov"),
        ("pl", "A. Dżaparowa", "zhaparov-akylbek"),
        ("pl", "K.-Ż. Tokajewem", "tokayev"),
        ("pl", "Sz. Mirzijojewem", "mirziyoyev"),
    ],
)
def test_the_one_whose_name_begins_so_is_named_in_full(lexicon: Lexicon, code: Code, written: str, whom: str) -> None:
    text = LANGUAGES[code].text(f"2024, {written}, 2025")
    ((kind, id, start, end),) = [
        (m.kind, m.id, *text.span(m.first, m.last)) for m in lexicon.recognise(text).mentions if m.kind != "sign"
    ]
    assert (kind, id, text.original[start:end]) == ("person", whom, written)


@pytest.mark.parametrize("written", ["О. Жапаров", "с. Жапаров", "С Жапаров", "2. Жапаров"])
def test_other_letters_say_nothing(lexicon: Lexicon, written: str) -> None:
    mentions = lexicon.recognise(LANGUAGES["kk"].text(f"2024, {written}")).mentions
    assert {(m.kind, m.id) for m in mentions} == {("surname", "japarov"), ("surname", "zhaparov-akylbek")}


def test_initials_end_no_sentence() -> None:
    text = LANGUAGES["kk"].text("Бүгін Астанада жұмыс сапарымен жүрген С. Жапаров пен Г. Орбан кездесті.")
    assert len(text.sentences) == 1


def test_a_name_of_one_word_has_no_initial() -> None:
    assert first_letters(["Путин", "Қасым-Жомарт Тоқаев", "*Си Цзиньпин"]) == {"к", "с"}
