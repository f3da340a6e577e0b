"""Pure: of all that waits for a receiver, what goes next, and what goes with it.

waiting --hold--> held | due -> the loudest and oldest -> alone, with its story, with its visit, or in a digest
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from alerts.holding import TOGETHER, Hold, Waiting, hold
from alerts.lines import ReceiverLines
from alerts.silences import Silence
from wire.records import Priority

MOST_STORIES = 20  # lines of one digest: what is more goes into the next
PATIENT = 8  # attempts after which the next in line goes first: one message must not block a receiver


class Held(NamedTuple):
    """A delivery that does not go yet."""

    n: int
    hold: Hold


class Choice(NamedTuple):
    """What goes next: the first is the message, the others are told in it; none when all are held."""

    bundle: tuple[int, ...] = ()
    held: tuple[Held, ...] = ()


def choose(waiting: Sequence[Waiting], lines: ReceiverLines, silences: Sequence[Silence], now: datetime) -> Choice:
    """Return what a receiver is told next."""
    found = [(each, hold(each, lines, silences, now)) for each in waiting]
    held = tuple(Held(each.n, why) for each, why in found if why)
    due = sorted((each for each, why in found if not why), key=_turn)
    if not due:
        return Choice(held=held)
    first = _earlier(due)
    others = _with(first, [each for each in due if each.fresh], lines.throttle) if first.fresh else ()
    bundle = (first, *(each for each in _first_stories(first, others) if each.n != first.n))
    return Choice(tuple(each.n for each in bundle), held)


def _turn(each: Waiting) -> tuple[bool, bool, int]:
    return each.attempt >= PATIENT, not _flash(each), each.n


def _flash(each: Waiting) -> bool:
    return each.priority == Priority.FLASH.value


def _earlier(due: Sequence[Waiting]) -> Waiting:
    """Return the first, or what is already on its way of the same story: nothing overtakes its own beginning."""
    begun = [each for each in due if each.thread == due[0].thread and 0 < each.attempt < PATIENT]
    return min(begun, key=lambda each: each.n, default=due[0])


def _with(first: Waiting, due: Iterable[Waiting], throttle: int) -> list[Waiting]:
    """Return what is told in one message with the first."""
    due = list(due)
    if first.held in TOGETHER:
        return [each for each in due if each.held in TOGETHER]
    quiet = [each for each in due if not _flash(each)]
    if throttle and not _flash(first) and len({each.thread for each in quiet}) > throttle:
        return quiet
    return [each for each in due if each.group == first.group and not (_flash(each) and each.thread != first.thread)]


def _first_stories(first: Waiting, others: Iterable[Waiting]) -> list[Waiting]:
    """Return those of the first MOST_STORIES stories, the first's own among them."""
    threads = {first.thread: None}
    kept = []
    for each in others:
        if len(threads) < MOST_STORIES:
            threads.setdefault(each.thread)
        if each.thread in threads:
            kept.append(each)
    return kept
