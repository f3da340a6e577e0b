"""Who a story goes on as when it is withdrawn, merged, and parted again."""

from tests.streams.stories.newsroom import (
    Desk,
    at,
    cancelled,
    day,
    meeting,
    planned,
    postponed,
    report,
    visit,
)
from wire.records import AlertKind, Origin, Resolution, StoryState

FIRST, UPDATE = AlertKind.FIRST, AlertKind.UPDATE
CHANGE, CORRECTION = AlertKind.STATUS_CHANGE, AlertKind.CORRECTION
TALKS = meeting(day(3), where="KZ/astana")


def test_a_withdrawn_story_is_corrected_once_and_revived_by_whoever_tells_it_again() -> None:
    desk = Desk().reads(report("a", TALKS), report("a", revision=2))
    assert desk.kinds == [FIRST, CORRECTION]
    assert desk.new() == ["withdrawn"]
    assert desk.story.state is StoryState.WITHDRAWN
    id = desk.story.id
    desk.reads(report("b", TALKS, published=at(2)))
    assert desk.kinds == [FIRST, CORRECTION, CORRECTION]
    assert (desk.story.id, desk.story.state) == (id, StoryState.OPEN)
    assert desk.alerts[-1].claims[-1].text == "told again after it was withdrawn"
    desk.reads(report("b", revision=2))
    assert desk.new() == ["withdrawn"]
    assert len({alert.id for alert in desk.alerts}) == 4


def test_a_withdrawn_story_is_forgotten_after_a_week() -> None:
    desk = Desk().reads(report("a", TALKS), report("a", revision=2), report("z", meeting(day(20)), published=at(20)))
    assert [story.state for story in desk.stories] == [StoryState.OPEN]
    assert len(desk.last.dropped) == 1


def test_a_withdrawn_story_that_was_never_told_goes_in_silence_and_is_a_first_when_it_is_wanted() -> None:
    desk = Desk().reads(report("a", meeting(day(3), rules=())), report("a", revision=2))
    assert desk.kinds == []
    assert desk.story.state is StoryState.WITHDRAWN
    id = desk.story.id
    desk.reads(report("a", TALKS))
    assert desk.kinds == [FIRST]
    assert [(story.id, story.revision) for story in desk.published] == [(id, 1), (id, 2), (id, 3)]


def test_two_stories_that_prove_one_are_merged_and_the_older_survives() -> None:
    desk = Desk().reads(
        report("a", planned(day(9)), published=at(1)),
        report("b", planned(day(16)), published=at(2)),
    )
    older, younger = (alert.story for alert in desk.alerts)
    desk.reads(report("c", postponed(day(9), day(16)), published=at(3)))
    assert desk.kinds == [FIRST, FIRST, CHANGE]
    assert desk.story.id == older
    merged = next(story for story in desk.last.changed if story.id == younger)
    assert (merged.state, merged.merged_into, merged.revision) == (StoryState.MERGED, older, 2)
    assert set(desk.rows.stories) == {older, younger}
    desk.reads(report("z", meeting(day(40)), published=at(40)))
    assert set(desk.last.dropped) == {older, younger}  # remembered no longer than the one that it came to be


def test_a_story_that_was_merged_is_itself_again_when_the_two_part() -> None:
    desk = Desk().reads(
        report("a", planned(day(9)), published=at(1)),
        report("b", planned(day(16)), published=at(2)),
        report("p", postponed(day(9), day(16)), published=at(3)),
    )
    first, second = (alert.story for alert in desk.alerts[:2])
    assert desk.story.id == first
    assert desk.kinds == [FIRST, FIRST, CHANGE]
    desk.reads(report("p", revision=2), report("c", planned(day(16), where="CN/beijing"), published=at(4)))
    assert {story.id: story.merged_into for story in desk.stories} == {first: None, second: None}
    assert desk.kinds == [FIRST, FIRST, CHANGE, CORRECTION, UPDATE]
    assert (desk.alerts[-1].story, desk.new()) == (second, ["place"])
    assert [story.revision for story in desk.published if story.id == second] == [1, 2, 3, 4]


