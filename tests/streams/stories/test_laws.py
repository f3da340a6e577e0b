"""Laws of the fold: the order of articles, their repetition, edits and withdrawals need no case of their own."""

from datetime import datetime
from itertools import permutations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.stories import Kept
from tests.streams.stories.newsroom import (
    TALKS,
    Desk,
    as_published,
    at,
    call,
    cancelled,
    day,
    fact,
    meeting,
    members,
    planned,
    postponed,
    report,
    rule,
    shapes,
    visit,
)
from wire.records import AlertKind, Meeting, Report, StoryState

LAW = settings(deadline=None, max_examples=60)
days = st.integers(2, 7)
dates = st.one_of(
    st.none(),
    days.map(as_published),
    days.map(day),
    st.tuples(days, st.integers(0, 3)).map(lambda pair: day(pair[0], sum(pair))),
)
makers = st.sampled_from([meeting, visit, planned, cancelled, call])
sides = st.sampled_from(
    [
        {},
        {"theirs": None},
        {"them": "leader"},
        {"them": "head-of-government", "theirs": "li"},
        {"them": "deputy-minister", "theirs": "ma"},
        {"them": "deputy-minister", "theirs": "liu"},
        {"them": "deputy-minister", "theirs": None},
    ]
)
places = st.sampled_from([None, "KZ", "KZ/astana", "CN/beijing"])
wanted = st.sampled_from([(TALKS,), (TALKS,), ()])
facts = st.lists(st.sampled_from([fact("treaty"), fact("roadmap")]), max_size=1)


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    if draw(st.integers(0, 9)) == 0:
        return postponed(draw(dates), draw(dates))
    return draw(makers)(draw(dates), where=draw(places), facts=draw(facts), rules=draw(wanted), **draw(sides))


@st.composite
def reports(draw: st.DrawFn, article: str) -> Report:
    published = draw(st.one_of(st.none(), st.tuples(days, st.integers(0, 23)).map(lambda t: at(*t))))
    return report(
        article,
        *draw(st.lists(meetings(), min_size=1, max_size=2)),
        published=published,
        seen=at(8, draw(st.integers(0, 23))),
        language=draw(st.sampled_from(["kk", "pl", "ar"])),
        credits=draw(st.sampled_from([None, "Xinhua", "PAP"])),
    )


def claims(desk: Desk) -> set[tuple[frozenset[str], frozenset[tuple[str, str, datetime]]]]:
    """Return what each story claims, but for the title by which its event was first told."""
    return {
        (frozenset(kept.members), frozenset((c.id, c.kind, c.at) for c in kept.story.claims if c.kind != "event"))
        for kept in desk.kept
    }


def sets(most: int) -> st.SearchStrategy[list[Report]]:
    """Return sets of reports, each of another article."""
    return st.integers(1, most).flatmap(lambda many: st.tuples(*(reports(f"art-{n}") for n in range(many)))).map(list)


@st.composite
def histories(draw: st.DrawFn, most: int = 6) -> list[Report]:
    """Return reports in any order of arrival, some articles told again with other words, or withdrawn."""
    told = [draw(reports(f"art-{draw(st.integers(0, most - 2))}")) for _ in range(draw(st.integers(1, most)))]
    gone = draw(st.lists(st.sampled_from([each.source.article for each in told]), max_size=2))
    return draw(st.permutations([*told, *(report(name, seen=at(8, 23)) for name in gone)]))


@given(sets(4))
@LAW
def test_groups_depend_on_the_set_alone(told: list[Report]) -> None:
    once = set(members(told))
    for order in permutations(told):
        assert set(members(order)) == once


@given(sets(5), st.randoms(use_true_random=False))
@LAW
def test_groups_do_not_depend_on_names_of_articles(told: list[Report], luck: object) -> None:
    other = [f"x{n}" for n in range(len(told))]
    luck.shuffle(other)  # type: ignore[attr-defined]
    renamed = [
        msgspec.structs.replace(each, source=msgspec.structs.replace(each.source, article=name))
        for each, name in zip(told, other, strict=True)
    ]
    again = {each.source.article: was.source.article for each, was in zip(renamed, told, strict=True)}
    ties = {(each.source.published, each.source.seen) for each in told}
    if len(ties) == len(told):  # of two that are told at one moment the article's id says which is first
        assert {frozenset(again[name] for name in group) for group in shapes(renamed)} == shapes(told)


