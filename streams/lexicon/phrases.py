"""Phrases of one language found in a text, each with its value.

phrase --words (each with its word class)--> word ids --> trie;  text --scan--> ids by token --> matches

How to use it (rules' topics and the lexicon do the same):

    phrases = Phrases[str](LANGUAGES["pl"])
    phrases.add("ruda uranu", "uranium")          # every inflected form of every word counts
    phrases.add("Sikorski", "sikorski", ("name",))  # word classes where guessing is not wanted
    for value, first, last in phrases.find(text):   # token indexes, both included
        ...

`find` gives every match, also those inside a longer one; `longest` drops the inner ones. The cost of a
document is one dictionary look-up a token, whatever the number of phrases.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar

from streams.languages.shape import Language, Pos
from streams.languages.text import Reader, Text
from streams.languages.vocabulary import ROOM, Vocabulary
from streams.lexicon.spellings import spellings, variants

V = TypeVar("V")
Node = dict[int, Any]  # word id -> Node; _END -> the values of the phrases that end here
LONGEST: Final = 48  # letters of what is remembered
_END: Final = -1  # the key under which a trie node keeps the values of phrases that end there


class Match(NamedTuple, Generic[V]):
    """A value, and the first and last token of the words that mean it."""

    value: V
    first: int
    last: int


_match: Callable[[Iterable[Any]], Match[Any]] = partial(tuple.__new__, Match)  # a third of Match(...)'s time


class _Opens(dict[tuple[int, ...], tuple[Node, ...]]):
    """What a token may mean -> where the phrases that begin with it go on; no more of them than meanings."""

    def __init__(self, root: Node) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, ids: tuple[int, ...]) -> tuple[Node, ...]:
        found = self[ids] = tuple(self._root[word] for word in ids if word in self._root)
        return found


class _Holds(dict[str, bool]):
    """What stands between two spaces -> whether one of some words is in it, remembered; forgets all when full."""

    def __init__(self, reader: Reader, vocabulary: Vocabulary[int], wanted: frozenset[int]) -> None:
        super().__init__()
        self._cut, self._meant, self._wanted = reader.cut, vocabulary.meant(reader), wanted

    def __missing__(self, chunk: str) -> bool:
        words = self._cut(chunk)[1::2]
        found = not all(map(self._wanted.isdisjoint, map(self._meant.__getitem__, words)))
        if len(chunk) <= LONGEST:
            if len(self) >= ROOM:
                self.clear()
            self[chunk] = found
        return found


class Phrases(Generic[V]):
    """Phrases of one language with a value each; a word matches in every inflected form."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._vocabulary: Vocabulary[int] = Vocabulary(language)
        self._ids: dict[tuple[str, tuple[Pos, ...], bool], int] = {}
        self._root: Node = {}
        self._opens = _Opens(self._root)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, phrase: str, value: V, pos: Sequence[Pos] = (), beside: Sequence[str] = ()) -> bool:
        """Register a phrase; `pos` is for each word, else guessed, `beside` the other lemmas of its term.

        False when it has no word.
        """
        read = self.language.text(phrase)
        words = [read.surface(token) for token in read.tokens]
        if not words:
            return False
        node = self._root
        for word in words:
            kinds = tuple(pos) or self.language.guess(word, beside)
            node = node.setdefault(self._id(word, kinds, len(words) > 1), {})
        ends: list[V] = node.setdefault(_END, [])
        if value not in ends:
            ends.append(value)
        self._opens.clear()
        return True

    def scan(self, text: Text) -> dict[int, tuple[int, ...]]:
        """Return the word ids of every token that is a word of some phrase."""
        return self._vocabulary.scan(text)

    def find(self, text: Text) -> list[Match[V]]:
        """Return every match, in order of its first token."""
        found: list[Match[V]] = []
        at = self.scan(text)
        opens = self._opens
        for start, ids in at.items():
            for node in opens[ids]:
                if len(node) > 1 or _END not in node:
                    self._walk(node, at, start, start, found)
                else:  # a word alone, as most are
                    found += [_match((value, start, start)) for value in node[_END]]
        return found

    def tells(self, wanted: Callable[[V], bool]) -> Callable[[Text], bool]:
        """Return what tells the texts in which no phrase of a wanted value can stand, unread: at a look-up a word.

        A phrase stands nowhere without its longest word; its first may be everywhere (على is a name and "on").
        """
        letters = {id: len(word) for (word, _, _), id in self._ids.items()}
        phrases = (path for path, values in _paths(self._root) if any(map(wanted, values)))
        longest = frozenset(max(path, key=letters.__getitem__) for path in phrases)
        tables: dict[Reader, _Holds] = {}

        def may_stand(text: Text) -> bool:
            reader = text.reader
            if reader not in tables:
                tables[reader] = _Holds(reader, self._vocabulary, longest)
            return any(map(tables[reader].__getitem__, text.original.split()))  # no word holds a space

        return may_stand

    def _walk(
        self,
        node: Node,
        at: dict[int, tuple[int, ...]],
        start: int,
        last: int,
        found: list[Match[V]],
    ) -> None:
        ends = node.get(_END)
        if ends:
            found.extend([_match((value, start, last)) for value in ends])
            if len(node) == 1:
                return
        following = at.get(last + 1)
        if following is None:
            return
        for word in following:
            child = node.get(word)
            if child is not None:
                self._walk(child, at, start, last + 1, found)

    def _id(self, word: str, kinds: tuple[Pos, ...], inside: bool) -> int:
        if self.language.code == "pl" and word[0].islower() and kinds == ("name",):
            kinds = ("noun",)  # ibn, von der: small inside a name
        key = (word, kinds, inside)
        known = self._ids.get(key)
        if known is not None:
            return known
        self._ids[key] = new = len(self._ids)
        for kind in kinds:
            self._vocabulary.add(word, kind, new)
            if kind == "name":
                for variant in spellings(self.language.code, word):
                    self._vocabulary.add(variant, kind, new)
            if inside:
                for variant in variants(self.language.code, word):
                    self._vocabulary.add(variant, kind, new)
        return new


def _paths(node: Node, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], list[Any]]]:
    """Yield the words and the values of all phrases that go on from here."""
    for word, further in node.items():
        if word == _END:
            yield path, further
        else:
            yield from _paths(further, (*path, word))


def longest(found: Iterable[Match[V]]) -> list[Match[V]]:
    """Return the matches that do not lie inside a longer one, in order."""
    kept: list[Match[V]] = []
    end, start = -1, -1
    for match in sorted(sorted(found, key=itemgetter(2), reverse=True), key=itemgetter(1)):  # first, the longest
        if match.last > end or (match.first, match.last) == (start, end):
            kept.append(match)
            start, end = match.first, match.last
    return kept
