"""Pure: several stories -> the blocks of one message, a line for each, in its final state.

digest: mark, who, what, status, where and when, and of what was told before its news
agenda: planned by day, then passed without a report
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from alerts.agenda import Agenda
from alerts.frames import Frame
from alerts.gathered_words import WORDS
from alerts.markup import Block, Line, Piece, clean, isolate, safe_link
from alerts.naming import called, flag, short_id, status_word
from alerts.owing import planned_days
from alerts.whats_new import new_facts, said
from wire.records import Actor, Alert, AlertKind, Names, Status

MARKS = {AlertKind.FIRST: "🆕", AlertKind.UPDATE: "➕", AlertKind.STATUS_CHANGE: "🔁", AlertKind.CORRECTION: "✏️"}

MOST_FACTS = 3  # of a story in a digest
MOST_PLANNED = 20  # lines: the soonest; each was told when it was announced


class Entry(NamedTuple):
    """One story of a digest: its newest state, and what that is to this receiver."""

    alert: Alert
    kind: AlertKind
    fresh: frozenset[str] = frozenset()  # ids of the claims that are new to it


def digest_blocks(entries: Sequence[Entry], frame: Frame) -> tuple[Block, ...]:
    """Return the message that tells several stories; no story may be cut away, what is new about one may."""
    title = (Piece(f"🗞 {WORDS[frame.language].digest.format(n=len(entries))}", bold=True),)
    return (Block((title,)), *(block for each in entries for block in _entry(each, frame)))


def agenda_blocks(agenda: Agenda, frame: Frame) -> tuple[Block, ...]:
    """Return the message of what is to come, day by day, and of what never came."""
    words = WORDS[frame.language]
    head = Block(((Piece(f"🗓 {words.agenda.format(day=frame.day(agenda.day))}", bold=True),),))
    left = len(agenda.planned) - MOST_PLANNED
    more = (Block(((Piece(words.more.format(n=left)),),)),) if left > 0 else ()
    return (head, *_by_day(agenda.planned[:MOST_PLANNED], frame), *more, *_passed(agenda.passed, frame))


def _by_day(planned: Iterable[Alert], frame: Frame) -> Iterator[Block]:
    for days, alerts in groupby(planned, key=planned_days):
        title = (Piece(f"📅 {frame.days_of(*days)}" if days else "📅", bold=True),)
        yield Block((title, *((Piece("• "), *_line(each, frame, day=False)) for each in alerts)))


def _passed(passed: Sequence[Alert], frame: Frame) -> Iterator[Block]:
    if passed:
        title = (Piece(f"❔ {WORDS[frame.language].passed}:", bold=True),)
        yield Block(
            (
                title,
                *((Piece("• "), *_line(each, frame)) for each in passed),
            ),
            apart=True,
        )


def _entry(entry: Entry, frame: Frame) -> Iterator[Block]:
    words = WORDS[frame.language]
    label = {
        AlertKind.UPDATE: words.update,
        AlertKind.STATUS_CHANGE: words.change,
        AlertKind.CORRECTION: words.correction,
    }.get(entry.kind)
    what = (Piece(f" · {label}"),) if label else ()
    yield Block(((Piece(f"{MARKS.get(entry.kind, '•')} "), *_line(entry.alert, frame), *what),))
    if label and (news := list(_news(entry, frame))):
        yield Block(((Piece(f"• {' · '.join(news)}"),),), drop=1)


def _news(entry: Entry, frame: Frame) -> Iterator[str]:
    """Yield what an update or a correction brings: the new facts, of many the first, and what else is said."""
    facts = new_facts(entry.alert, entry.fresh)
    yield from (called(fact.names, frame, 80) for fact in facts[:MOST_FACTS])
    if len(facts) > MOST_FACTS:
        yield f"+{len(facts) - MOST_FACTS}"
    yield from said(entry.alert, entry.fresh, frame)


def _line(alert: Alert, frame: Frame, *, day: bool = True) -> Line:
    """Return a story in one line: who, what, its status, where, when, and where to read it."""
    link = next((url for source in reversed(alert.sources) if (url := safe_link(source.url))), None)
    return (
        *_who(alert.kz, frame),
        Piece(" – "),
        *_who(alert.counterpart, frame),
        Piece(f": {frame.forms[alert.form]}{frame.comma} "),
        Piece(status_word(alert.status, alert.status_detail, frame), bold=True),
        *_where_and_when(alert, frame, day=day),
        Piece(" · "),
        Piece(f"#{short_id(alert.story)}", link=link),
    )


def _who(actor: Actor, frame: Frame) -> Line:
    return (Piece(f"{flag(actor.country)} "), Piece(_in(actor.names or actor.office_names, frame), bold=True))


def _where_and_when(alert: Alert, frame: Frame, *, day: bool) -> Iterator[Piece]:
    if alert.place and alert.place.names:
        yield Piece(f" · {_in(alert.place.names, frame)}")
    when = alert.new_date or alert.date
    if day and when:
        label = "" if alert.status is not Status.CANCELLED else frame.new_date if alert.new_date else frame.had_been
        yield Piece(f" · {label}{': ' if label else ''}{frame.days_of(when.start, when.end)}")


def _in(names: Names, frame: Frame) -> str:
    return isolate(clean(getattr(names, frame.language) or names.en, 80), frame.direction)
