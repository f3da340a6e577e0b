"""Compiled rules: what compile.py makes and judge.py reads.

Rule -> Blocks (OR) -> Clauses (AND) -> keys, any of which holds ; Index: line and key -> blocks, as bits
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from hashlib import blake2b
from operator import or_
from typing import NamedTuple

import msgspec

from streams.languages.text import Text
from streams.rules.names import KnownNames
from streams.rules.topics import Find
from wire.records import Priority

Key = str | int  # a word of the lexicon, or the number of a topic
Keys = Mapping[str, Iterable[Key]]


class Topic(NamedTuple):
    """A topic's lemmas, language by language; topics of the same name and lemmas are one."""

    name: str
    words: tuple[tuple[str, tuple[str, ...]], ...]


class Clause(NamedTuple):
    """One line of a block: it holds when the meeting has one of the keys."""

    line: str
    wanted: tuple[str, ...]  # as the analyst wrote it
    keys: frozenset[Key]
    kinds: frozenset[str] = frozenset()  # of the keys: city, person ...: for "city not given"


class Block(NamedTuple):
    """Clauses that must all hold."""

    clauses: tuple[Clause, ...]
    follow: bool = False


class Trial(NamedTuple):
    """A text in a rule file that shows what the rule does."""

    rule: str
    text: str
    at: date
    match: bool
    because: tuple[str, ...]
    file: str
    line: int


class Rule(NamedTuple):
    """What an analyst wants told, to whom, and how loudly."""

    id: str
    title: str
    priority: Priority
    desks: tuple[str, ...]
    when: tuple[Block, ...]
    unless: tuple[Block, ...] = ()
    tests: tuple[Trial, ...] = ()
    file: str = ""
    line: int = 1


class Index(NamedTuple):
    """Which blocks of which rules a set of keys lets stand: a few ANDs of long ints, however many rules."""

    owners: tuple[int, ...]  # block -> rule
    blocks: tuple[Block, ...]
    everything: int
    free: Mapping[str, int]  # line -> the blocks without it
    bound: Mapping[str, Mapping[Key, int]]  # line -> key -> the blocks that it satisfies
    asking: Mapping[Key, int]  # topic -> the blocks whose rule asks for it, be it in `not:`

    def standing(self, keys: Keys, left: int) -> int:
        """Return those blocks of `left` of which every line that `keys` speaks of has one of them."""
        for line, found in keys.items():
            bound = self.bound.get(line)
            if bound is not None:
                left &= reduce(or_, [mask for key in found if (mask := bound.get(key))], self.free[line])
                if not left:
                    break
        return left

    def asked(self, left: int, topics: Iterable[int]) -> frozenset[int]:
        """Return those topics that may still matter to the blocks that are left."""
        return frozenset(topic for topic in topics if self.asking.get(topic, 0) & left)


class RuleSet(NamedTuple):
    """All rules, ready to judge; equal hash, equal judgement."""

    rules: tuple[Rule, ...]
    topics: tuple[Topic, ...]
    names: KnownNames
    find: Callable[[Text], Iterable[Find]]
    blocks: Index
    hash: str
    subjects: frozenset[int] = frozenset()  # numbers of the topics of config/lexicon/topics.yaml

    def rule(self, id: str) -> Rule | None:
        """Return the rule of this id."""
        return next((rule for rule in self.rules if rule.id == id), None)

    @property
    def tests(self) -> tuple[Trial, ...]:
        """Return the tests of all rules."""
        return tuple(test for rule in self.rules for test in rule.tests)


def indexed(rules: Sequence[Rule]) -> Index:
    """Return the index over all blocks of all rules."""
    pairs = [(number, block) for number, rule in enumerate(rules) for block in rule.when]
    bits: dict[str, dict[Key, list[int]]] = defaultdict(lambda: defaultdict(list))
    tied: dict[str, list[int]] = defaultdict(list)
    asking: dict[Key, list[int]] = defaultdict(list)
    excluded = [_topics(rule.unless) for rule in rules]
    for at, (number, block) in enumerate(pairs):
        for topic in _topics([block]) | excluded[number]:
            asking[topic].append(at)
        for clause in block.clauses:
            tied[clause.line].append(at)
            for key in clause.keys:
                bits[clause.line][key].append(at)
    everything = (1 << len(pairs)) - 1
    return Index(
        owners=tuple(number for number, _ in pairs),
        blocks=tuple(block for _, block in pairs),
        everything=everything,
        free={line: everything & ~_mask(blocks) for line, blocks in tied.items()},
        bound={line: {key: _mask(blocks) for key, blocks in found.items()} for line, found in bits.items()},
        asking={topic: _mask(blocks) for topic, blocks in asking.items()},
    )


def _topics(blocks: Iterable[Block]) -> set[Key]:
    """Return the topics that blocks ask for: the keys that are numbers."""
    return {key for block in blocks for clause in block.clauses for key in clause.keys if isinstance(key, int)}


def content_hash(rules: Iterable[Rule], topics: tuple[Topic, ...]) -> str:
    """Return the hash of all that a judgement depends on: no file names, order, comments or tests."""
    parts = [
        (
            *(rule.id, rule.title, rule.priority.value, sorted(rule.desks)),
            *(_plain(rule.when, topics), _plain(rule.unless, topics)),
        )
        for rule in sorted(rules, key=lambda rule: rule.id)
    ]
    return blake2b(msgspec.json.encode(parts), digest_size=15).hexdigest()


def _plain(blocks: Iterable[Block], topics: tuple[Topic, ...]) -> list[str]:
    return sorted(
        repr((block.follow, sorted(_clause_text(clause, topics) for clause in block.clauses))) for block in blocks
    )


def _clause_text(clause: Clause, topics: tuple[Topic, ...]) -> str:
    keys = sorted(str(topics[key]) if isinstance(key, int) else key for key in clause.keys)
    return repr((clause.line, sorted(clause.wanted), keys))


def _mask(blocks: Iterable[int]) -> int:
    """Return the int with these bits: by bytes, for a shift for each bit would copy the whole int."""
    ordered = list(blocks)
    row = bytearray(max(ordered, default=0) // 8 + 1)
    for number in ordered:
        row[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(row, "little")


def numbers(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set."""
    if mask.bit_count() <= FEW_BITS:
        yield from reversed(list(_downwards(mask)))
        return
    for found in _NOT_ZERO.finditer(mask.to_bytes((mask.bit_length() + 7) // 8, "little")):
        byte = found[0][0]
        yield from (8 * found.start() + bit for bit in range(8) if byte >> bit & 1)


def _downwards(mask: int) -> Iterator[int]:
    while mask:
        yield (last := mask.bit_length() - 1)
        mask ^= 1 << last


FEW_BITS = 32  # of 10,000 blocks some three are left: each costs 0.3 us, a search through all bytes 20
_NOT_ZERO = re.compile(rb"[^\0]")  # a loop over the bytes took 60 us for 10,000 rules
