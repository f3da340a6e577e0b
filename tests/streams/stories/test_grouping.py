"""Which articles are of one event, case by case."""

import pytest

from tests.streams.stories.newsroom import (
    as_published,
    at,
    call,
    cancelled,
    day,
    meeting,
    members,
    planned,
    postponed,
    report,
    shapes,
    together,
    visit,
)
from wire.records import Form, Meeting, Origin, Quality, Resolution, Status


def test_one_day_and_pair_are_one_event_whatever_the_form_and_place() -> None:
    assert together(
        report("a", meeting(day(3), where="KZ/astana")),
        report("b", visit(day(3)), language="pl"),
        report("c", meeting(day(3), where="KZ"), published=at(4), language="ar"),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (meeting(day(3)), meeting(day(4))),
        (meeting(day(3)), meeting(day(33))),
        (meeting(day(3)), call(day(3))),
        (meeting(day(3)), meeting(day(3), them="head-of-government", theirs="li")),
        (meeting(day(3)), meeting(day(3), kz="foreign-minister", ours="nurtleu")),
        (visit(day(3), where="CN"), meeting(day(4), where="KZ")),
        (
            meeting(day(3), them="deputy-minister", theirs="ma"),
            meeting(day(3), them="deputy-minister", theirs="liu"),
        ),
    ],
    ids=["next day", "next month", "by phone", "the premier", "the minister", "return visit", "two deputies"],
)
def test_these_are_two_events(one: Meeting, other: Meeting) -> None:
    assert not together(report("a", one), report("b", other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (call(day(3)), meeting(day(3), form=Form.VIDEO_CALL)),
        (meeting(day(3)), meeting(day(3), theirs=None)),
        (meeting(day(3)), meeting(day(3), theirs="old president", resolution=Resolution.OFFICE)),
        (meeting(day(3)), meeting(day(3), them="leader")),
        (planned(day(3)), cancelled(day(3))),
        (planned(day(3)), meeting(day(3))),
        (visit(day(2, 4)), meeting(day(3))),
        (visit(day(2, 4)), visit(day(4, 6))),
        (planned(day(1, 31)), meeting(day(9))),
        (visit(day(3)), meeting(day(4))),
        (meeting(day(3)), visit(day(4))),
        (visit(day(3)), visit(day(4))),
    ],
    ids=[
        "phone and video", "nobody named", "a holder wrongly dated", "same person by another office", "cancelled",
        "held", "in the visit", "overlapping visits", "in July", "arrival before", "second day", "two days of a visit",
    ],
)  # fmt: skip
def test_these_are_one_event(one: Meeting, other: Meeting) -> None:
    assert together(report("a", one), report("b", other))


def test_a_range_joins_the_earliest_of_several_meetings_and_never_two() -> None:
    found = shapes(
        [report("visit", visit(day(2, 5))), report("first", meeting(day(3))), report("second", meeting(day(5)))]
    )
    assert found == {frozenset({"visit", "first"}), frozenset({"second"})}


def test_overlapping_ranges_do_not_bridge_two_meetings() -> None:
    found = shapes(
        [
            report("r1", visit(day(2, 3))),
            report("r2", visit(day(3, 5))),
            report("m1", meeting(day(2))),
            report("m2", meeting(day(5))),
        ]
    )
    assert found == {frozenset({"r1", "r2", "m1"}), frozenset({"m2"})}


def test_a_vague_plan_does_not_bridge_two_visits() -> None:
    found = shapes(
        [report("july", planned(day(1, 31))), report("a", visit(day(5, 6))), report("b", visit(day(20, 22)))]
    )
    assert found == {frozenset({"july", "a"}), frozenset({"b"})}


def test_a_postponed_meeting_is_one_with_its_plan_and_with_its_new_day() -> None:
    assert together(
        report("plan", planned(day(10))),
        report("news", postponed(day(10), day(24))),
        report("held", meeting(day(24)), published=at(24)),
    )


def test_postponed_without_the_old_day_joins_the_only_plan_it_can_mean() -> None:
    plan, news = report("plan", planned(day(10))), report("news", postponed(None, day(24)), published=at(3))
    assert together(plan, news)
    other = report("other", planned(day(15)))
    assert shapes([plan, news, other]) == {frozenset({"plan"}), frozenset({"news"}), frozenset({"other"})}


def test_an_undated_held_meeting_is_that_of_its_publication_or_the_day_before() -> None:
    dated = report("dated", meeting(day(3)), published=at(3))
    assert together(dated, report("same day", meeting(), published=at(3)))
    assert together(dated, report("next day", meeting(), published=at(4)))
    assert not together(dated, report("later", meeting(), published=at(6)))


