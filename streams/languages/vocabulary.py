"""Lemmas in, values out: add(word) -> stems -> index; token -> readings -> values, remembered by folded form."""

from collections.abc import Callable
from itertools import compress
from typing import Final, Generic, NamedTuple, TypeVar

from streams.languages.shape import Language, Pos
from streams.languages.text import Text

V = TypeVar("V")
ROOM: Final = 100_000


class Found(NamedTuple, Generic[V]):
    """What one folded token may mean: always, and when it is written with a capital."""

    small: tuple[V, ...]
    capital: tuple[V, ...]


class _Known(dict[str, Found[V] | None]):
    """Folded form -> what it may mean, remembered; forgets everything when full, so memory is bounded."""

    def __init__(self, read: Callable[[str], Found[V] | None], room: int) -> None:
        super().__init__()
        self._look_up, self._room = read, room

    def __missing__(self, folded: str) -> Found[V] | None:
        found = self._look_up(folded)
        if len(self) >= self._room:
            self.clear()
        self[folded] = found
        return found


class Vocabulary(Generic[V]):
    """Lemma words of one language with a value each; looks tokens up at the cost of a dict once they are known.

    Values are told apart by equality and given in the order in which they were added.
    """

    def __init__(self, language: Language, room: int = ROOM) -> None:
        self.language = language
        self._index: dict[str, tuple[tuple[int, V], ...]] = {}
        self._known: _Known[V] = _Known(self._read, room)

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
        self._known.clear()

    def lookup(self, folded: str, capital: bool = True) -> tuple[V, ...]:
        """The values whose lemma this token may be a form of; `capital` as it stood in the text."""
        found = self._known[folded]
        if found is None:
            return ()
        return found.capital if capital else found.small

    def scan(self, text: Text) -> dict[int, tuple[V, ...]]:
        """Token index -> values, of every token that means something."""
        meant = list(map(self._known.__getitem__, text.folded))
        hits = zip(compress(range(len(meant)), meant), filter(None, meant), strict=True)
        if not self.language.capital_kinds:
            return {at: found.capital for at, found in hits}
        written = ((at, found.capital if text.capital_at(at) else found.small) for at, found in hits)
        return {at: values for at, values in written if values}

    def _read(self, folded: str) -> Found[V] | None:
        index, needs_capital = self._index, self.language.capital_kinds
        small: dict[V, None] = {}
        capital: dict[V, None] = {}
        for key, kinds in self.language.readings(folded, index):
            for wanted, value in index.get(key, ()):
                if wanted & kinds:
                    capital[value] = None
                    if wanted & kinds & ~needs_capital:
                        small[value] = None
        if not capital:
            return None
        values = tuple(capital)
        return Found(values if len(small) == len(capital) else tuple(small), values)
