"""Stories of which no telling is left: withdrawn, and told so; revived when they are told again.

orphans -> withdrawn (told: a correction), kept a while | a row left behind by a crash: closed in silence
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from streams.stories.alerting import alert, thread_keys
from streams.stories.claims import withdrawal
from streams.stories.closing import QUIET
from streams.stories.inherit import Kept, age, withdrawn
from streams.stories.news import marked
from streams.stories.tellings import Telling, article_of
from wire.records import Alert, AlertKind, Report, Story, StoryState


class Lost(NamedTuple):
    """What becomes of stories without tellings."""

    kept: tuple[Kept, ...]
    changed: tuple[Story, ...]
    alerts: tuple[Alert, ...]


def revivals(
    groups: Sequence[Sequence[Telling]], taken: Iterable[int], resting: Sequence[Kept]
) -> Mapping[int, tuple[Kept, ...]]:
    """Return which withdrawn story is told again, by any article, by which group that goes on with no other."""
    found: dict[int, tuple[Kept, ...]] = {}
    free = [number for number in range(len(groups)) if number not in set(taken)] if resting else []
    waiting = sorted(resting, key=age)
    for number in free:
        keys = set(thread_keys(groups[number]))
        again = next((kept for kept in waiting if not keys.isdisjoint(kept.keys)), None)
        if again:
            waiting.remove(again)
            found[number] = (again,)
    return found


def lost(orphans: Iterable[Kept], resting: Iterable[Kept], trigger: Report, clock: datetime, now: datetime) -> Lost:
    """Return what becomes of the stories that nobody tells now (`orphans`), or since earlier (`resting`)."""
    ended = [_ended(kept, trigger, now) for kept in orphans]
    rows = [row for row in ended if withdrawn(row)]
    return Lost(
        kept=(*rows, *(kept for kept in resting if clock <= kept.story.updated + QUIET)),
        changed=tuple(row.story for row in ended),
        alerts=tuple(alert(row.story, AlertKind.CORRECTION, row, row, trigger) for row in rows if row.told),
    )


def _ended(kept: Kept, trigger: Report, now: datetime) -> Kept:
    story = replace(kept.story, revision=kept.story.revision + 1, updated=now)
    if trigger.source.article not in {article_of(key) for key in kept.members}:
        return replace(kept, story=replace(story, state=StoryState.CLOSED))
    claim = withdrawal(kept.told, now)
    claims = (*story.claims, claim)
    ended = replace(story, state=StoryState.WITHDRAWN, claims=marked(claims, [each.id for each in story.claims]))
    return replace(kept, story=ended, told=(*kept.told, claim.id) if kept.told else ())
