"""Lemmas and the forms they must and must not match -> figures; and the forms that a lemma accepts, to be shown.

classes -> terms (a sequence of lemma words each) -> vocabulary -> every form and forbidden word looked up
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from streams.languages import LANGUAGES, Code, Language, Pos, Vocabulary

POS: Final[dict[str, Pos]] = {
    "np": "name", "name": "name", "propn": "name", "n": "noun", "noun": "noun",
    "v": "verb", "verb": "verb", "a": "adj", "adj": "adj",
}  # fmt: skip
Term = tuple[str, int]  # class, which of its lemmas


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


class Terms:
    """Terms of one or more words, looked up in short texts."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._words: Vocabulary[tuple[Term, int]] = Vocabulary(language)
        self._length: dict[Term, int] = {}

    def add(self, term: Term, lemma: str, pos: Pos | None, beside: Sequence[str] = ()) -> None:
        """Register a lemma; each word of a phrase may be inflected."""
        text = self._language.text(lemma)
        words = [text.surface(token) for token in text.tokens]
        self._length[term] = len(words)
        for at, word in enumerate(words):
            guesses = () if pos and len(words) == 1 else self._language.guess(word, beside)
            for each in {*guesses, *((pos,) if pos else ())}:
                self._words.add(word, each, (term, at))

    def matches(self, form: str) -> set[str]:
        """The classes that a word or phrase matches."""
        text = self._language.text(form)
        open_terms: dict[Term, int] = {}
        found: set[str] = set()
        for token in text.tokens:
            hits = self._words.lookup(token.folded, text.capital(token))
            reached = {term: at + 1 for term, at in hits if at == 0 or open_terms.get(term) == at}
            found.update(term[0] for term, length in reached.items() if length == self._length[term])
            open_terms = reached
        return found


def terms_of(language: Language, classes: Sequence[FormClass]) -> Terms:
    """The terms that an analyst's file with these lemmas would make."""
    terms = Terms(language)
    for each in classes:
        for at, lemma in enumerate(each.lemmas):
            terms.add((each.name, at), lemma, POS.get((each.pos or "").lower()), each.lemmas)
    return terms


def evaluate_language(code: Code, classes: Sequence[FormClass], forbidden: Sequence[str]) -> Figures:
    """Recall over the forms, and the forbidden words that matched."""
    terms = terms_of(LANGUAGES[code], classes)
    forms = [(each.name, form) for each in classes for form in each.forms]
    missed = [(name, form) for name, form in forms if name not in terms.matches(form)]
    wrong = [(word, sorted(found)) for word in forbidden if (found := terms.matches(word))]
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


def accepted(language: Language, word: str, pos: Pos | None = None) -> Iterator[str]:
    """The forms that a lemma word accepts, folded; of a Kazakh verb there are some ten thousand."""
    seen: set[str] = set()
    for each in (pos,) if pos else language.guess(word):
        for key, wanted in sorted(language.stems(word, each)):
            for before, after, kinds in language.endings():
                form = before + key + after
                if kinds & wanted and form not in seen:
                    seen.add(form)
                    yield form
