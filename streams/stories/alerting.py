"""A story with something new -> the alert that says so, and the keys by which a receiver's thread is found.

story (claims marked) + trigger -> Alert ;  tellings -> keys of their articles, and of their days
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from streams.stories.echoes import echoed
from streams.stories.inherit import Kept
from streams.stories.merging import MOST_SOURCES
from streams.stories.news import unheard
from streams.stories.tellings import Telling
from wire import ids
from wire.records import Alert, AlertKind, Origin, Priority, Report, RuleHit, Story, StoryCore, Times

LOUDNESS = (Priority.FLASH, Priority.URGENT, Priority.ROUTINE, Priority.UNKNOWN)


def alert(story: Story, kind: AlertKind, row: Kept, past: Kept | None, trigger: Report) -> Alert:
    """Return the alert on a story whose new claims are marked; `row` is what will be kept, `past` what was."""
    core = {name: getattr(story, name) for name in StoryCore.__struct_fields__}
    return Alert(
        **core,
        id=_id(story, kind, past),
        story=story.id,
        story_revision=story.revision,
        kind=kind,
        claims=story.claims,
        keys=row.keys,
        times=_times(trigger, story.updated),
        priority=_loudest(story.rules),
        desks=tuple(sorted({desk for hit in story.rules for desk in hit.desks})),
        trigger=trigger.source.article,
    )


def _id(story: Story, kind: AlertKind, past: Kept | None) -> str:
    new = [claim.id for claim in story.claims if claim.new] or unheard(story, past)  # only another desk's rule is new
    quiet = [] if story.origin is Origin.LIVE else [story.origin.value]  # it is told again when it is live
    return ids.alert_id(story.id, kind.value, [*new, *quiet])


def _times(trigger: Report, now: datetime) -> Times:
    source = trigger.source
    return Times(seen=source.seen, published=source.published, recognised=trigger.recognised, told=now)


def _loudest(rules: Iterable[RuleHit]) -> Priority:
    return min((hit.priority for hit in rules), key=LOUDNESS.index, default=Priority.ROUTINE)


def thread_keys(group: Sequence[Telling]) -> tuple[str, ...]:
    """Return the keys by which a receiver's thread is found again, also on a wiped broker."""
    half = MOST_SOURCES // 2
    echoes = echoed(group)  # their pair and day may come to be another story's
    own = [each for each in group if each.key not in echoes]
    shown = own if len(own) <= MOST_SOURCES else [*own[:half], *own[-half:]]
    return tuple(dict.fromkeys(key for each in shown for key in (*_of_article(each), *_of_days(each))))


def _of_article(each: Telling) -> list[str]:
    meeting = each.meeting
    parts = [each.report.partner.code, meeting.roles, meeting.mode, meeting.tense]
    parts += [str(each.ordinal + 1)] if each.ordinal else []  # two meetings of one article stay two
    return [ids.make(ids.KEY, key, *parts) for key in each.source.keys or (each.article,)]


def _of_days(each: Telling) -> list[str]:
    meeting = each.meeting
    days = [date.start.isoformat() for date in (meeting.date, meeting.new_date) if date]
    return [ids.make(ids.KEY, each.report.partner.code, meeting.roles, meeting.mode, day) for day in days]
