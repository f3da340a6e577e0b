"""The one shape of a language: lemma -> stems (compile time); token -> readings (run time); equal keys meet.

A token reads as a lemma when a Reading's key equals a Stem's key and they share a kind (a bit of an int).
What a bit means is each language's own affair: in Kazakh the sound class that the suffix wants, in Arabic
the word class that the clitics want, in Polish only whether the word must be capitalised.
"""

from collections.abc import Container, Iterator, Sequence
from typing import Final, Literal, NamedTuple, Protocol

from streams.languages.text import Text

Code = Literal["kk", "pl", "ar"]
Pos = Literal["name", "noun", "verb", "adj"]
ANY_KIND: Final = (1 << 63) - 1


class Stem(NamedTuple):
    """A key under which a lemma is registered, and the kinds of reading that may find it there."""

    key: str
    kinds: int


class Reading(NamedTuple):
    """One way to read a token: as an inflected form of whatever is registered under the key."""

    key: str
    kinds: int


class Language(Protocol):
    """What the lexicon, the topics and the rules ask of a language."""

    code: Code
    capital_kinds: int
    """Kinds that only a capitalised token may have (Polish Mali, not mali); 0 where case says nothing."""

    def text(self, original: str) -> Text:
        """Tokens and sentences, with offsets into the original."""
        ...

    def fold(self, word: str) -> str:
        """A word as tokens are folded: normalised for look-up, lower case."""
        ...

    def stems(self, word: str, pos: Pos) -> frozenset[Stem]:
        """The keys of one lemma word."""
        ...

    def readings(self, folded: str, known: Container[str] | None = None) -> Sequence[Reading]:
        """Every way to read one folded token, parts of hyphenated words included; only under known keys if given."""
        ...

    def guess(self, word: str, beside: Sequence[str] = ()) -> tuple[Pos, ...]:
        """The classes of a lemma that came without one; `beside` are the other lemmas of its term."""
        ...

    def endings(self) -> Iterator[tuple[str, str, int]]:
        """(before, after, kinds): what may stand around a key; for showing forms."""
        ...
