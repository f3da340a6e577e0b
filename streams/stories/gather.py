"""One report more: the partner's reports and the stories kept -> stories changed, alerts, rows to keep.

reports -> tellings -> groups -> inherit -> merge what changed -> visits -> news -> Gathered

A pure fold over the set of current reports: late, repeated, edited and withdrawn articles need no case of
their own. Grouping looks at all of them; only groups that this report touched are merged again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from streams.stories import closing
from streams.stories.alerting import alert, thread_keys
from streams.stories.grouping import groups as grouped
from streams.stories.inherit import Inheritance, Kept, absorbed, fresh_id, inherit, standing, withdrawn
from streams.stories.lost import lost, revivals
from streams.stories.merging import fitted, merge
from streams.stories.news import News, news, remembered
from streams.stories.past import absorbed_by, elder, heard, parted
from streams.stories.tellings import Telling, tellings
from streams.stories.visits import leg, visits
from wire.records import Alert, Report, Story, StoryState

MOST_MEMBERS = 3000
"""Telling keys kept of a story: its table row must fit a topic of 1 MB."""


class Gathered(NamedTuple):
    """What one report changed."""

    kept: tuple[Kept, ...] = ()
    changed: tuple[Story, ...] = ()
    alerts: tuple[Alert, ...] = ()
    dropped: tuple[str, ...] = ()  # ids of stories that need no row any more
    expired: tuple[str, ...] = ()  # articles whose reports need none


class Draft(NamedTuple):
    """A group on its way to becoming a story again."""

    group: Sequence[Telling]
    kept: Kept | None  # as whom it goes on
    past: Kept | None  # whose telling counts: its own, or that of the story it was split from
    merged: tuple[Kept, ...]  # other stories that proved to be the same
    news: News
    touched: bool


class Settled(NamedTuple):
    """A story as it stands after the report, with the row to keep and the alert on it."""

    row: Kept
    alert: Alert | None
    changed: tuple[Story, ...]
    merged: tuple[Kept, ...]


def gather(reports: Mapping[str, Report], before: Sequence[Kept], trigger: Report, now: datetime) -> Gathered:
    """Return the partner's stories after `trigger`, which `reports` holds already (or, withdrawn, no longer).

    `reports` are the partner's current ones that tell of meetings, by article.
    """
    found = grouped(tellings(reports))
    heirs, orphans = _heirs(found, before)
    drafts = _visited(_drafts(found, heirs, before, trigger, now))
    clock = closing.clock(reports, trigger, now)
    closed = {number for number, group in enumerate(found) if closing.over(group, clock)}
    gone, expired = closing.disposable(found, clock)
    settled = [_settled(draft, trigger, now, closed=number in closed) for number, draft in enumerate(drafts)]
    again = {kept.story.id for row in heirs.values() for kept in row}
    still = [kept for kept in before if kept.story.id not in again]
    rest = lost(orphans, filter(withdrawn, still), trigger, clock, now)
    rows = (*(each.row for number, each in enumerate(settled) if number not in gone), *rest.kept)
    rows += absorbed_by((*filter(absorbed, still), *(kept for each in settled for kept in each.merged)), rows)
    left = {kept.story.id for kept in rows}
    return Gathered(
        kept=rows,
        changed=(*(story for each in settled for story in each.changed), *rest.changed),
        alerts=(*(each.alert for each in settled if each.alert), *rest.alerts),
        dropped=tuple(kept.story.id for kept in before if kept.story.id not in left),
        expired=expired,
    )


def _heirs(found: Sequence[Sequence[Telling]], before: Sequence[Kept]) -> Inheritance:
    """Return which stories each group goes on as: standing ones, else a withdrawn one, else merged ones."""
    merged = [kept for kept in before if absorbed(kept)]
    resting = [kept for kept in before if withdrawn(kept)]
    heirs, orphans = inherit(found, [*filter(standing, before)], {key for kept in merged for key in kept.members})
    heirs = {**heirs, **revivals(found, heirs, [kept for kept in resting if kept.told])}
    untold = [kept for kept in resting if not kept.told]
    return Inheritance({**heirs, **parted(found, heirs, [*untold, *merged])}, orphans)


def _drafts(
    found: Sequence[Sequence[Telling]],
    inheritance: Mapping[int, tuple[Kept, ...]],
    before: Sequence[Kept],
    trigger: Report,
    now: datetime,
) -> list[Draft]:
    taken = {kept.story.id for kept in before}
    parents = {key: kept for kept in filter(standing, before) for key in kept.members}
    drafts = []
    for number, group in enumerate(found):
        heirs = inheritance.get(number, ())
        kept = elder(heirs)
        if kept and len(heirs) == 1 and _untouched(group, kept, trigger):
            same = News(kept.story, None, kept.told, kept.corrections)
            drafts.append(Draft(group, kept, kept, (), same, touched=False))
            continue
        id = kept.story.id if kept else fresh_id(group, taken)
        taken.add(id)
        story = fitted(merge(group, id, now))
        past = heard(group, story, kept, parents)
        told = news(story, group, past, trigger)
        drafts.append(Draft(group, kept, past, heirs[1:], told, touched=True))
    return drafts


def _untouched(group: Sequence[Telling], kept: Kept, trigger: Report) -> bool:
    article = trigger.source.article
    same = standing(kept) and tuple(each.key for each in group) == kept.members
    return same and all(each.article != article for each in group)


def _visited(drafts: Sequence[Draft]) -> list[Draft]:
    legs = []
    for draft in drafts:
        earlier = [kept.story.visit for kept in (*([draft.kept] if draft.kept else []), *draft.merged)]
        if found := leg(draft.news.story, draft.group, earlier):
            legs.append(found)
    shared = visits(legs)
    return [_with_visit(draft, shared.get(draft.news.story.id)) for draft in drafts]


def _with_visit(draft: Draft, visit: str | None) -> Draft:
    if draft.news.story.visit == visit:
        return draft
    return draft._replace(news=draft.news._replace(story=replace(draft.news.story, visit=visit)))


def _settled(draft: Draft, trigger: Report, now: datetime, *, closed: bool) -> Settled:
    state = StoryState.CLOSED if closed else StoryState.OPEN
    story = _revised(draft, state, now)
    merged = tuple(replace(kept, story=_joined(kept, story.id, now)) for kept in draft.merged)
    changed = (*(() if draft.kept and story is draft.kept.story else (story,)), *(kept.story for kept in merged))
    if not draft.touched and draft.kept:
        row = draft.kept if story is draft.kept.story else replace(draft.kept, story=story)
        return Settled(row, None, changed, merged)
    opened = draft.kept.opened if draft.kept else now
    row = Kept(story=story, members=tuple(each.key for each in draft.group[-MOST_MEMBERS:]), opened=opened)
    row = remembered(draft.news, row, draft.past, thread_keys(draft.group) if draft.news.kind else ())
    told = alert(story, draft.news.kind, row, draft.past, trigger) if draft.news.kind else None
    return Settled(row, told, changed, merged)


def _revised(draft: Draft, state: StoryState, now: datetime) -> Story:
    """Return the story with its state and revision: the earlier one itself when nothing changed."""
    story = draft.news.story if draft.news.story.state is state else replace(draft.news.story, state=state)
    if draft.kept is None:
        return story
    earlier = draft.kept.story
    if story is earlier or _bare(story, earlier) == _bare(earlier, earlier):
        return earlier
    return replace(story, revision=earlier.revision + 1, updated=now)


def _bare(story: Story, like: Story) -> Story:
    """Return the story without what changes by itself: its revision and what was new in it."""
    claims = tuple(replace(claim, new=False) if claim.new else claim for claim in story.claims)
    return replace(story, revision=like.revision, updated=like.updated, claims=claims)


def _joined(kept: Kept, into: str, now: datetime) -> Story:
    """Return the last revision of a story that proved to be another."""
    story = kept.story
    return replace(story, state=StoryState.MERGED, merged_into=into, revision=story.revision + 1, updated=now)