def test_a_day_that_is_only_that_of_publication_may_as_well_be_the_day_before() -> None:
    dated = report("dated", meeting(day(3)), published=at(3))
    assert together(dated, report("next", meeting(as_published(4)), published=at(4)))
    assert not together(dated, report("next", meeting(day(4)), published=at(4)))
    assert together(*(report(f"r{n}", meeting(as_published(n)), published=at(n)) for n in (3, 4)))


def test_an_undated_article_joins_the_day_even_if_it_errs_on_the_place() -> None:
    here, there = (report(f"r{n}", meeting(day(n), where=where)) for n, where in ((3, "KZ"), (4, "CN")))
    assert together(here, report("x", meeting(where="AM"), published=at(3)))
    found = shapes([here, there, report("x", meeting(where="KZ"), published=at(4))])
    assert found == {frozenset({"r3", "x"}), frozenset({"r4"})}


def test_an_undated_held_meeting_joins_the_nearest_day() -> None:
    found = shapes(
        [
            report("third", meeting(day(3)), published=at(3)),
            report("fourth", meeting(day(4)), published=at(4)),
            report("undated", meeting(), published=at(4)),
        ]
    )
    assert found == {frozenset({"third"}), frozenset({"fourth", "undated"})}


def test_undated_articles_of_one_or_two_days_are_one_but_make_no_chain() -> None:
    first, second, third = (report(f"d{n}", meeting(), published=at(n)) for n in (3, 4, 5))
    assert together(first, second)
    assert shapes([first, second, third]) == {frozenset({"d3", "d4"}), frozenset({"d5"})}


def test_an_undated_plan_means_the_next_meeting_within_weeks() -> None:
    dated = report("dated", planned(day(20)))
    assert together(dated, report("plan", planned(), published=at(2)))
    assert together(dated, report("off", cancelled(), published=at(2)))
    assert not together(dated, report("past", planned(), published=at(25)))
    far = report("far", planned(day(80)))
    assert not together(far, report("plan", planned(), published=at(2)))


def test_a_cancellation_is_not_guessed_between_two_plans() -> None:
    plans = [report("p1", planned(day(10))), report("p2", planned(day(20)))]
    off = report("off", cancelled(), published=at(2))
    assert len(shapes([*plans, off])) == 3
    assert shapes([*plans, report("again", planned(), published=at(2))]) == {
        frozenset({"p1", "again"}),
        frozenset({"p2"}),
    }
    visit_plan = report("p3", visit(day(15), status=Status.PLANNED))
    off_visit = report("off", visit(None, status=Status.CANCELLED), published=at(2))
    assert frozenset({"p3", "off"}) in shapes([*plans, visit_plan, off_visit])


def test_undated_plans_are_one_within_two_days() -> None:
    assert together(report("a", planned(), published=at(2)), report("b", planned(), published=at(4)))
    assert not together(report("a", planned(), published=at(2)), report("b", planned(), published=at(5)))


def test_unknown_dates_of_unknown_publication_never_merge() -> None:
    assert not together(
        report("a", call(), published=None), report("b", call(), published=None), report("c", call(), published=None)
    )
    assert not together(report("a", call(), published=None), report("b", call(day(1)), published=at(1)))


def test_a_clamped_time_is_that_of_first_sight_and_counts_only_when_live() -> None:
    live = [report(n, meeting(), quality=Quality.CLAMPED) for n in ("a", "b")]
    assert together(*live)
    old = [report(n, meeting(), quality=Quality.CLAMPED, origin=Origin.BACKLOG) for n in ("a", "b")]
    assert not together(*old)


def test_an_article_that_tells_two_meetings_of_a_pair_means_two() -> None:
    assert len(members([report("both", meeting(day(3)), planned(), published=at(3))])) == 2
    found = shapes([report("a", meeting(), meeting(), published=at(3)), report("b", meeting(), published=at(3))])
    assert found == {frozenset({"a", "b"}), frozenset({"a"})}


def test_a_date_too_wide_to_place_anything_counts_as_none() -> None:
    assert not together(
        report("a", planned(day(1, 300)), published=None), report("b", planned(day(20)), published=None)
    )


def test_who_is_not_named_goes_with_the_larger_part() -> None:
    ma, liu = ({"them": "deputy-minister", "theirs": name} for name in ("ma", "liu"))
    found = shapes(
        [
            report("m1", meeting(day(3), **ma)),  # type: ignore[arg-type]
            report("m2", meeting(day(3), **ma)),  # type: ignore[arg-type]
            report("l", meeting(day(3), **liu)),  # type: ignore[arg-type]
            report("x", meeting(day(3), them="deputy-minister", theirs=None)),
        ]
    )
    assert found == {frozenset({"m1", "m2", "x"}), frozenset({"l"})}


PREMIER = {"them": "head-of-government", "theirs": "li"}


