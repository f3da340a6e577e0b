"""A group of tellings -> the whole state of one story, before its claims are told.

form, status, actors, place, date, facts: each by its own rule -> Story, cut to what a topic takes
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from streams.stories import facts, statuses, where
from streams.stories.origins import origin, side
from streams.stories.statuses import Run
from streams.stories.tellings import Telling
from streams.stories.votes import prevailing, votes
from wire.records import (
    Actor,
    Evidence,
    Form,
    Origin,
    Place,
    Resolution,
    RuleHit,
    Source,
    Status,
    StatusChange,
    Story,
    StoryState,
    encode,
)

FULL_EVIDENCE = 20
"""Articles whose evidence is kept in full: the newest of those that say the present status."""
MOST_SOURCES = 200
MOST_CHANGES = 20
MOST_REASONS = 8
MOST_BYTES = 600_000
"""A story is also an alert and, with its tellings, a table row: each must fit a topic of 1 MB."""
RESOLVED = {
    Resolution.NAMED: 0,
    Resolution.OFFICE: 1,
    Resolution.INTRODUCED: 2,
    Resolution.UNKNOWN: 3,
}
LOUDEST_ORIGIN = (Origin.LIVE, Origin.REPLAY, Origin.BACKLOG)


def merge(group: Sequence[Telling], id: str, now: datetime) -> Story:
    """Return the story that the group tells, as its first revision and without claims."""
    runs = statuses.runs(group)
    place, places = where.place_of(group)
    date, date_unknown, dates = where.date_of(group, runs[-1])
    latest = max(group, key=lambda each: (each.report.recognised, each.article))
    sources = tuple({each.article: each.source for each in group}.values())
    meeting = _principals(group)
    return Story(
        id=id,
        revision=1,
        state=StoryState.OPEN,
        claims=(),
        updated=now,
        partner=latest.report.partner,
        kz=_actor([each.meeting.kz for each in meeting]),
        counterpart=_actor([each.meeting.counterpart for each in meeting]),
        form=_form(group),
        status=runs[-1].status,
        status_detail=runs[-1].detail,
        status_history=tuple(_change(run) for run in runs[-MOST_CHANGES:]),
        new_date=runs[-1].new_date,
        place=place,
        date=date,
        date_unknown=date_unknown,
        facts=facts.merged(group, called_off=_called_off(runs[-1])),
        disputes=(*dates, *places, *facts.disputed(group)),
        evidence=_evidence(group, runs[-1]),
        sources=_ends(sources, MOST_SOURCES),
        more_sources=max(0, len(sources) - MOST_SOURCES),
        origins=len({origin(each.source) for each in group}),
        rules=rules_of(group),
        rule_set=latest.report.rule_set,
        codes=_codes(group, _form(group), place),
        origin=_origin(group),
    )


def _form(group: Sequence[Telling]) -> Form:
    """Return the form: talks that were held outweigh the visit they were part of; else what most say."""
    if any(each.meeting.form is Form.MEETING and each.meeting.status is Status.HELD for each in group):
        return Form.MEETING
    return prevailing(votes((each.meeting.form, each) for each in group)) or Form.UNKNOWN


def _principals(group: Sequence[Telling]) -> Sequence[Telling]:
    """Return the tellings of those who met: not of who greeted the guest before."""
    met = {each.meeting.roles for each in group if each.meeting.form is not Form.VISIT}
    return [each for each in group if each.meeting.roles in met] if met else group


def _actor(actors: Iterable[Actor]) -> Actor:
    """Return the best resolved of one side's actors, of equals the earliest."""
    return min(actors, key=lambda actor: RESOLVED[actor.resolution])


def _called_off(run: Run) -> bool:
    return run.status is Status.CANCELLED and run.new_date is None


def _change(run: Run) -> StatusChange:
    """Return a step of the history, with who says so first."""
    source = run.said[0].source
    return StatusChange(
        status=run.status,
        at=run.at,
        source=source.article,
        detail=run.detail,
        outlet=source.outlet,
        credits=source.credits,
        said_by=side(source),
    )


DECIDING = ("status", "place", "date", "meeting", "form")
"""What evidence proves, what matters most first."""


def _evidence(group: Sequence[Telling], run: Run) -> tuple[Evidence, ...]:
    """Return each quote once: of who says the present status the newest first, then of the others likewise.

    Of one article the words that decide (called off, put off, was received) come first.
    """
    said = {each.key for each in run.said}
    newest = group[::-1]
    ordered = [*(each for each in newest if each.key in said), *(each for each in newest if each.key not in said)]
    full = set(list(dict.fromkeys(each.article for each in ordered))[:FULL_EVIDENCE])
    spans: dict[tuple[str, str], Evidence] = {}
    for each in ordered:
        for span in sorted(each.meeting.evidence, key=_weight) if each.article in full else ():
            spans.setdefault((span.article, span.quote), span)
    return tuple(spans.values())


def _weight(span: Evidence) -> int:
    return DECIDING.index(span.about) if span.about in DECIDING else len(DECIDING)


def _codes(group: Sequence[Telling], form: Form, place: Place | None) -> tuple[str, ...]:
    """Return the codes of those who tell of it as the story does: its form, and where it is."""
    alike = [each for each in group if each.meeting.form is form] or group
    country = place.country if place else None
    here = [each for each in alike if each.meeting.place and each.meeting.place.country == country]
    return tuple(dict.fromkeys(code for each in here or alike for code in each.meeting.codes))


def _ends(sources: tuple[Source, ...], most: int) -> tuple[Source, ...]:
    """Return the sources, or beyond the bound the first half and the latest half of it."""
    return sources if len(sources) <= most else sources[: most - most // 2] + sources[-(most // 2) :]


def rules_of(group: Sequence[Telling]) -> tuple[RuleHit, ...]:
    """Return every rule that wants any of the tellings: a rule that wanted the plan keeps what came of it."""
    hits = {hit.rule: hit for each in reversed(group) for hit in each.meeting.rules}
    return tuple(msgspec.structs.replace(hit, reasons=hit.reasons[:MOST_REASONS]) for _, hit in sorted(hits.items()))


def _origin(group: Sequence[Telling]) -> Origin:
    origins = {each.report.origin for each in group}
    return next((each for each in LOUDEST_ORIGIN if each in origins), Origin.UNKNOWN)


def fitted(story: Story) -> Story:
    """Return the story cut to what a topic takes: evidence first, then sources."""
    while len(encode(story)) > MOST_BYTES:
        if len(story.evidence) > 1:
            story = msgspec.structs.replace(story, evidence=story.evidence[: len(story.evidence) // 2])
        elif len(story.sources) > 2:
            kept = _ends(story.sources, len(story.sources) // 2)
            more = story.more_sources + len(story.sources) - len(kept)
            story = msgspec.structs.replace(story, sources=kept, more_sources=more)
        elif story.facts:
            story = msgspec.structs.replace(story, facts=story.facts[: len(story.facts) // 2])
        else:
            return story
    return story
