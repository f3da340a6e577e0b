"""Sticky identity: which earlier story each group of tellings goes on as.

groups + what was kept -> heirs (oldest first: it survives), orphans (withdrawn) ; a group without -> a fresh id
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from streams.stories.tellings import Telling, article_of
from wire import ids
from wire.records import Claim, Story, StoryState


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is remembered of a story between two reports: a row of the streams' table."""

    story: Story
    members: tuple[str, ...]  # telling keys, in order of event time
    opened: datetime  # of two stories that prove to be one the older survives
    told: tuple[str, ...] = ()  # ids of the claims in its alerts so far; none: never alerted
    keys: tuple[str, ...] = ()  # of its last alert: a withdrawal finds its threads by them, a revival its story
    corrections: tuple[Claim, ...] = ()
    wanted: tuple[str, ...] = ()  # rules told of
    live: bool = False  # a live alert was made


def withdrawn(kept: Kept) -> bool:
    """Return whether the story is one that no article tells any more, remembered in case one does."""
    return kept.story.state is StoryState.WITHDRAWN


def absorbed(kept: Kept) -> bool:
    """Return whether the story proved to be another one, remembered in case the two part again."""
    return kept.story.state is StoryState.MERGED


def standing(kept: Kept) -> bool:
    """Return whether the story is told, by itself."""
    return not withdrawn(kept) and not absorbed(kept)


class Inheritance(NamedTuple):
    """Each group's earlier stories, the oldest first, and those that no group goes on with."""

    heirs: Mapping[int, tuple[Kept, ...]]  # by the group's place
    orphans: tuple[Kept, ...]


def inherit(groups: Sequence[Sequence[Telling]], before: Sequence[Kept], brought: Collection[str] = ()) -> Inheritance:
    """Return who goes on as whom: a story goes to the group that has most of its members.

    Members that a merged story brought count after its own: where the two part again, each is itself.
    A story none of whose tellings is left, because its articles were edited, goes with their new tellings.
    """
    homes = homes_of(groups)
    fresh = _fresh_tellings(groups, before)
    heirs: dict[int, list[Kept]] = {}
    orphans: list[Kept] = []
    for kept in sorted(before, key=age):
        left = [key for key in kept.members if key in homes]
        shared = Counter(homes[key] for key in left if key not in brought) or Counter(homes[key] for key in left)
        shared = shared or Counter(home for key in kept.members for home in fresh.get(article_of(key), ()))
        if shared:
            heirs.setdefault(largest(shared), []).append(kept)
        else:
            orphans.append(kept)
    return Inheritance({number: tuple(each) for number, each in heirs.items()}, tuple(orphans))


def homes_of(groups: Sequence[Sequence[Telling]]) -> Mapping[str, int]:
    """Return the group of each telling."""
    return {each.key: number for number, group in enumerate(groups) for each in group}


def largest(shared: Counter[int]) -> int:
    """Return the group with most, of equals the earliest."""
    return min(shared, key=lambda home: (-shared[home], home))


def _fresh_tellings(groups: Sequence[Sequence[Telling]], before: Sequence[Kept]) -> Mapping[str, list[int]]:
    """Return where each article is told of by a telling that no story has had."""
    known = {key for kept in before for key in kept.members}
    fresh: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for each in group:
            if each.key not in known:
                fresh.setdefault(each.article, []).append(number)
    return fresh


def age(kept: Kept) -> tuple[datetime, str]:
    """Return what sorts the oldest first."""
    return kept.opened, kept.story.id


def fresh_id(group: Sequence[Telling], taken: Collection[str]) -> str:
    """Return a new story's id, from its founding report; the second of one report gets a number."""
    founding = group[0]
    meeting = founding.meeting
    for number in range(1, len(taken) + 2):
        tense = meeting.tense if number == 1 else f"{meeting.tense}-{number}"
        found = ids.story_id(founding.report.id, meeting.roles, meeting.mode, tense)
        if found not in taken:
            return found
    raise AssertionError("more ids than are taken were tried")
