"""Pure: what a message adds to what its reader was told: the line that leads it, and the facts.

fresh claims -> was, is, who says | no longer said | both sides, another language ;  facts by state, new ones marked
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from alerts.citing import outlet_of
from alerts.frames import Frame
from alerts.markup import Block, Line, Piece
from alerts.naming import called, flag, status_word
from alerts.telling import Telling
from wire.records import Alert, AlertKind, Claim, Dispute, Fact, FactKind, FactState, Priority, Status, StatusChange

KIND_MARKS = {
    AlertKind.FIRST: "🆕",
    AlertKind.UPDATE: "➕",
    AlertKind.STATUS_CHANGE: "🔁",
    AlertKind.CORRECTION: "✏️",
    AlertKind.UNKNOWN: "•",
}
_LOUD = {Priority.FLASH: "⚡ ", Priority.URGENT: "❗ "}
_STATE_MARKS = {FactState.DONE: "✔", FactState.TO_BE_DONE: "⏳", FactState.PROPOSED: "💬", FactState.BACKGROUND: "▫"}
_STATE_ORDER = (FactState.DONE, FactState.TO_BE_DONE, FactState.PROPOSED, FactState.UNKNOWN, FactState.BACKGROUND)
FACTS_SHOWN = 8
ONE_LINE = 90
"""Letters up to which the facts of one state stand in one line."""


def change(alert: Alert, telling: Telling) -> Iterator[Line]:
    """Yield the line that says what is new, when the message is not the first."""
    if telling.kind is AlertKind.FIRST:
        return
    frame, mark = telling.frame, KIND_MARKS[telling.kind]
    if telling.kind is AlertKind.STATUS_CHANGE:
        changed = Piece(_changed(alert, frame), bold=True)
        yield (Piece(f"{mark} {what(alert, frame)}"), changed, *_by_whom(alert, frame))
        return
    label, news = f"{mark} {frame.kinds[telling.kind]}", " · ".join(said(alert, telling.fresh, frame))
    yield (Piece(f"{label}: {news}" if news else label, bold=True),)


def what(alert: Alert, frame: Frame) -> str:
    """Return how loud it is, whose meeting and of which form; its status follows."""
    countries = f"{frame.kazakhstan} – {called(alert.partner.names, frame)}"
    return f"{_LOUD.get(alert.priority, '')}{countries}: {frame.forms[alert.form]}{frame.comma} "


def _changed(alert: Alert, frame: Frame) -> str:
    now, was = status_word(alert.status, alert.status_detail, frame), _before(alert)
    return frame.change.format(was=status_word(was.status, was.detail, frame), now=now) if was else now


def said(alert: Alert, new: frozenset[str], frame: Frame) -> Iterator[str]:
    """Yield what claims that are new say beside facts: what is no longer said, both sides, another language."""
    fresh = [claim for claim in alert.claims if claim.id in new]
    yield from (words for claim in fresh if (words := _no_longer(claim, frame)))
    if any(claim.kind == "confirmation" for claim in fresh):
        yield frame.both_sides
    languages = [frame.languages[claim.value] for claim in fresh if claim.value in frame.languages]
    if languages:
        yield frame.also_in.format(language=f"{frame.comma} ".join(languages))


def _before(alert: Alert) -> StatusChange | None:
    """Return the last step of its history that had another status than the present one."""
    earlier = [change for change in alert.status_history if change.status is not alert.status]
    return earlier[-1] if earlier else None


def _by_whom(alert: Alert, frame: Frame) -> Iterator[Piece]:
    article = alert.status_history[-1].source if alert.status_history else ""
    if outlet := outlet_of(alert, article, frame):
        yield Piece(f" · {frame.said_by.format(who=outlet)}")


def _no_longer(claim: Claim, frame: Frame) -> str:
    """Return what a correction takes back, in words."""
    if claim.kind == "withdrawn":
        return frame.withdrawn
    if claim.kind != "correction":
        return ""
    what, _, value = claim.value.partition(" ")
    if what == "withdrawn":
        return frame.told_again
    thing = frame.things.get(what, "")
    shown = _value(what, value, frame)
    taken = f"{thing} ({shown})" if thing and shown else thing or shown
    return frame.no_longer.format(what=taken) if taken else ""


def _value(what: str, value: str, frame: Frame) -> str:
    """Return a claim's value as a reader knows it, or nothing."""
    try:
        return _READ[what](value, frame) if what in _READ else ""
    except ValueError:
        return ""