@given(sets(6), st.data())
@LAW
def test_any_order_of_arrival_gives_the_same_sets_of_articles(told: list[Report], data: st.DataObject) -> None:
    order = data.draw(st.permutations(told))
    repeats = data.draw(st.lists(st.sampled_from(told), max_size=3))
    desk = Desk().reads(*order, *repeats)
    assert {frozenset(kept.members) for kept in desk.kept} == set(members(told))
    assert AlertKind.CORRECTION not in desk.kinds  # nothing was edited
    assert claims(desk) == claims(Desk().reads(*told))


@given(sets(5), sets(5), st.data())
@LAW
def test_edits_and_withdrawals_leave_what_the_last_revisions_tell(
    first: list[Report], second: list[Report], data: st.DataObject
) -> None:
    gone = {f"art-{n}" for n in data.draw(st.sets(st.integers(0, 4)))}
    desk = Desk().reads(*first, *second, *(report(name, seen=at(8, 23)) for name in sorted(gone)))
    current = {each.source.article: each for each in [*first, *second] if each.source.article not in gone}
    standing = [kept for kept in desk.kept if kept.story.state is StoryState.OPEN]
    assert {frozenset(kept.members) for kept in standing} == set(members(current.values()))


@given(sets(6), st.data())
@LAW
def test_a_repeated_report_changes_nothing(told: list[Report], data: st.DataObject) -> None:
    desk = Desk().reads(*told)
    before = desk.rows
    desk.reads(data.draw(st.sampled_from(told)), now=at(9))
    assert (desk.last.alerts, desk.last.changed, desk.last.dropped) == ((), (), ())
    assert desk.rows == before


@given(sets(5))
@LAW
def test_withdrawing_everything_leaves_no_open_story_and_corrects_what_was_told(told: list[Report]) -> None:
    desk = Desk().reads(*told)
    open_ = {story.id for story in desk.stories}
    desk.reads(*(report(each.source.article, seen=at(8, 23)) for each in told))
    assert all(story.state is StoryState.WITHDRAWN for story in desk.stories)
    last = {story.id: story for story in desk.published}
    assert all(last[id].state in (StoryState.WITHDRAWN, StoryState.MERGED) for id in open_)
    for kept in desk.kept:
        kinds = [alert.kind for alert in desk.alerts if alert.story == kept.story.id]
        assert kinds[-1:] == ([AlertKind.CORRECTION] if kept.told else [])


def told_once(desk: Desk) -> None:
    """Say that no alert comes twice, no claim is new twice in a story, and no story has two firsts."""
    assert len({alert.id for alert in desk.alerts}) == len(desk.alerts)
    seen: set[tuple[str, str]] = set()
    for alert in desk.alerts:
        new = {(alert.story, claim.id) for claim in alert.claims if claim.new}
        assert new
        assert not new & seen
        seen |= new
    firsts = [alert.story for alert in desk.alerts if alert.kind is AlertKind.FIRST]
    assert len(firsts) == len(set(firsts))


@given(sets(6), st.data())
@LAW
def test_nothing_is_told_twice_of_one_story(told: list[Report], data: st.DataObject) -> None:
    told_once(Desk().reads(*data.draw(st.permutations(told))))


@given(histories())
@LAW
def test_nothing_is_told_twice_whatever_is_edited_and_withdrawn(told: list[Report]) -> None:
    told_once(Desk().reads(*told))


@given(histories())
@LAW
def test_nothing_is_lost(told: list[Report]) -> None:
    desk = Desk().reads(*told)
    heard = {claim.id for alert in desk.alerts for claim in alert.claims if claim.new}
    for kept in desk.kept:
        if kept.story.rules and kept.story.state is StoryState.OPEN:
            assert {claim.id for claim in kept.story.claims} <= heard


@given(histories())
@LAW
def test_revisions_rise_and_rows_survive_the_table(told: list[Report]) -> None:
    desk = Desk().reads(*told)
    revisions: dict[str, int] = {}
    for story in desk.published:
        assert story.revision > revisions.get(story.id, 0)
        revisions[story.id] = story.revision
    for kept in desk.rows.stories.values():
        assert msgspec.json.decode(msgspec.json.encode(kept), type=Kept) == kept


@given(sets(5))
@LAW
def test_ids_are_the_same_when_everything_is_told_again_from_nothing(told: list[Report]) -> None:
    assert [story.id for story in Desk().reads(*told).stories] == [story.id for story in Desk().reads(*told).stories]


def test_stories_nobody_asked_for_are_published_and_not_told() -> None:
    desk = Desk().reads(report("a", meeting(day(3), rules=())))
    assert desk.kinds == []
    assert desk.story.state is StoryState.OPEN
    desk.reads(report("b", meeting(day(3), rules=[rule()])))
    assert desk.kinds == [AlertKind.FIRST]