def test_a_visit_that_was_taken_for_the_talks_of_another_day_is_told_once() -> None:
    """The visit joins the talks of the day before, until talks of its own day are told of (found by hypothesis)."""
    desk = Desk().reads(
        report("both", meeting(day(2), theirs=None), visit(day(3), them="leader"), published=None),
        report("bridge", postponed(None, None), published=None),
        report("moved", postponed(None, day(3)), published=None),
    )
    talks, arrival, bridge = (alert.story for alert in desk.alerts)
    assert desk.kinds == [FIRST, FIRST, FIRST]
    assert {story.id for story in desk.stories} == {talks, arrival, bridge}
    assert len({alert.id for alert in desk.alerts}) == 3
    assert [story.revision for story in desk.published if story.id == arrival] == [1, 2, 3]


def test_what_was_merged_twice_parts_under_its_own_name() -> None:
    plans = enumerate((("a", 9), ("b", 16), ("c", 23)))
    desk = Desk().reads(*(report(name, planned(day(n)), published=at(1, 9 + hour)) for hour, (name, n) in plans))
    a, b, c = (alert.story for alert in desk.alerts)
    desk.reads(report("bc", postponed(day(16), day(23)), published=at(2)))
    desk.reads(report("ab", postponed(day(9), day(16)), published=at(2)))
    assert desk.story.id == a
    desk.reads(report("ab", revision=2))
    assert [story.id for story in desk.stories] == [a, b]
    assert desk.rows.stories[c].story.merged_into == b
    desk.reads(report("bc", revision=2))
    assert {story.id for story in desk.stories} == {a, b, c}
    assert desk.kinds.count(FIRST) == 3


def test_what_a_story_told_before_another_was_split_from_it_is_told_of_that_one_too() -> None:
    desk = Desk().reads(
        report("plan", planned(day(9)), published=at(1)),
        report("off", cancelled(day(9)), published=at(1, 12)),
        report("moved", postponed(day(9), day(20)), published=at(2)),
        report("new", planned(day(20)), published=at(3)),
        report("moved", revision=2),
    )
    assert len(desk.stories) == 2
    assert (desk.kinds[-1], desk.new()) == (UPDATE, ["date"])  # what it was taken for was told, its day was not
    desk.reads(report("off too", cancelled(day(20)), published=at(5)))
    assert (desk.kinds[-1], desk.new()) == (CHANGE, ["status"])


def test_what_was_told_as_backlog_only_is_told_when_its_story_joins_a_live_one() -> None:
    desk = Desk().reads(
        report("a", planned(day(9)), published=at(1)),
        report("b", planned(day(16), where="CN/beijing"), published=at(2), origin=Origin.BACKLOG),
        report("c", postponed(day(9), day(16)), published=at(3)),
    )
    assert [alert.origin for alert in desk.alerts] == [Origin.LIVE, Origin.BACKLOG, Origin.LIVE]
    assert desk.new() == ["status", "place"]


def test_an_edit_that_moves_an_article_to_another_story_merges_its_own() -> None:
    desk = Desk().reads(report("a", TALKS), report("b", meeting(day(5))))
    desk.reads(report("b", TALKS))
    assert len(desk.stories) == 1
    assert desk.kinds[:2] == [FIRST, FIRST]
    assert StoryState.MERGED in {story.state for story in desk.last.changed}


def test_what_is_split_from_a_told_story_is_not_told_as_new() -> None:
    desk = Desk().reads(
        report("plan", planned(day(9)), published=at(1)),
        report("moved", postponed(day(9), day(20)), published=at(2)),
        report("new", planned(day(20)), published=at(3)),
    )
    assert len(desk.stories) == 1
    desk.reads(report("moved", revision=2))
    assert len(desk.stories) == 2
    assert FIRST not in desk.kinds[1:]
    desk.reads(report("new", planned(day(20)), published=at(3)))
    assert FIRST not in desk.kinds[1:]


def test_who_is_named_later_is_told_in_a_thread_of_his_own() -> None:
    premier = meeting(day(3), them="head-of-government", theirs="li", resolution=Resolution.OFFICE)
    desk = Desk().reads(report("a", meeting(day(3)), premier))
    assert desk.kinds == [FIRST]
    desk.reads(report("b", meeting(day(3), them="head-of-government", theirs="li"), published=at(4)))
    assert desk.kinds == [FIRST, FIRST]
    assert set(desk.alerts[0].keys).isdisjoint(desk.alerts[1].keys)