def _days(value: str, frame: Frame) -> str:
    start, _, end = value.partition("/")
    return frame.days_of(date.fromisoformat(start), date.fromisoformat(end or start))


def _status(value: str, frame: Frame) -> str:
    return frame.statuses[Status(value.partition(" ")[0])]


def _place(value: str, frame: Frame) -> str:
    """Return a place of which only the id is known: that is near its English name, and nobody else's."""
    country, _, city = value.partition("/")
    spelled = city.replace("-", " ").title() if frame.language == "en" else ""
    return " ".join(filter(None, (flag(country), spelled)))


_READ: dict[str, Callable[[str, Frame], str]] = {"date": _days, "status": _status, "place": _place}


def dispute(each: Dispute, alert: Alert, frame: Frame) -> Line:
    """Return on what sources differ, and the values."""
    known = {fact.value: fact.names for fact in alert.facts}
    known |= {value: names for value, names in zip(each.values, each.names, strict=False) if names}
    values = [
        called(known[value], frame, 80) if value in known else _value(each.what, value, frame) for value in each.values
    ]
    thing = f"{frame.things[each.what]}: " if each.what in frame.things else ""
    return (Piece(f"⚠ {frame.disputed}: {thing}{' / '.join(filter(None, values[:4])) or '?'}"),)


def facts_told(alert: Alert, telling: Telling) -> tuple[Fact, ...]:
    """Return the facts that belong into this message: all at first, then the new ones."""
    return _facts(alert) if telling.whole else new_facts(alert, telling.fresh)


def new_facts(alert: Alert, new: frozenset[str]) -> tuple[Fact, ...]:
    """Return the facts that the receiver has not been told."""
    return tuple(fact for fact in _facts(alert) if is_new(fact, alert, new))


def _facts(alert: Alert) -> tuple[Fact, ...]:
    """Return the facts of an alert: none of a plan called off."""
    off = alert.status is Status.CANCELLED
    return tuple(fact for fact in alert.facts if not off or fact.state is FactState.DONE)


def is_new(fact: Fact, alert: Alert, new: frozenset[str]) -> bool:
    """Return whether the receiver has not been told the fact."""
    value = f"{fact.kind.value} {fact.value} {fact.state.value}"
    return any(claim.kind == "fact" and claim.value == value and claim.id in new for claim in alert.claims)


def fact_blocks(facts: Sequence[Fact], alert: Alert, telling: Telling) -> Iterator[Block]:
    """Yield what was on the table, then one block for each state of facts, what is done first."""
    marks = telling.replaces  # where only what is new stands, all is
    topics = [fact for fact in facts if _on_the_table(fact)]
    if topics:
        names = dict.fromkeys(called(each.names, telling.frame, 80) for each in topics[:FACTS_SHOWN])
        yield Block(((Piece(f"🗂 {telling.frame.topics}:", bold=True), Piece(f" {' · '.join(names)}")),), drop=4)
    for state in _STATE_ORDER:
        here = [fact for fact in facts if fact.state is state and not _on_the_table(fact)]
        if not here:
            continue
        head = Piece(f"{_STATE_MARKS.get(state, '▪')} {telling.frame.states[state]}:", bold=True)
        lines = [
            _fact(each, telling.frame, new=marks and is_new(each, alert, telling.fresh)) for each in here[:FACTS_SHOWN]
        ]
        if len(here) > len(lines):
            lines.append((Piece(f"+{len(here) - len(lines)}"),))
        yield _listed(head, lines)._replace(drop=4 if state is FactState.BACKGROUND else 3)


def _on_the_table(fact: Fact) -> bool:
    """Return whether it is what they spoke of: a topic of done talks is not done."""
    return fact.kind is FactKind.TOPIC and fact.state is not FactState.BACKGROUND


def _fact(fact: Fact, frame: Frame, *, new: bool) -> Line:
    who = f" ({frame.said_by.format(who=flag(fact.said_by))})" if fact.said_by else ""
    mark = (Piece(f"{frame.new} ", bold=True),) if new else ()
    return (*mark, Piece(f"{called(fact.names, frame, 240)}{who}"))


def _listed(head: Piece, lines: Sequence[Line]) -> Block:
    """Return few short facts in one line, more of them one below the other."""
    if sum(len(piece.text) for line in lines for piece in line) <= ONE_LINE:
        pieces = [piece for line in lines for piece in (Piece(" · "), *line)]
        return Block(((head, Piece(" "), *pieces[1:]),))
    return Block(((head,), *((Piece("• "), *line) for line in lines)), heads=1)
