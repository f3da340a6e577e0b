"""Қ.Тоқаев, S. Dżaparow: surnames behind initials -> the persons whose given name begins so, named in full.

mentions --surnames with initials right before them--> those that fit, from the first initial on; others stay
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from streams.languages import Text
from streams.lexicon.mentions import Mention

_INITIAL: Final = re.compile(r"[^\W\d_](?:-[^\W\d_])?|cz|sz|ch|rz|дж")
_GAP: Final = re.compile(r"\.\s?-?")
_MOST: Final = 3
_ALIKE: Final = str.maketrans("құәөіғң", "куаоигн")  # К.-Ж. Тоқаев


def first_letters(names: Iterable[str]) -> frozenset[str]:
    """Return what the given name begins with, in each spelling."""
    return frozenset(_plain(name.replace("*", ""))[:1] for name in names if " " in name)


def in_full(text: Text, mentions: tuple[Mention, ...], letters: Mapping[str, frozenset[str]]) -> tuple[Mention, ...]:
    """Return the mentions, those surnames that initials stand before as persons."""
    if not any(mention.kind == "surname" for mention in mentions):
        return mentions
    return tuple(_each(text, mentions, letters))


def _each(text: Text, mentions: tuple[Mention, ...], letters: Mapping[str, frozenset[str]]) -> Iterator[Mention]:
    for (first, _), group in groupby(mentions, key=lambda mention: (mention.first, mention.last)):
        same = list(group)
        start = _first_initial(text, first) if any(mention.kind == "surname" for mention in same) else first
        initial = _plain(text.folded[start])[:1] if start < first else ""
        fitting = [each for each in same if each.kind == "surname" and initial and initial in letters[each.id]]
        yield from (each._replace(kind="person", note="", first=start) for each in fitting)
        if not fitting:
            yield from same


def _first_initial(text: Text, at: int) -> int:
    """Return the index of the first of the initials before a token, its own where there is none."""
    first = at
    while first > 0 and at - first < _MOST and _is_initial(text, first - 1):
        first -= 1
    return first


def _is_initial(text: Text, at: int) -> bool:
    end, start = text.bounds[2 * at + 1], text.bounds[2 * at + 2]
    return (
        bool(_INITIAL.fullmatch(text.folded[at]))
        and text.capital_at(at)
        and bool(_GAP.fullmatch(text.original, end, start))
    )


def _plain(word: str) -> str:
    return word.lower().translate(_ALIKE)
