"""What is new in a story, and how it is to be told.

claims now - claims told -> first | correction | status change | update | nothing -> what to remember
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from streams.stories.claims import claims_of, corrections, reinstatement, unsaid
from streams.stories.inherit import Kept
from streams.stories.tellings import Telling, article_of
from wire.records import AlertKind, Claim, Origin, Report, Story, StoryState

MOST_TOLD = 400
MOST_CORRECTIONS = 8


class News(NamedTuple):
    """A story with its claims, and how it is to be told: kind None is not at all."""

    story: Story
    kind: AlertKind | None
    told: tuple[str, ...]  # before this alert
    corrections: tuple[Claim, ...]


def news(story: Story, group: Sequence[Telling], past: Kept | None, trigger: Report) -> News:
    """Return what is to be told of a story by what was told before."""
    told = _told_before(story, past)
    fallen = _fallen(group, past, told, trigger, story.updated)
    mended = ((*past.corrections, *fallen) if past else fallen)[-MOST_CORRECTIONS:]
    claims = (*_same_event(claims_of(story, group), group, past, told), *mended)
    story = replace(story, claims=marked(claims, told))
    if past and told and not story.rules:
        story = replace(story, rules=past.story.rules)  # who was told stays told
    return News(story, _kind(story, told, fallen, past), told, mended)


def _told_before(story: Story, past: Kept | None) -> tuple[str, ...]:
    """Return the claims told; to nobody, when the story was backlog till now and is live."""
    if past is None or (story.origin is Origin.LIVE and not past.live):
        return ()
    return past.told


def _fallen(
    group: Sequence[Telling], past: Kept | None, told: Collection[str], trigger: Report, now: datetime
) -> tuple[Claim, ...]:
    """Return the corrections: of what was told and is said no more because of this edit or withdrawal."""
    if past is None or not told:
        return ()
    again = (reinstatement(told, now),) if past.story.state is StoryState.WITHDRAWN else ()
    if trigger.source.article not in {article_of(key) for key in past.members}:
        return again
    gone = unsaid((claim for claim in past.story.claims if claim.id in told), group)
    return (*again, *corrections(gone, told, now))


def _same_event(
    claims: tuple[Claim, ...], group: Sequence[Telling], past: Kept | None, told: Collection[str]
) -> tuple[Claim, ...]:
    """Keep the event claim that was told while somebody says so: another title of the same person is no event."""
    earlier = [claim for claim in past.story.claims if claim.kind == "event" and claim.id in told] if past else []
    if not earlier or unsaid(earlier, group):
        return claims
    same = {"id": earlier[0].id, "value": earlier[0].value}
    return tuple(replace(claim, **same) if claim.kind == "event" else claim for claim in claims)


def marked(claims: Iterable[Claim], told: Collection[str]) -> tuple[Claim, ...]:
    """Return the claims with those marked new that were not told."""
    known = set(told)
    return tuple(replace(claim, new=claim.id not in known) for claim in claims)


def unheard(story: Story, past: Kept | None) -> list[str]:
    """Return the rules that no alert has named yet: their desks are owed the story."""
    return sorted({hit.rule for hit in story.rules}.difference(past.wanted if past else ()))


def _kind(story: Story, told: Collection[str], fallen: Collection[Claim], past: Kept | None) -> AlertKind | None:
    if not told:
        return AlertKind.FIRST if story.rules else None
    if fallen:
        return AlertKind.CORRECTION
    new = [claim for claim in story.claims if claim.new]
    if any(claim.kind == "status" for claim in new):
        return AlertKind.STATUS_CHANGE
    return AlertKind.UPDATE if new or unheard(story, past) else None


def remembered(found: News, row: Kept, past: Kept | None, keys: tuple[str, ...]) -> Kept:
    """Return the row with what is told once `found` is."""
    told, wanted, live, known = (past.told, past.wanted, past.live, past.keys) if past else ((), (), False, ())
    if found.kind:
        now = dict.fromkeys(claim.id for claim in found.story.claims)
        told = (*(id for id in found.told if id not in now), *now)[-MOST_TOLD:]  # what it says now is never forgotten
        wanted = tuple(sorted({*wanted, *(hit.rule for hit in found.story.rules)}))
        live = live or found.story.origin is Origin.LIVE
        known = keys
    return replace(row, told=told, wanted=wanted, live=live, keys=known, corrections=found.corrections)
