"""Phrases are found in every inflected form, with the tokens that they cover."""

import pytest

from streams.languages import LANGUAGES, Code
from streams.lexicon import Phrases, longest
from streams.lexicon.spellings import bare_kazakh

NAMES = ("سيريك جومانغارين", "Sergio Mattarella", "Mohammed bin Salman")  # names vary in spelling


def found(code: Code, phrases: list[str], text: str) -> list[str]:
    table: Phrases[str] = Phrases(LANGUAGES[code])
    for phrase in phrases:
        assert table.add(phrase, phrase, ("name",) if phrase in NAMES else ())
    return [match.value for match in longest(table.find(LANGUAGES[code].text(text)))]


@pytest.mark.parametrize(
    ("code", "phrase", "text"),
    [
        ("pl", "minister spraw zagranicznych", "rozmawiał z ministrem spraw zagranicznych"),
        ("pl", "Sergio Mattarella", "u Sergia Mattarelli"),
        ("pl", "Mohammed bin Salman", "z Mohammedem bin Salmanem"),
        ("kk", "мемлекет басшысы", "мемлекеттің басшысымен кездесті"),
        ("kk", "сыртқы істер министрі", "сыртқы істер министріне хат"),
        ("kk", "Қытай Халық Республикасы", "Қытай Халық Республикасының үкіметі"),
        ("ar", "وزير الخارجية", "التقى بوزير الخارجية"),
        ("ar", "شي جين بينغ", "بوتين وشي جين بينغ"),
        ("ar", "سيريك جومانغارين", "السيد سيريك جومانجارين"),
    ],
)
def test_a_phrase_is_found_inflected(code: Code, phrase: str, text: str) -> None:
    assert found(code, [phrase], text) == [phrase]


def test_the_longest_phrase_wins_and_inner_ones_are_still_found() -> None:
    table: Phrases[str] = Phrases(LANGUAGES["kk"])
    for phrase in ("Қытай", "Қытай Халық Республикасы"):
        table.add(phrase, phrase, ("name",))
    text = LANGUAGES["kk"].text("Қытай Халық Республикасында")
    every = table.find(text)
    assert {match.value for match in every} == {"Қытай", "Қытай Халық Республикасы"}
    assert [(m.value, m.first, m.last) for m in longest(every)] == [("Қытай Халық Республикасы", 0, 2)]


def test_values_of_one_span_are_all_kept() -> None:
    table: Phrases[str] = Phrases(LANGUAGES["kk"])
    table.add("төраға", "of China")
    table.add("төраға", "of the EU")
    matches = longest(table.find(LANGUAGES["kk"].text("төрағамен")))
    assert {m.value for m in matches} == {"of China", "of the EU"}


def test_a_phrase_without_words_is_refused() -> None:
    table: Phrases[str] = Phrases(LANGUAGES["pl"])
    assert not table.add(" - ", "nothing")


@pytest.mark.parametrize(
    ("word", "bare"),
    [("кеңесінің", "кеңес"), ("министрлігінің", "министрлік"), ("орынбасары", "орынбасар"), ("төрағасы", "төраға")],
)
def test_kazakh_possessives_and_genitives_fall(word: str, bare: str) -> None:
    assert bare in bare_kazakh(word)
