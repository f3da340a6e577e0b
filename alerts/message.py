"""Pure: Alert or Notice -> the blocks of a message, in the words of a desk's frame.

first:  who | what, status | where, when | facts by state | evidence | sources | rules | seconds
later:  who | what is new | new facts | what it is about, where, when | evidence of the new | sources counted | seconds
"""

from collections.abc import Iterator
from datetime import date, datetime

from alerts.citing import by_language, cited, counted
from alerts.evidence import quotes
from alerts.frames import Frame
from alerts.markup import Block, Line, Piece, clean, isolate
from alerts.naming import actor, called, flag, foreign, short_id, status_word
from alerts.telling import Telling
from alerts.whats_new import change, dispute, fact_blocks, facts_told, what
from wire.records import Alert, AlertKind, EventDate, Notice, Priority, Status, StatusDetail

RULES_SHOWN = 1


def alert_blocks(alert: Alert, telling: Telling) -> tuple[Block, ...]:
    """Return the message of an alert: who, then what is new to its reader."""
    facts = facts_told(alert, telling)
    said = quotes(alert, facts, 1 if telling.brief else 2, newest=telling.brief)
    one = len(alert.sources) + alert.more_sources == 1 and bool(said)  # its outlet signs the quote
    return (
        Block((_who(alert, telling),)),
        Block(tuple(change(alert, telling))),
        *(fact_blocks(facts, alert, telling) if telling.brief else ()),
        Block(tuple(_what_where_when(alert, telling))),
        *(() if telling.brief else fact_blocks(facts, alert, telling)),
        *cited(alert, said, telling.frame),
        Block(() if one else tuple(_sources(alert, telling)), drop=2),
        Block(tuple(_rules(alert, telling)), drop=5),
        Block((_foot(alert, telling),)),
    )


def notice_blocks(notice: Notice, frame: Frame) -> tuple[Block, ...]:
    """Return the message of a notice to operators."""
    mark = "✅" if notice.state.value == "resolved" else "🔧"
    said = Piece(isolate(clean(f"{notice.source}: {notice.subject}", 200), frame.direction), bold=True)
    head = (Piece(f"{mark} {frame.notice}: "), said, Piece(f" – {frame.notices[notice.state]}"))
    details = tuple((Piece(f"• {isolate(clean(detail, 300), frame.direction)}"),) for detail in notice.details[:20])
    return (
        Block((head,)),
        Block(((Piece(isolate(clean(notice.text, 1000), frame.direction)),),)),
        Block(details, drop=1),
    )


def _who(alert: Alert, telling: Telling) -> Line:
    office = not telling.brief
    theirs = actor(alert.counterpart, telling.frame, office=office)
    return (*actor(alert.kz, telling.frame, office=office), Piece(" – "), *theirs)


def _what_where_when(alert: Alert, telling: Telling) -> Iterator[Line]:
    """Yield what it is, where and when: in one line for who has read it before, unless a date or a place is new."""
    frame = telling.frame
    fresh = {claim.kind for claim in alert.claims if claim.id in telling.fresh}
    if telling.brief and fresh.isdisjoint(("date", "place")):
        where = called(alert.place.names, frame) if alert.place and alert.place.names else ""
        when = _due(alert.date, alert, telling) if alert.date else ""
        yield (*_what(alert, telling), *(Piece(f" · {each}") for each in (where, when) if each))
    else:
        if telling.kind is not AlertKind.STATUS_CHANGE:
            yield _what(alert, telling)
        yield from _where_and_when(alert, telling)
    if alert.new_date:
        new = _days(alert.new_date.start, alert.new_date.end, telling)
        yield (Piece(f"📅 {frame.new_date}: {new}", bold=True),)
    elif alert.status_detail is StatusDetail.POSTPONED and alert.date:
        yield (Piece(f"📅 {frame.new_date}: {frame.date_from['not-told']}"),)
    for each in alert.disputes[:2]:
        yield dispute(each, alert, frame)


def _what(alert: Alert, telling: Telling) -> Line:
    frame = telling.frame
    said = status_word(alert.status, alert.status_detail, frame)
    if telling.brief:
        return (Piece(f"{frame.forms[alert.form]}{frame.comma} {said}"),)
    return (Piece(what(alert, frame)), Piece(said, bold=True))


def _where_and_when(alert: Alert, telling: Telling) -> Iterator[Line]:
    frame = telling.frame
    if alert.place and alert.place.names:
        mark = f"{flag(alert.place.country)} " if alert.place.country else ""
        yield (Piece(f"📍 {mark}{called(alert.place.names, frame)}"),)
    if alert.date:
        known = _known_by(alert.date.reason.code, alert.date.reason.text, frame)
        yield (Piece(f"📅 {_due(alert.date, alert, telling)}{known}"),)
    elif alert.date_unknown:
        yield (Piece(f"📅 {frame.date_unknown}{_known_by(alert.date_unknown.code, alert.date_unknown.text, frame)}"),)
    else:
        yield (Piece(f"📅 {frame.date_unknown}"),)


def _due(day: EventDate, alert: Alert, telling: Telling) -> str:
    """Return the day, and of what was called off that it had been planned for it: a bare day would be news."""
    days = _days(day.start, day.end, telling)
    return f"{telling.frame.had_been}: {days}" if alert.status is Status.CANCELLED else days


def _days(start: date, end: date, telling: Telling) -> str:
    return telling.frame.when(start, end, telling.now.astimezone(telling.zone).date())


def _known_by(code: str, text: str, frame: Frame) -> str:
    """Return how a date is known: in the frame's words, or in the recogniser's where they are English anyway."""
    words = frame.date_from.get(code) or (clean(text, 120) if frame.language == "en" else "")
    return f" ({words})" if words else ""


def _sources(alert: Alert, telling: Telling) -> Iterator[Line]:
    yield counted(alert, telling.frame)
    if not telling.brief:
        yield from by_language(alert, telling.frame)


def _rules(alert: Alert, telling: Telling) -> Iterator[Line]:
    """Yield why the desk got it, once; the loudest rules say most."""
    if not telling.whole or not alert.rules:
        return
    loudness = list(Priority)
    hits = sorted(alert.rules, key=lambda hit: loudness.index(hit.priority))
    titles = " · ".join(foreign(hit.title, telling.frame, 100) for hit in hits[:RULES_SHOWN])
    more = f" +{len(hits) - RULES_SHOWN}" if len(hits) > RULES_SHOWN else ""
    yield (Piece(f"🔎 {titles}{more}"),)


def _foot(alert: Alert, telling: Telling) -> Line:
    frame, times = telling.frame, alert.times
    published = frame.publication_unknown
    if times.published:
        clock = f"{times.published.astimezone(telling.zone):%H:%M}"
        published = frame.published.format(clock=clock, span=_since(times.published, telling))
    seen = frame.seen.format(span=_since(times.seen, telling))
    name = isolate(f"#{short_id(alert.story)}", frame.direction)
    return (Piece(f"⏱ {' · '.join((name, published, seen))}"),)


def _since(moment: datetime, telling: Telling) -> str:
    return telling.frame.span((telling.now - moment).total_seconds())
