"""What most say: each independent origin has one vote for each value.

(value, telling)s -> the value of most origins, of equals the earliest; values that differ -> a Dispute
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from streams.stories.origins import origin
from streams.stories.tellings import Telling
from wire.records import Dispute, Names

H = TypeVar("H", bound=Hashable)
SHOWN = 20
"""Articles named for each value of a dispute."""


class Vote(NamedTuple):
    """Who says a value."""

    origins: set[str]
    told: list[Telling]


def votes(said: Iterable[tuple[H, Telling]]) -> dict[H, Vote]:
    """Return who says what; values in order of their first telling when `said` is."""
    found: dict[H, Vote] = {}
    for value, telling in said:
        vote = found.setdefault(value, Vote(set(), []))
        vote.origins.add(origin(telling.source))
        vote.told.append(telling)
    return found


def prevailing(found: dict[H, Vote]) -> H | None:
    """Return what most origins say; of equals what was said first."""
    return max(found, key=lambda value: len(found[value].origins), default=None)


def dispute(
    what: str, values: Sequence[tuple[str, Sequence[Telling]]], names: Mapping[str, Names | None] | None = None
) -> Dispute:
    """Return a dispute: each value with its name, and the articles that give it."""
    return Dispute(
        what=what,
        values=tuple(value for value, _ in values),
        sources=tuple(tuple(dict.fromkeys(each.article for each in told))[:SHOWN] for _, told in values),
        names=tuple(names.get(value) for value, _ in values) if names else (),
    )
