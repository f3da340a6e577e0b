"""The figures of `jarshy evaluate stories`."""

from datetime import datetime

import pytest

from streams.stories.evaluate import score
from streams.stories.firsts import Labelled
from tests.streams.stories.newsroom import at, day, meeting, planned, postponed, report
from wire.records import Meeting


def labelled(
    name: str, event: str | None, *meetings: Meeting, published: datetime | None = None, told: tuple[str, ...] = ()
) -> Labelled:
    reports = (report(name, *meetings, published=published),) if meetings else ()
    return Labelled(name, event, "kk", event is not None, published or at(3), reports, told)


def test_everything_right_is_one() -> None:
    found = score(
        [
            labelled("a", "E1", meeting(day(3))),
            labelled("b", "E1", meeting(day(3), rules=())),
            labelled("c", "E2", meeting(day(9)), published=at(9)),
            labelled("n", None),
        ]
    )
    assert found[:8] == (2, 2, 1.0, 1.0, 1.0, 1.0, 1.0, 0)
    assert (found.split, found.mixed, found.missed) == ((), (), ())


def test_a_split_event_costs_recall_and_its_single_first() -> None:
    found = score([labelled("a", "E1", meeting(day(3))), labelled("b", "E1", meeting(day(4)))])
    assert (found.bcubed_precision, found.bcubed_recall) == (1.0, 0.5)
    assert (found.first_alerts_per_event, found.events_with_one_first) == (2.0, 0.0)
    assert found.split[0].parts == (("a",), ("b",))


def test_mixed_events_cost_precision() -> None:
    found = score([labelled("a", "E1", meeting(day(3))), labelled("b", "E2", meeting(day(3)))])
    assert (found.bcubed_precision, found.bcubed_recall) == (0.5, 1.0)
    assert (found.first_alerts_per_event, found.events_with_one_first) == (0.5, 0.5)
    assert found.mixed[0].parts == (("a",), ("b",))


def test_an_event_of_two_meetings_is_told_once_by_two_first_alerts() -> None:
    both = (meeting(day(3)), meeting(day(3), them="head-of-government", theirs="li"))
    found = score([labelled(name, "E1", *both, told=("xi", "li")) for name in ("a", "b")])
    assert found.stories == 2
    assert (found.bcubed_f1, found.first_alerts_per_event, found.events_with_one_first) == (1.0, 1.0, 1.0)


def test_missed_articles_and_negatives_that_alert_are_counted() -> None:
    found = score(
        [
            labelled("a", "E1", meeting(day(3))),
            labelled("b", "E1"),
            labelled("n", None, meeting(day(20)), published=at(20)),
        ]
    )
    assert found.missed == ("b",)
    assert found.bcubed_recall == 0.5
    assert found.first_alerts_of_negatives == 1


def test_closed_stories_still_count() -> None:
    found = score(
        [
            labelled(f"{event}{n}", event, meeting(day(number)), published=at(number))
            for event, number in (("E1", 3), ("E2", 30), ("E3", 60))
            for n in range(2)
        ]
    )
    assert found.bcubed_f1 == pytest.approx(1.0)
    assert found.events_with_one_first == 1.0


def test_stories_that_parted_again_are_two() -> None:
    wrong = report("c", postponed(day(9), day(16)), published=at(3))
    right = report("c", planned(day(9)), published=at(3), revision=2)
    found = score(
        [
            labelled("a", "E1", planned(day(9)), published=at(1)),
            labelled("b", "E2", planned(day(16)), published=at(2)),
            Labelled("c", "E1", "kk", True, at(3), (wrong, right)),
        ]
    )
    assert (found.stories, found.split, found.mixed) == (2, (), ())
    assert found.bcubed_f1 == pytest.approx(1.0)
