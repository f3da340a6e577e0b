"""Lemmas in, values out."""

import pytest

from streams.languages import LANGUAGES, Code, Pos, Vocabulary


@pytest.mark.parametrize(
    ("code", "lemmas", "original", "expected"),
    [
        (
            "kk",
            [
                ("Қытай", "name"),
                ("Қазақстан", "name"),
                ("ҚХР", "name"),
                ("қазақ", "noun"),
                ("жүргізу", "verb"),
            ],
            "ҚХР-мен қазақ-қытай келіссөзі Қазақстанда жүргізілді, иран-бағы жоқ",
            {0: ["ҚХР"], 1: ["қазақ", "Қытай"], 3: ["Қазақстан"], 4: ["жүргізу"]},
        ),
        (
            "pl",
            [("Mali", "name"), ("kazachski", "adj"), ("chiński", "adj"), ("Kassym-Jomart", "name")],
            "Prezydent Mali i mali; chińsko-kazachskich z Kassymem-Jomartem",
            {1: ["Mali"], 4: ["chiński", "kazachski"], 6: ["Kassym-Jomart"]},
        ),
        (
            "ar",
            [("الصين", "name"), ("صيني", "adj"), ("كازاخي", "adj"), ("وزير", "noun"), ("يلتقي", "verb")],
            "وسيلتقي وزيرا للصين في الصينية-الكازاخية",
            {0: ["يلتقي"], 1: ["وزير"], 2: ["الصين"], 4: ["صيني", "كازاخي"]},
        ),
    ],
)
def test_scan(code: Code, lemmas: list[tuple[str, Pos]], original: str, expected: dict[int, list[str]]) -> None:
    vocabulary: Vocabulary[str] = Vocabulary(LANGUAGES[code])
    for word, pos in lemmas:
        vocabulary.add(word, pos, word)
    text = LANGUAGES[code].text(original)
    for _ in range(2):  # cold and remembered
        assert {at: sorted(values) for at, values in vocabulary.scan(text).items()} == (
            {at: sorted(values) for at, values in expected.items()}
        )


def test_a_lemma_added_later_is_found_and_values_come_once() -> None:
    vocabulary: Vocabulary[int] = Vocabulary(LANGUAGES["pl"])
    assert vocabulary.lookup("umowy") == ()
    vocabulary.add("umowa", "noun", 1)
    vocabulary.add("umowa", "noun", 1)
    vocabulary.add("umowa", "noun", 2)
    assert vocabulary.lookup("umowy") == (1, 2)


def test_names_need_their_capital_in_polish_only() -> None:
    polish: Vocabulary[str] = Vocabulary(LANGUAGES["pl"])
    polish.add("Duda", "name", "person")
    polish.add("dudy", "noun", "bagpipes")
    assert polish.lookup("dudy", capital=True) == ("person", "bagpipes")
    assert polish.lookup("dudy", capital=False) == ("bagpipes",)
    kazakh: Vocabulary[str] = Vocabulary(LANGUAGES["kk"])
    kazakh.add("Қытай", "name", "CN")
    assert kazakh.lookup("қытай", capital=False) == ("CN",)


def test_what_is_remembered_is_bounded() -> None:
    vocabulary: Vocabulary[int] = Vocabulary(LANGUAGES["pl"], room=10)
    vocabulary.add("szczyt", "noun", 1)
    text = LANGUAGES["pl"].text(" ".join(f"słowo{at}" for at in range(100)) + " na szczycie")
    assert vocabulary.scan(text) == {101: (1,)}
    assert len(vocabulary.meant(text.reader)) <= 10
