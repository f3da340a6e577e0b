"""Invented topics, as an analyst's topics.yaml has them: number of lemmas -> Topics, each of a few terms a language.

A third of the terms have two words, the head of which bends: kk modifier + head, pl head + genitive, ar head + noun.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

from benchmarks.match.words import Word, word
from streams.languages import LANGUAGES, Code

TERMS: Final = 4
"""Terms of a topic in one language; with three languages a topic has twelve lemmas."""


class Term(NamedTuple):
    """What one lemma of a topic looks like in a text."""

    code: Code
    head: Word
    beside: str = ""

    def form(self, case: str) -> str:
        """Return the term with its head in a case."""
        head = self.head.lemma if self.beside and self.code == "ar" else self.head.forms[case]
        return self._with(head)

    @property
    def lemma(self) -> str:
        """Return the term as a dictionary has it."""
        return self._with(self.head.lemma)

    def _with(self, head: str) -> str:
        if not self.beside:
            return head
        return f"{self.beside} {head}" if self.code == "kk" else f"{head} {self.beside}"


class Topic(NamedTuple):
    """A name, and its terms in each language."""

    name: str
    terms: Mapping[Code, Sequence[Term]]

    def written(self) -> dict[str, list[str]]:
        """Return the topic as a YAML file has it."""
        return {code: sorted({term.lemma for term in terms}) for code, terms in self.terms.items()}


def topics(lemmas: int, random: Random) -> list[Topic]:
    """Return invented topics that have so many lemmas together."""
    count = lemmas // (TERMS * len(LANGUAGES))
    return [Topic(f"topic-{at:04}", {code: _terms(code, random) for code in LANGUAGES}) for at in range(count)]


def _terms(code: Code, random: Random) -> list[Term]:
    return [_term(code, random) for _ in range(TERMS)]


def _term(code: Code, random: Random) -> Term:
    if random.random() > 1 / 3:
        return Term(code, word(code, random))
    beside = word(code, random)
    return Term(code, word(code, random), beside.forms["gen"] if code != "kk" else beside.lemma)
