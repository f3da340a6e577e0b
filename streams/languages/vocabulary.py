"""Lemmas in, values out: add(word) -> stems -> index; word -> readings -> values, remembered as written."""

from collections.abc import Callable
from itertools import compress
from typing import Final, Generic, TypeVar

from streams.languages.shape import Language, Pos
from streams.languages.text import Fold, Reader, Text

V = TypeVar("V")
ROOM: Final = 100_000


class Meant(dict[str, tuple[V, ...]]):
    """A word as it is written -> what it may mean, remembered; forgets everything when full, so memory is bounded."""

    def __init__(self, fold: Fold, look_up: Callable[[str, bool], tuple[V, ...]], room: int) -> None:
        super().__init__()
        self._fold, self._look_up, self._room = fold, look_up, room

    def __missing__(self, word: str) -> tuple[V, ...]:
        found = self._look_up(self._fold(word), word[0].isupper() or word[0].istitle())
        if len(self) >= self._room:
            self.clear()
        self[word] = found
        return found


class Vocabulary(Generic[V]):
    """Lemma words of one language with a value each; looks tokens up at the cost of a dict once they are known.

    Values are told apart by equality and given in the order in which they were added.
    """

    def __init__(self, language: Language, room: int = ROOM) -> None:
        self.language = language
        self._index: dict[str, tuple[tuple[int, V], ...]] = {}
        self._meant: dict[Reader, Meant[V]] = {}
        self._room = room

    def __len__(self) -> int:
        return len(self._index)

    def add(self, word: str, pos: Pos, value: V) -> None:
        """Register one lemma word; the caller splits phrases and adds aspect partners."""
        shared: dict[int, tuple[tuple[int, V], ...]] = {}  # most keys of a lemma hold the same entry: one tuple
        for key, kinds in self.language.stems(word, pos):
            entry = shared.setdefault(kinds, ((kinds, value),))
            there = self._index.get(key)
            if there is None:
                self._index[key] = entry
            elif entry[0] not in there:
                self._index[key] = there + entry
        self._meant.clear()

    def meant(self, reader: Reader) -> Meant[V]:
        """What words mean that are cut and folded by this reader."""
        if reader not in self._meant:
            self._meant[reader] = Meant(reader.fold, self.lookup, self._room)
        return self._meant[reader]

    def scan(self, text: Text) -> dict[int, tuple[V, ...]]:
        """Token index -> values, of every token that means something."""
        meant = list(map(self.meant(text.reader).__getitem__, text.words))
        return dict(zip(compress(range(len(meant)), meant), filter(None, meant), strict=True))

    def lookup(self, folded: str, capital: bool = True) -> tuple[V, ...]:
        """The values whose lemma this token may be a form of; `capital` as it stood in the text."""
        index, needed = self._index, ~(0 if capital else self.language.capital_kinds)
        values = {
            value: None
            for key, kinds in self.language.readings(folded, index)
            for wanted, value in index.get(key, ())
            if wanted & kinds & needed
        }
        return tuple(values)
