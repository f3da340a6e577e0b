"""Pure: Alert or Notice -> the blocks of a message, in the words of a desk's frame.

who | what, status, was -> is | where, when | facts by state | evidence | sources | rules | seconds
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from alerts.evidence import quotes
from alerts.frames import Frame
from alerts.markup import ELLIPSIS, Block, Line, Piece, clean, isolate, safe_link
from wire.records import Actor, Alert, AlertKind, Fact, FactKind, FactState, Names, Notice, Priority, Source, Status

_LOUD = {Priority.FLASH: "⚡ ", Priority.URGENT: "❗ "}
_KIND_MARKS = {
    AlertKind.FIRST: "🆕",
    AlertKind.UPDATE: "➕",
    AlertKind.STATUS_CHANGE: "🔁",
    AlertKind.CORRECTION: "✏️",
    AlertKind.UNKNOWN: "•",
}
_STATE_MARKS = {FactState.DONE: "✔", FactState.TO_BE_DONE: "⏳", FactState.PROPOSED: "💬", FactState.BACKGROUND: "▫"}
_STATE_ORDER = (FactState.DONE, FactState.TO_BE_DONE, FactState.PROPOSED, FactState.UNKNOWN, FactState.BACKGROUND)
OUTLETS_SHOWN = 8
QUOTE_LENGTH = 500


class Telling(NamedTuple):
    """How an alert is told to one receiver, now."""

    kind: AlertKind
    fresh: frozenset[str]  # ids of the claims that are new to it
    frame: Frame
    zone: ZoneInfo
    now: datetime


def alert_blocks(alert: Alert, telling: Telling) -> tuple[Block, ...]:
    """Return the message of an alert, most important first."""
    return (
        Block((_who(alert, telling.frame),)),
        Block((_what(alert, telling.frame), *_change(alert, telling))),
        Block(tuple(_where_and_when(alert, telling.frame))),
        *_facts(alert, telling),
        *_evidence(alert, telling.frame),
        Block(tuple(_sources(alert, telling.frame)), drop=2, apart=True),
        Block(tuple(_rules(alert, telling.frame)), drop=5),
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


def short_id(story: str) -> str:
    """Return a few letters by which people speak of a story."""
    return story.partition("-")[2][:6] or story[:6]


def flag(country: str) -> str:
    """Return the flag of a country code; EU has one too."""
    if len(country) != 2 or not (country.isascii() and country.isalpha()):
        return "🏳"
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in country.upper())


def _in(names: Names, frame: Frame, most: int = 160) -> str:
    return isolate(clean(getattr(names, frame.language) or names.en, most), frame.direction)


def _who(alert: Alert, frame: Frame) -> Line:
    return (*_actor(alert.kz, frame), Piece(" – "), *_actor(alert.counterpart, frame))


def _actor(actor: Actor, frame: Frame) -> Line:
    office = _in(actor.office_names, frame)
    if actor.names is None:
        return (Piece(f"{flag(actor.country)} "), Piece(office, bold=True))
    return (Piece(f"{flag(actor.country)} "), Piece(_in(actor.names, frame), bold=True), Piece(f" ({office})"))


def _what(alert: Alert, frame: Frame) -> Line:
    countries = f"{_LOUD.get(alert.priority, '')}{frame.kazakhstan} – {_in(alert.partner.names, frame)}"
    return (Piece(f"{countries}: {frame.forms[alert.form]}{frame.comma} "), Piece(_status(alert, frame), bold=True))


def _status(alert: Alert, frame: Frame) -> str:
    word = frame.statuses[alert.status]
    return f"{word} ({frame.details[alert.status_detail]})" if alert.status_detail else word


def _change(alert: Alert, telling: Telling) -> Iterator[Line]:
    """Yield the line that says what this message is, when it is not the first: was, is, who says so."""
    if telling.kind is AlertKind.FIRST:
        return
    frame = telling.frame
    label = f"{_KIND_MARKS[telling.kind]} {frame.kinds[telling.kind]}"
    was = _before(alert)
    if telling.kind is not AlertKind.STATUS_CHANGE or was is None:
        yield (Piece(label, bold=True),)
        return
    change = frame.change.format(was=frame.statuses[was], now=_status(alert, frame))
    outlet = {source.article: source.outlet for source in alert.sources}.get(alert.status_history[-1].source)
    said = f" · {frame.said_by.format(who=isolate(clean(outlet, 80), frame.direction))}" if outlet else ""
    yield (Piece(f"{label}: ", bold=True), Piece(change, bold=True), Piece(said))


def _before(alert: Alert) -> Status | None:
    """Return the status that the story had before its present one."""
    earlier = [change.status for change in alert.status_history if change.status is not alert.status]
    return earlier[-1] if earlier else None


def _where_and_when(alert: Alert, frame: Frame) -> Iterator[Line]:
    if alert.place and alert.place.names:
        mark = flag(alert.place.country) if alert.place.country else "📍"
        yield (Piece(f"📍 {frame.where}: {mark} {_in(alert.place.names, frame)}"),)
    if alert.date:
        known = _known_by(alert.date.reason.code, alert.date.reason.text, frame)
        yield (Piece(f"📅 {frame.when}: {frame.days_of(alert.date.start, alert.date.end)}{known}"),)
    else:
        code, text = (alert.date_unknown.code, alert.date_unknown.text) if alert.date_unknown else ("", "")
        yield (Piece(f"📅 {frame.when}: {frame.date_unknown}{_known_by(code, text, frame)}"),)
    if alert.new_date:
        yield (Piece(f"📅 {frame.new_date}: {frame.days_of(alert.new_date.start, alert.new_date.end)}", bold=True),)
    for dispute in alert.disputes[:3]:
        values = isolate(clean(f"{dispute.what}: {' / '.join(dispute.values)}", 200), frame.direction)
        yield (Piece(f"⚠ {frame.disputed}: {values}"),)


def _known_by(code: str, text: str, frame: Frame) -> str:
    """Return how a date is known: in the frame's words, or in the recogniser's where they are English anyway."""
    words = frame.date_from.get(code) or (clean(text, 120) if frame.language == "en" else "")
    return f" ({words})" if words else ""


def _facts(alert: Alert, telling: Telling) -> Iterator[Block]:
    """Yield one block for each state of facts, what is done first."""
    new = {claim.value for claim in alert.claims if claim.kind == "fact" and claim.id in telling.fresh}
    told = telling.kind is not AlertKind.FIRST
    for state in _STATE_ORDER:
        facts = [fact for fact in alert.facts if fact.state is state]
        if not facts:
            continue
        head = (Piece(f"{_STATE_MARKS.get(state, '▪')} {telling.frame.states[state]}:", bold=True),)
        lines = [_fact(fact, telling.frame, new=told and _claimed(fact) in new) for fact in facts[:12]]
        if len(facts) > len(lines):
            lines.append((Piece(f"• +{len(facts) - len(lines)}"),))
        yield Block((head, *lines), drop=4 if state is FactState.BACKGROUND else 3, heads=1)


def _claimed(fact: Fact) -> str:
    """Return the value of the claim that tells the fact."""
    return f"{fact.kind.value} {fact.value} {fact.state.value}"


def _fact(fact: Fact, frame: Frame, *, new: bool) -> Line:
    kind = "" if fact.kind in (FactKind.UNKNOWN, FactKind.TOPIC) else f"{frame.facts[fact.kind]}: "
    who = f" ({frame.said_by.format(who=flag(fact.said_by))})" if fact.said_by else ""
    mark = (Piece(f"{frame.new} ", bold=True),) if new else ()
    return (Piece("• "), *mark, Piece(f"{kind}{_in(fact.names, frame, 240)}{who}"))


def _evidence(alert: Alert, frame: Frame) -> Iterator[Block]:
    """Yield the words that prove it, as they stand in the article, and whose they are."""
    by_article = {source.article: source for source in alert.sources}
    for i, quote in enumerate(quotes(alert)):
        lines: list[Line] = [tuple(_quoted(quote.parts))]
        if source := by_article.get(quote.article):
            by = isolate(clean(source.outlet, 80), frame.direction)
            lines.append((Piece(f"— {by}"),))
        yield Block(tuple(lines), drop=6 if i else 1, quote=True)


def _quoted(parts: tuple[tuple[str, bool], ...]) -> Iterator[Piece]:
    """Yield a quote's parts with single spaces between them, QUOTE_LENGTH letters at most."""
    left = QUOTE_LENGTH
    for text, bold in parts:
        body = clean(text, min(len(text), left)) if left > 1 else ""
        before, after = text[:1].isspace(), text[-1:].isspace() and bool(body)
        yield Piece(" " if before else "")
        yield Piece(body, bold=bold and bool(body))
        yield Piece(" " if after else "")
        left -= len(body)
        if left <= 1 or body.endswith(ELLIPSIS):
            return


