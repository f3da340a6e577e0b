"""Lemmas and the forms they must and must not match -> figures, by the phrases that an analyst's file makes.

classes -> Phrases (every lemma as a topic's) -> every form and forbidden word looked up
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from streams.languages import LANGUAGES, Code, Pos
from streams.lexicon.phrases import Phrases

POS: Final[dict[str, Pos]] = {
    "np": "name", "name": "name", "propn": "name", "n": "noun", "noun": "noun",
    "v": "verb", "verb": "verb", "a": "adj", "adj": "adj",
}  # fmt: skip


class FormClass(msgspec.Struct, frozen=True):
    """A term by its lemmas, and forms that must match it."""

    lang: Code
    name: str = msgspec.field(name="class")
    lemmas: list[str]
    forms: list[str]
    pos: str | None = None


class FormSet(msgspec.Struct, frozen=True):
    """An evaluation file: classes, and words that must match none of them."""

    classes: list[FormClass]
    must_not_match: list[str] | dict[Code, list[str]] = []


class Figures(msgspec.Struct, frozen=True):
    """How one language did; `missed` are (class, form), `wrong` are (word, classes)."""

    forms: int
    recall: float
    false: int
    words: int
    missed: list[tuple[str, str]] = []
    wrong: list[tuple[str, list[str]]] = []

    def row(self) -> dict[str, float]:
        """The figures alone, as `jarshy evaluate forms --json` prints them."""
        return {"forms": self.forms, "recall": self.recall, "false": self.false, "words": self.words}


def phrases_of(code: Code, classes: Sequence[FormClass]) -> Phrases[str]:
    """The phrases that an analyst's file with these lemmas would make; a word class holds for lemmas of one word."""
    phrases: Phrases[str] = Phrases(LANGUAGES[code])
    for each in classes:
        pos = POS.get((each.pos or "").lower())
        for lemma in each.lemmas:
            alone = len(LANGUAGES[code].text(lemma).folded) == 1
            phrases.add(lemma, each.name, (pos,) if pos and alone else (), beside=each.lemmas)
    return phrases


def evaluate_language(code: Code, classes: Sequence[FormClass], forbidden: Sequence[str]) -> Figures:
    """Recall over the forms, and the forbidden words that matched."""
    phrases = phrases_of(code, classes)

    def matches(form: str) -> set[str]:
        return {match.value for match in phrases.find(LANGUAGES[code].text(form))}

    forms = [(each.name, form) for each in classes for form in each.forms]
    missed = [(name, form) for name, form in forms if name not in matches(form)]
    wrong = [(word, sorted(found)) for word in forbidden if (found := matches(word))]
    recall = 1 - len(missed) / len(forms) if forms else 1.0
    return Figures(len(forms), round(recall, 4), len(wrong), len(forbidden), missed, wrong)


def evaluate(content: bytes | str | Mapping[str, Any]) -> dict[Code, Figures]:
    """Figures by language for an evaluation file (eval/README.md has its format)."""
    raw = json.loads(content) if isinstance(content, bytes | str) else content
    whole = msgspec.convert(raw, FormSet)
    by_language: dict[Code, list[FormClass]] = {}
    for each in whole.classes:
        by_language.setdefault(each.lang, []).append(each)
    forbidden = whole.must_not_match
    return {
        code: evaluate_language(code, classes, forbidden.get(code, []) if isinstance(forbidden, dict) else forbidden)
        for code, classes in by_language.items()
    }
