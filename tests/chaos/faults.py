"""What goes wrong and when: a seed -> Faults, each due when so many articles are done.

The schedule is counted in articles, not seconds, so that a seed gives a slow machine and a fast one the same run.
"""

import random
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """A fault."""

    KILL = "worker killed (SIGKILL)"
    TERM = "worker stopped (SIGTERM)"
    PAUSE = "worker paused, shorter than its session"
    LONG_PAUSE = "worker paused, longer than its session"
    ADD = "worker added"
    REMOVE = "worker removed"
    STORM = "rebalance storm: every worker, one after the other"
    BROKER_PAUSE = "broker paused"
    BROKER_STOP = "broker stopped, started on the same data"
    BROKER_KILL = "broker killed, started on the same data"


class Fault(NamedTuple):
    """One thing to do to the system."""

    at: int
    """Due when so many articles are done."""
    kind: Kind
    seconds: float
    """How long it is held: a pause, a broker that is down, the steps of a storm."""
    pick: float
    """Which worker, between 0 and 1."""


FORGETFUL = (*[Kind.KILL] * 3, *[Kind.TERM] * 2, *[Kind.PAUSE] * 2, *[Kind.LONG_PAUSE] * 2, Kind.ADD, Kind.REMOVE,
             Kind.STORM, Kind.BROKER_PAUSE)  # fmt: skip
"""The deck for a broker that forgets everything when it stops: it can only be paused."""
LASTING = (*FORGETFUL, Kind.BROKER_STOP, Kind.BROKER_KILL)
"""The deck for a broker whose records outlive it."""
QUIET_START = 0.04
"""Share of the articles before the first fault, and after the last: there must be something to disturb."""


def schedule(seed: int, articles: int, many: int, session: float, *, lasting: bool) -> list[Fault]:
    """Return `many` faults spread over the articles: each kind once, shuffled, then the deck again and again."""
    dice = random.Random(f"faults {seed}")
    kinds = LASTING if lasting else FORGETFUL
    deck = dice.sample(once := list(dict.fromkeys(kinds)), len(once))
    while len(deck) < many:
        deck += dice.sample(kinds, len(kinds))
    places = sorted(dice.uniform(QUIET_START, 1 - QUIET_START) for _ in range(many))
    return [
        Fault(int(place * articles), kind, _seconds(kind, session, dice), dice.random())
        for place, kind in zip(places, deck, strict=False)
    ]


def _seconds(kind: Kind, session: float, dice: random.Random) -> float:
    shortest, longest = {
        Kind.PAUSE: (0.1, 0.6),
        Kind.LONG_PAUSE: (1.3, 2.5),
        Kind.STORM: (0.2, 0.5),
        Kind.BROKER_PAUSE: (0.3, 2.0),
        Kind.BROKER_STOP: (0.1, 2.0),
        Kind.BROKER_KILL: (0.1, 2.0),
    }.get(kind, (0.0, 0.0))
    return round(dice.uniform(shortest, longest) * session, 2)
