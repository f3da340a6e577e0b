"""What a story asserts, claim by claim, with ids that are equal for equal claims of one story.

story + its tellings -> event, status, date, place, facts, confirmation, languages (each with the earliest that says so)
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import count

from streams.stories.origins import side
from streams.stories.statuses import TELLING, Run, runs
from streams.stories.tellings import Telling
from streams.stories.where import date_value, place_value
from wire import ids
from wire.records import Actor, Claim, FactKind, FactState, StatusDetail, Story

CORRECTABLE = ("event", "status", "date", "place")
"""Kinds whose claim, once told, is corrected when nobody says so any more."""
CORRECTION, WITHDRAWN = "correction", "withdrawn"


def claims_of(story: Story, group: Sequence[Telling]) -> tuple[Claim, ...]:
    """Return everything that the story asserts now."""
    found = (
        _event(story, group),
        _status(runs(group)[-1]),
        _date(story, group),
        _place(story, group),
        *_facts(story, group),
        _confirmation(story, group),
        *_languages(group),
    )
    return tuple(claim for claim in found if claim)


def claim(kind: str, text: str, at: datetime, *value: str, rings: bool = False) -> Claim:
    """Return a claim; its id is made of its kind and value alone."""
    id = ids.make(ids.CLAIM, kind, *value)
    return Claim(id=id, kind=kind, text=text, at=at, value=" ".join(filter(None, value)), rings=rings)


def _event(story: Story, group: Sequence[Telling]) -> Claim:
    who = f"{_title(story.kz)} and {_title(story.counterpart)}: {story.form.value}"
    roles = f"{story.kz.office}/{story.counterpart.office}"
    return claim("event", who, group[0].at, roles, group[0].meeting.mode, rings=True)


def _title(actor: Actor) -> str:
    name = actor.names or actor.office_names
    return f"{name.en} ({actor.country})"


def _status(run: Run) -> Claim:
    detail = run.detail if run.detail in TELLING else None
    new_date = date_value(run.new_date) if run.new_date else ""
    number = str(run.number) if run.number > 1 else ""
    said = [each for each in run.said if not run.new_date or each.meeting.new_date == run.new_date] or run.said
    words = [run.status.value, *([detail.value] if detail else []), *([f"to {new_date}"] if new_date else [])]
    # "Put off" without a day is no more than "called off": two outlets' words for it are one claim.
    word = "" if detail in (None, StatusDetail.POSTPONED) else detail.value
    value = (run.status.value, number, word, new_date)
    return claim("status", f"status: {', '.join(words)}", said[0].at, *value, rings=True)


def _date(story: Story, group: Sequence[Telling]) -> Claim | None:
    if story.date is None:
        return None
    value = date_value(story.date)
    said = (each.at for each in group if each.meeting.date and date_value(each.meeting.date) == value)
    return claim("date", f"date: {value}", next(said), value)


def _place(story: Story, group: Sequence[Telling]) -> Claim | None:
    if story.place is None:
        return None
    value = place_value(story.place)
    said = (each.at for each in group if each.meeting.place and place_value(each.meeting.place) == value)
    return claim("place", f"place: {story.place.names.en if story.place.names else value}", next(said), value)


def _facts(story: Story, group: Sequence[Telling]) -> Iterator[Claim]:
    """Yield what came of it; topics are no news, nor is what is no more to be done because it was called off."""
    first: dict[tuple[str, str, str], datetime] = {}
    known: dict[tuple[str, str], datetime] = {}
    for each in group:
        for fact in each.meeting.facts:
            known.setdefault((fact.kind.value, fact.value), each.at)
            first.setdefault((fact.kind.value, fact.value, fact.state.value), each.at)
    for fact in story.facts:
        value = fact.kind.value, fact.value, fact.state.value
        if fact.kind is FactKind.TOPIC or (fact.state is FactState.BACKGROUND and value not in first):
            continue
        yield claim(
            "fact",
            f"{fact.kind.value}: {fact.names.en} ({fact.state.value})",
            first.get(value, known[value[:2]]),
            *value,
        )


def _confirmation(story: Story, group: Sequence[Telling]) -> Claim | None:
    """Return the claim that both sides tell of it, since the second of them does."""
    sides: dict[str, datetime] = {}
    for each in group:
        speaks = side(each.source)
        if speaks in (story.kz.country, story.partner.code):
            sides.setdefault(speaks, each.at)
    if len(sides) < 2:
        return None
    both = sorted(sides)
    return claim("confirmation", f"told by both sides: {', '.join(both)}", max(sides.values()), *both)


def _languages(group: Sequence[Telling]) -> Iterator[Claim]:
    first: dict[str, datetime] = {}
    for each in group:
        first.setdefault(each.source.language, each.at)
    for language, at in first.items():
        if language:
            yield claim("language", f"told in {language}", at, language)


def unsaid(claims: Iterable[Claim], group: Sequence[Telling]) -> list[Claim]:
    """Return those that no telling says any more: outvoted is not unsaid."""
    said = {(kind, value) for each in group for kind, value in _said(each)}
    return [claim for claim in claims if claim.kind in CORRECTABLE and not _still(claim, said)]


def _said(each: Telling) -> Iterator[tuple[str, str]]:
    meeting = each.meeting
    yield "mode", meeting.mode
    yield "ours", meeting.kz.office
    yield "theirs", meeting.counterpart.office
    yield "status", meeting.status.value
    if meeting.date:
        yield "date", date_value(meeting.date)
    if meeting.new_date:
        yield "new date", date_value(meeting.new_date)
    if meeting.place:
        yield "place", place_value(meeting.place)
        yield "place", meeting.place.country or ""


def _still(claim: Claim, said: set[tuple[str, str]]) -> bool:
    if claim.kind == "event":
        roles, _, mode = claim.value.rpartition(" ")
        ours, _, theirs = roles.partition("/")
        return {("mode", mode), ("ours", ours), ("theirs", theirs)} <= said
    if claim.kind != "status":
        return (claim.kind, claim.value) in said
    status, *more = claim.value.split(" ")
    new_date = more[-1] if more and more[-1][:1].isdigit() and "-" in more[-1] else ""
    return ("status", status) in said and (not new_date or ("new date", new_date) in said)


def corrections(unsaid: Iterable[Claim], told: Collection[str], now: datetime) -> tuple[Claim, ...]:
    """Return the claims that these no longer stand; numbered, since what came back can fall again."""
    return tuple(
        _numbered(CORRECTION, f"no longer said: {each.text}", now, told, f"{each.kind} {each.value}") for each in unsaid
    )


def reinstatement(told: Collection[str], now: datetime) -> Claim:
    """Return the claim that a withdrawn story is told again."""
    return _numbered(CORRECTION, "told again after it was withdrawn", now, told, WITHDRAWN)


def withdrawal(told: Collection[str], now: datetime) -> Claim:
    """Return the claim that no article tells the story any more."""
    return _numbered(WITHDRAWN, "withdrawn: no article says so any more", now, told, WITHDRAWN)


def _numbered(kind: str, text: str, now: datetime, told: Collection[str], value: str) -> Claim:
    """Return the first such claim that was not told yet."""
    numbered = (ids.make(ids.CLAIM, kind, value, str(number)) for number in count(1))
    id = next(id for id in numbered if id not in told)
    return Claim(id=id, kind=kind, text=text, at=now, value=value, rings=True)
