"""Whether all workers judge by one rule set: rule sets of reports, in order of arrival -> Notice, or nothing.

report --another set than the last?--> turns of that pair --so many, over so long--> firing --one set alone--> resolved

Workers follow their files within seconds of each other, so a new set comes in after a few turns from one to the other
and back; two sets that still take turns a minute later are two workers with different files.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from wire.records import Notice, NoticeState

APART_FOR: Final = timedelta(minutes=1)
TURNS: Final = 4
"""From one set to another and back, twice: a change that is taken back makes two."""
FORGOTTEN: Final = timedelta(hours=1)
FRESH: Final = timedelta(minutes=5)
"""A report recognised longer ago tells of another time: a backlog is being gathered."""
AGREED_AFTER: Final = 20
"""Reports in a row by one set, after which the workers agree again."""


class _Turns(NamedTuple):
    """How often two sets took turns, and since when."""

    first: datetime
    last: datetime
    number: int


class Accord:
    """Hears the rule set of every report that a worker gathers, whichever worker judged it."""

    def __init__(self) -> None:
        self._last = ""
        self._in_a_row = 0
        self._turns: dict[frozenset[str], _Turns] = {}
        self._apart: frozenset[str] | None = None

    def heard(self, rule_set: str, recognised: datetime, now: datetime) -> Notice | None:
        """Return what a report's rule set is worth: workers that differ for longer than a minute, or agree again."""
        if now - recognised > FRESH:
            return None
        before, self._last = self._last, rule_set
        self._in_a_row = self._in_a_row + 1 if before == rule_set else 1
        if before and before != rule_set:
            return self._turned(frozenset((before, rule_set)), now)
        if self._apart and self._in_a_row >= AGREED_AFTER:
            self._apart = None
            self._turns.clear()
            return _notice(NoticeState.RESOLVED, "all workers judge by one rule set again", (rule_set,), now)
        return None

    def _turned(self, pair: frozenset[str], now: datetime) -> Notice | None:
        before = self._turns.get(pair)
        known = before if before and now - before.last < FORGOTTEN else _Turns(now, now, 0)
        turns = self._turns[pair] = known._replace(last=now, number=known.number + 1)
        if pair == self._apart or turns.number < TURNS or now - turns.first <= APART_FOR:
            return None
        self._apart = pair
        text = "workers judge by different rule sets: give all of them the same config/rules and lexicon"
        return _notice(NoticeState.FIRING, text, tuple(sorted(pair)), now)


def _notice(state: NoticeState, text: str, details: tuple[str, ...], now: datetime) -> Notice:
    return Notice(source="streams", subject="rule-sets", state=state, text=text, at=now, details=details)
