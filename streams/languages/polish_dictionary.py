"""What Morfeusz (SGJP) knows of a lemma: word -> (form, tag); also of a lemma given in the plural or another gender.

word --generate--> forms ; word --analyse, nominatives only--> lemma --generate--> forms of that number and gender
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

import morfeusz2

Forms = frozenset[tuple[str, str]]
_NOUNS: Final = ("subst", "ger")
_AGREEING: Final = (*_NOUNS, "adj", "ppas", "pact")


@lru_cache(maxsize=1)
def _morfeusz() -> Any:
    return morfeusz2.Morfeusz(praet="composite")


def generated(word: str) -> Iterator[tuple[str, str]]:
    """Yield (form, tag) for a lemma of this very spelling; none for a word it does not know."""
    yield from ((form, tag) for form, _, tag in _every(word))


def _every(word: str) -> Iterator[tuple[str, str, str]]:
    try:
        found = _morfeusz().generate(word)
    except RuntimeError:  # it refuses words with spaces and such
        return
    for form, lemma, tag, *_ in found:
        if tag != "ign" and lemma.split(":")[0] == word:
            yield form, lemma, tag


class _Reading(NamedTuple):
    lemma: str
    tag: list[str]


@lru_cache(maxsize=4_096)
def agreeing(word: str) -> Forms:
    """Return (form, tag) of the words whose nominative this is: zasoby is of zasób, krytyczne of krytyczny.

    Of nouns only forms of the same number; an adjective stands beside a noun that may be in either.
    """
    return frozenset(each for reading in _nominatives(word) for each in _same(reading))


def _nominatives(word: str) -> Iterator[_Reading]:
    for _, _, (part, lemma, tag, *_) in _morfeusz().analyse(word):
        parts = tag.split(":")
        if part != word:  # of minister-prezydent it reads the parts
            continue
        if parts[0] in _AGREEING and "nom" in parts[2].split(".") and "neg" not in parts:
            yield _Reading(lemma, parts)


def _same(reading: _Reading) -> Iterator[tuple[str, str]]:
    kind, number = reading.tag[:2]
    for form, lemma, tag in _every(reading.lemma.split(":")[0]):
        parts = tag.split(":")
        if lemma != reading.lemma or parts[0] != kind or "neg" in parts:
            continue
        if kind not in _NOUNS or parts[1] == number:
            yield form, tag