def _sources(alert: Alert, frame: Frame) -> Iterator[Line]:
    independent = f" ({frame.independent.format(n=alert.origins)})"
    yield (Piece(f"📰 {frame.sources}: {len(alert.sources)}{independent}", bold=True),)
    ordered = sorted(alert.sources, key=lambda source: (source.language, source.published or source.seen))
    for language, group in groupby(ordered, key=lambda source: source.language):
        sources = list(group)
        name = frame.languages.get(language, language or "?")
        pieces = [Piece(f"{name}: ")]
        for i, source in enumerate(sources[:OUTLETS_SHOWN]):
            pieces += [Piece(" · ")] if i else []
            pieces.append(Piece(_outlet(source, frame), link=safe_link(source.url)))
        if len(sources) > OUTLETS_SHOWN:
            pieces.append(Piece(f" +{len(sources) - OUTLETS_SHOWN}"))
        yield tuple(pieces)


def _outlet(source: Source, frame: Frame) -> str:
    credits = f" ({clean(source.credits, 40)})" if source.credits and source.credits != source.outlet else ""
    return isolate(clean(source.outlet, 60) + credits, frame.direction)


def _rules(alert: Alert, frame: Frame) -> Iterator[Line]:
    titles = "; ".join(isolate(clean(hit.title, 100), frame.direction) for hit in alert.rules[:8])
    if titles:
        yield (Piece(f"🔎 {frame.rules}: {titles}"),)


def _foot(alert: Alert, telling: Telling) -> Line:
    frame, times = telling.frame, alert.times
    parts = [
        f"#{short_id(alert.story)}",
        frame.seen.format(span=frame.span((telling.now - times.seen).total_seconds())),
    ]
    if times.published is None:
        parts.insert(1, frame.publication_unknown)
    else:
        clock = times.published.astimezone(telling.zone)
        span = frame.span((telling.now - times.published).total_seconds())
        parts[1:1] = [f"{clock:%H:%M}", frame.published.format(span=span)]
    return (Piece(f"⏱ {' · '.join(parts)}"),)
