"""Why an event was not told once: nobody read it, it joined another's story, or two first alerts are kept apart."""

from streams.stories.evaluate import score
from streams.stories.firsts import Fault, Labelled
from tests.streams.stories.newsroom import at, call, day, meeting, report
from wire.records import Meeting, Reason


def labelled(name: str, event: str, *meetings: Meeting, told: tuple[str, ...] = (), why: str = "") -> Labelled:
    reports = (report(name, *meetings, published=at(3)),) if meetings else ()
    refused = (Reason(code="weak", text=why),) if why else ()
    return Labelled(name, event, "kk", True, at(3), reports, told, refused)


def fault(*articles: Labelled) -> tuple[Fault, list[tuple[str, str]]]:
    """Return the only fault, and its reasons."""
    (found,) = score(articles).faults
    return found, [(why.code, why.text) for why in found.why]


def test_an_event_told_once_has_no_fault() -> None:
    assert score([labelled("a", "E1", meeting(day(3))), labelled("b", "E1", meeting(day(3)))]).faults == ()


def test_an_event_that_nobody_read_says_what_was_refused() -> None:
    found, why = fault(labelled("a", "E1", why="told in passing"))
    assert (found.event, found.expected, found.firsts) == ("E1", 1, ())
    assert why == [("unread", "a: 0 of 1 meetings read: weak: told in passing")]


def test_of_two_meetings_only_one_was_read() -> None:
    found, why = fault(labelled("a", "E1", meeting(day(3)), told=("xi", "li"), why="recalled"))
    assert (found.expected, found.firsts) == (2, ("a",))
    assert why == [("unread", "a: 1 of 2 meetings read: weak: recalled")]


def test_an_event_that_joined_anothers_story_says_whose() -> None:
    found, why = fault(labelled("a", "E1", meeting(day(3))), labelled("b", "E2", meeting(day(3))))
    assert (found.event, found.firsts) == ("E2", ())
    assert why == [("joined", "b is in a story of E1 with a")]


def test_two_first_alerts_say_what_keeps_them_apart() -> None:
    found, why = fault(labelled("a", "E1", meeting(day(3))), labelled("b", "E1", meeting(day(4), where="KZ/astana")))
    assert found.firsts == ("a", "b")
    assert why == [("apart", "a / b: date 2024-07-03 / 2024-07-04; place unknown / KZ/astana")]


def test_a_call_and_talks_are_apart_by_the_way_they_meet() -> None:
    _, why = fault(labelled("a", "E1", meeting(day(3))), labelled("b", "E1", call(day(3))))
    assert why == [("apart", "a / b: way in person / remote")]


def test_a_negative_that_raises_a_first_alert_is_named() -> None:
    noise = labelled("n", "E1", meeting(day(20)))._replace(event=None, positive=False)
    assert score([labelled("a", "E1", meeting(day(3))), noise]).alarms == ("n",)
