"""Which stories are of one journey, and when a story is over."""

from datetime import timedelta

from tests.streams.stories.newsroom import Desk, at, call, day, meeting, planned, report, visit
from wire.records import AlertKind, Meeting, StoryState

PREMIER = {"them": "head-of-government", "theirs": "li"}
SPEAKER = {"them": "speaker", "theirs": "zhao"}


def premier(*args: object, **more: object) -> Meeting:
    return meeting(*args, **PREMIER, **more)  # type: ignore[arg-type]


def visits(desk: Desk) -> dict[str, str | None]:
    """Return the visit of each story by its first article."""
    return {story.sources[0].article: story.visit for story in desk.stories}


def test_talks_with_others_are_stories_of_their_own_tied_by_the_visit() -> None:
    desk = Desk().reads(
        report("a", meeting(day(3), where="CN/beijing")),
        report("b", premier(day(4), where="CN")),
        report("c", meeting(day(5), **SPEAKER)),  # type: ignore[arg-type]
    )
    found = visits(desk)
    assert len(found) == 3
    assert len(set(found.values())) == 1
    assert None not in found.values()


def test_one_meeting_alone_is_no_visit_and_a_visit_alone_is() -> None:
    assert visits(Desk().reads(report("a", meeting(day(3))))) == {"a": None}
    assert visits(Desk().reads(report("a", visit(day(3)))))["a"]


def test_another_country_another_week_and_a_phone_call_are_no_part_of_it() -> None:
    desk = Desk().reads(
        report("a", visit(day(3), where="CN")),
        report("b", premier(day(3), where="KZ")),
        report("c", premier(day(13), where="CN")),
        report("d", call(day(3))),
    )
    assert [name for name, found in visits(desk).items() if found] == ["a"]


def test_between_two_countries_an_unknown_place_is_not_guessed() -> None:
    desk = Desk().reads(
        report("a", visit(day(3), where="CN")),
        report("b", visit(day(4), where="KZ", **PREMIER)),
        report("c", meeting(day(3), **SPEAKER)),  # type: ignore[arg-type]
    )
    found = visits(desk)
    assert found["a"] != found["b"]
    assert found["c"] is None


def test_the_visit_id_stays_when_an_earlier_story_joins() -> None:
    desk = Desk().reads(report("b", visit(day(4)), published=at(4)))
    before = desk.story.visit
    desk.reads(report("a", premier(day(3)), published=at(3)))
    assert set(visits(desk).values()) == {before}
    assert {story.sources[0].article for story in desk.last.changed} == {"a"}


def test_undated_meetings_that_one_article_tells_are_of_one_visit() -> None:
    desk = Desk().reads(report("a", planned(), premier(), published=None))
    assert len(desk.stories) == 2
    assert len(set(visits(desk).values())) == 1


def test_a_story_closes_a_week_after_its_last_article_and_is_forgotten_after_a_month() -> None:
    desk = Desk().reads(report("a", meeting(day(3)), published=at(3)), report("b", meeting(day(3)), published=at(4)))
    desk.reads(report("c", meeting(day(11)), published=at(11)))
    assert {story.state for story in desk.stories} == {StoryState.OPEN}
    desk.reads(report("d", meeting(day(12)), published=at(12)))
    closed = next(story for story in desk.last.changed if story.state is StoryState.CLOSED)
    assert (desk.last.dropped, desk.last.expired) == ((), ())
    desk.reads(report("e", meeting(day(34)), published=at(34)))
    assert closed.id in {story.id for story in desk.stories}
    desk.reads(report("f", meeting(day(35)), published=at(35)))
    assert desk.last.dropped == (closed.id,)
    assert desk.last.expired == ("a", "b")
    assert sorted(desk.rows.reports) == ["c", "d", "e", "f"]
    assert len(desk.alerts) == 5


def test_an_edit_of_a_closed_story_is_its_next_revision_with_all_its_sources() -> None:
    told = [report(name, meeting(day(3)), published=at(3)) for name in ("a", "b")]
    desk = Desk().reads(*told, report("c", meeting(day(12)), published=at(12)))
    closed = next(story for story in desk.stories if story.state is StoryState.CLOSED)
    edited = report("a", meeting(day(3), where="KZ/astana"), published=at(3), seen=at(25), revision=2)
    desk.reads(edited)
    again = next(story for story in desk.last.changed if story.id == closed.id)
    assert (again.state, again.revision) == (StoryState.OPEN, closed.revision + 1)
    assert {source.article for source in again.sources} == {"a", "b"}
    assert (desk.alerts[-1].kind, desk.new()) == (AlertKind.UPDATE, ["place"])
    desk.reads(report("d", meeting(day(33)), published=at(33)))
    assert {story.id: story.state for story in desk.last.changed}[closed.id] is StoryState.CLOSED


def test_an_edit_that_says_nothing_new_of_a_closed_story_alerts_nobody() -> None:
    desk = Desk().reads(report("a", meeting(day(3)), published=at(3)), report("c", meeting(day(12)), published=at(12)))
    desk.reads(report("a", meeting(day(3)), published=at(3), seen=at(25), revision=2))
    assert desk.kinds == [AlertKind.FIRST, AlertKind.FIRST]
    assert sorted(story.revision for story in desk.stories) == [2, 3]


def test_a_plan_stays_open_till_after_its_day() -> None:
    desk = Desk().reads(report("a", planned(day(40)), published=at(1)), report("b", meeting(day(41)), published=at(41)))
    assert len(desk.stories) == 2
    desk.reads(report("c", meeting(day(43)), published=at(43)))
    assert StoryState.CLOSED in {story.state for story in desk.last.changed}


def test_a_date_by_mistake_far_off_does_not_keep_rows_for_ever() -> None:
    desk = Desk().reads(report("a", planned(day(4000)), published=at(1)))
    desk.reads(report("b", meeting(day(420)), published=at(420)))
    assert desk.last.expired == ("a",)


def test_an_article_that_an_open_story_needs_keeps_the_closed_one_from_being_told_again() -> None:
    desk = Desk().reads(report("a", meeting(day(3)), planned(day(40), **PREMIER), published=at(3)))  # type: ignore[arg-type]
    desk.reads(report("b", call(day(20)), published=at(20)), report("c", call(day(21)), published=at(21)))
    assert sorted(story.state.value for story in desk.stories) == ["closed", "open", "open", "open"]
    assert desk.last.expired == ()
    assert len(desk.alerts) == 4
    desk.reads(report("d", call(day(52)), published=at(52)))
    assert desk.last.expired == ("a", "b", "c")
    assert len(desk.stories) == 1


def test_the_clock_is_that_of_the_articles_so_a_replay_closes_nothing_too_early() -> None:
    told = [report(f"r{n}", meeting(day(3)), published=at(3, n)) for n in range(3)]
    desk = Desk().reads(*told, now=at(3) + timedelta(days=300))
    assert desk.story.state is StoryState.OPEN
    assert len(desk.alerts) == 1


def test_a_row_left_behind_by_a_crash_is_closed_in_silence() -> None:
    desk = Desk().reads(report("a", meeting(day(3))), report("b", meeting(day(20)), published=at(2)))
    desk.rows = desk.rows._replace(reports={"b": desk.rows.reports["b"]})
    desk.reads(report("c", meeting(day(30)), published=at(2)))
    assert len(desk.alerts) == 3
    assert [story.state for story in desk.last.changed] == [StoryState.OPEN, StoryState.CLOSED]