@pytest.mark.parametrize(
    ("arrival", "talks"),
    [
        (visit(day(3), kz="deputy-head-of-government", ours="sklyar", where="KZ"), meeting(day(4))),
        (visit(day(3), kz="head-of-government", ours="bektenov", where="KZ/astana"), meeting(as_published(3))),
        (
            visit(day(3), kz="head-of-government", ours="bektenov", where="KZ/astana", **PREMIER),
            meeting(day(3), **PREMIER),
        ),
        (visit(day(3), where="CN/beijing", **PREMIER), meeting(day(3), where="CN")),
    ],
    ids=["next day", "no day told", "a premier's", "greeted abroad"],
)
def test_an_arrival_told_with_who_greets_goes_to_the_talks(arrival: Meeting, talks: Meeting) -> None:
    told = [report("a", arrival, published=at(3)), report("b", talks, published=at(4))]
    assert together(*told)
    assert together(*told[::-1])


@pytest.mark.parametrize(
    ("arrival", "talks"),
    [
        (visit(day(3), kz="foreign-minister", ours="nurtleu"), meeting(day(4))),
        (visit(day(3), kz="foreign-minister", ours="nurtleu", where="KZ"), meeting(day(6))),
        (visit(day(3), kz="foreign-minister", ours="nurtleu", where="KZ"), meeting(day(3), where="CN")),
        (visit(day(3), kz="foreign-minister", ours="nurtleu", where="KZ"), meeting(day(3), **PREMIER)),
        (visit(day(3), where="KZ"), meeting(day(3), kz="foreign-minister", ours="nurtleu")),
        (visit(day(3), kz="foreign-minister", ours="nurtleu", where="KZ"), call(day(3))),
        (visit(day(3), kz="foreign-minister", ours="nurtleu", where="KZ"), planned(day(4))),
        (planned(day(3), kz="foreign-minister", ours="nurtleu", where="KZ"), meeting(day(3))),
    ],
    ids=["who travels?", "days later", "elsewhere", "another guest", "lower", "by phone", "only planned", "talks"],
)
def test_these_arrivals_stay_by_themselves(arrival: Meeting, talks: Meeting) -> None:
    assert not together(report("a", arrival, published=at(3)), report("b", talks, published=at(4)))


def test_an_arrival_stays_with_the_greeter_who_negotiates() -> None:
    greeter = {"kz": "head-of-government", "ours": "bektenov", "where": "KZ"}
    told = [
        report("a", visit(day(3), **greeter)),
        report("b", meeting(day(3), where="KZ")),
        report("c", meeting(day(3), **greeter)),
    ]
    assert shapes(told) == {frozenset({"a", "c"}), frozenset({"b"})}


BY_OFFICE = {"them": "head-of-government", "theirs": "li", "resolution": Resolution.OFFICE}


@pytest.mark.parametrize(
    ("named", "echo"),
    [
        (meeting(day(3)), meeting(day(3), **BY_OFFICE)),
        (meeting(day(3)), meeting(day(3), them="foreign-minister", theirs=None, resolution=Resolution.UNKNOWN)),
        (meeting(day(3)), visit(day(2, 4), **BY_OFFICE)),
        (cancelled(day(3)), cancelled(None, **BY_OFFICE)),
        (meeting(None, resolution=Resolution.INTRODUCED), meeting(day(3), **BY_OFFICE)),
    ],
    ids=["an office", "an office nobody knows", "a visit around it", "without a day", "introduced"],
)
def test_whom_an_article_names_by_office_alone_beside_one_it_names_is_an_echo(named: Meeting, echo: Meeting) -> None:
    assert len(members([report("a", named, echo)])) == 1
    assert len(members([report("a", echo, named)])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (meeting(day(3)), meeting(day(3), them="head-of-government", theirs="li")),
        (meeting(day(3), theirs=None), meeting(day(3), **BY_OFFICE)),
        (meeting(day(3)), meeting(day(4), **BY_OFFICE)),
        (meeting(day(3)), planned(day(3), **BY_OFFICE)),
        (meeting(day(3)), call(day(3), **BY_OFFICE)),
        (meeting(day(3)), meeting(day(3), kz="head-of-government", ours="bektenov", **BY_OFFICE)),
    ],
    ids=["both named", "nobody named", "another day", "still to come", "by phone", "another of ours"],
)
def test_these_two_meetings_of_an_article_are_two(one: Meeting, other: Meeting) -> None:
    assert len(members([report("a", one, other)])) == 2


def test_an_echo_is_no_meeting_of_another_article() -> None:
    assert not together(report("a", meeting(day(3))), report("b", meeting(day(3), **BY_OFFICE)))


def test_an_echo_goes_to_its_own_event_as_soon_as_an_article_names_who_met() -> None:
    twice = report("a", meeting(day(3)), meeting(day(3), **BY_OFFICE))
    premier = report("b", meeting(day(3), them="head-of-government", theirs="li"), published=at(4))
    assert shapes([twice, premier]) == {frozenset({"a"}), frozenset({"a", "b"})}
