"""When something may be told: quiet hours, digests, silences, grouping; and that the clock's tricks are harmless."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.holding import Waiting, agenda_day, hold, next_time, quiet_end
from alerts.lines import Digests, Grouping, Quiet, ReceiverLines
from alerts.silences import About, Silence, about, silenced
from tests.alerts.samples import AT_ONCE, NOW, alert

ALMATY = ZoneInfo("Asia/Almaty")
NIGHT = Quiet(from_="22:00", to="07:00")
WHAT = About(story="sto-abcdefgh", country="UZ", rules=("ca",), feeds=("akorda",))


def lines(**more: Any) -> ReceiverLines:
    """Return a receiver in Almaty that nothing else holds."""
    values: dict[str, Any] = {"url": "json://x", "frame": "kk", "zone": "Asia/Almaty", "group": AT_ONCE.group}
    return ReceiverLines(**(values | more))


def waiting(**more: Any) -> Waiting:
    values: dict[str, Any] = {
        "n": 1, "thread": "t", "group": "t", "kind": "first", "priority": "routine", "about": WHAT, "owed": NOW,
    }  # fmt: skip
    return Waiting(**(values | more))


def at(clock: str, day: int = 4) -> datetime:
    """Return a time of day in Almaty."""
    return datetime.combine(datetime(2026, 3, day).date(), time.fromisoformat(clock), ALMATY)


def why(each: Waiting, receiver: ReceiverLines, now: datetime, *silences: Silence) -> tuple[str, datetime] | None:
    found = hold(each, receiver, silences, now)
    return (found.reason.code, found.until) if found else None


@pytest.mark.parametrize(
    ("clock", "until"),
    [("21:59", None), ("22:00", ("07:00", 5)), ("23:59", ("07:00", 5)), ("06:59", ("07:00", 4)), ("07:00", None)],
)
def test_quiet_hours_pass_midnight(clock: str, until: tuple[str, int] | None) -> None:
    expected = ("quiet-hours", at(*until)) if until else None
    assert why(waiting(), lines(quiet=NIGHT), at(clock)) == expected


def test_quiet_hours_of_a_day() -> None:
    noon = Quiet(from_="12:00", to="13:00")
    assert quiet_end(noon, ALMATY, at("12:30")) == at("13:00")
    assert quiet_end(noon, ALMATY, at("13:00")) is None


def test_a_flash_goes_through_the_night_only_where_the_desk_says_so() -> None:
    flash = waiting(priority="flash")
    assert why(flash, lines(quiet=NIGHT), at("23:00"))
    assert why(flash, lines(quiet=Quiet(from_="22:00", to="07:00", flash=True)), at("23:00")) is None


def test_a_message_that_is_being_retried_does_not_ring_at_night_either() -> None:
    assert why(waiting(attempt=2), lines(quiet=NIGHT), at("23:00")) == ("quiet-hours", at("07:00", 5))
    assert why(waiting(attempt=2), lines(), at("23:00")) is None


def test_operators_hear_of_trouble_at_any_hour() -> None:
    assert why(waiting(kind="notice"), lines(quiet=NIGHT), at("23:00")) is None


def test_digests_are_told_at_their_times_and_what_is_louder_at_once() -> None:
    twice = lines(digest=Digests(at=("08:00", "18:00")))
    assert why(waiting(), twice, at("09:00")) == ("in-digest", at("18:00"))
    assert why(waiting(), twice, at("18:00")) == ("in-digest", at("08:00", 5))
    assert why(waiting(priority="urgent"), twice, at("09:00")) is None
    held = waiting(held="in-digest", until=at("18:00"))
    assert why(held, twice, at("17:59")) == ("in-digest", at("18:00"))  # looked at anew, because of a silence
    assert why(held, twice, at("18:01")) is None


def test_grouping_waits_a_little_for_what_is_new_and_longer_for_more_of_it() -> None:
    grouped = lines(group=Grouping())
    assert why(waiting(), grouped, NOW) == ("grouped", NOW + timedelta(seconds=20))
    assert why(waiting(priority="flash"), grouped, NOW) is None
    assert why(waiting(), grouped, NOW + timedelta(seconds=20)) is None
    told = waiting(kind="update", told=NOW - timedelta(minutes=3))
    assert why(told, grouped, NOW) == ("grouped", NOW + timedelta(minutes=7))
    change = told._replace(kind="status-change")
    assert why(change, grouped, NOW) == ("grouped", NOW + timedelta(seconds=20))
    joins = waiting(opens=NOW + timedelta(seconds=5))  # something else of the visit goes in five seconds
    assert why(joins, grouped, NOW) == ("grouped", NOW + timedelta(seconds=5))


def test_a_silence_holds_what_it_names_till_it_ends() -> None:
    silence = Silence(1, NOW + timedelta(hours=1), "Asel", "training", country="UZ")
    assert why(waiting(), lines(), NOW, silence) == ("silenced", silence.until)
    assert why(waiting(), lines(), silence.until, silence) is None
    assert why(waiting(attempt=1), lines(), NOW, silence) is None  # it is on its way
    assert why(waiting(held="released"), lines(quiet=NIGHT), at("23:00"), silence) is None


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({"story": "sto-abcdefgh"}, True),
        ({"story": "abcdef"}, True),
        ({"story": "xyz"}, False),
        ({"rule": "ca"}, True),
        ({"rule": "ca", "country": "TJ"}, False),
        ({"feed": "akorda"}, True),
        ({"feed": "pap"}, False),
    ],
)
def test_every_line_of_a_silence_must_fit(more: dict[str, str], fits: bool) -> None:
    silence = Silence(1, NOW + timedelta(hours=1), "Asel", "why", **more)
    assert (silenced(WHAT, [silence], NOW) is silence) is fits


def test_a_second_feed_or_rule_is_not_silenced_with_the_first() -> None:
    two = About(rules=("ca", "gas"), feeds=("akorda", "pap"))
    for line in ({"rule": "ca"}, {"feed": "akorda"}):
        assert silenced(two, [Silence(1, NOW + timedelta(hours=1), "A", "why", **line)], NOW) is None
    assert about(alert()) == About(story="sto-abcdefghijklmnop", country="UZ", rules=("ca",), feeds=("feed-1",))


def test_the_agenda_is_told_at_its_time_or_a_little_late() -> None:
    for clock, due in (("07:29", False), ("07:30", True), ("10:29", True), ("10:30", False)):
        assert (agenda_day(time(7, 30), ALMATY, at(clock)) is not None) is due


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.sampled_from(["Europe/Warsaw", "Asia/Almaty", "America/New_York", "UTC"]),
    st.times(),
    st.times(),
)
def test_no_hold_is_longer_than_a_day_nor_over_already(moment: datetime, zone: str, begin: time, end: time) -> None:
    """Whatever the zone and its changes of the clock: a quiet night ends, later than now."""
    now, there = moment.replace(tzinfo=UTC), ZoneInfo(zone)
    quiet = Quiet(from_=f"{begin:%H:%M}", to=f"{end:%H:%M}")
    then = quiet_end(quiet, there, now)
    assert then is None or now < then <= now + timedelta(hours=25)
    assert now < next_time((begin, end), there, now) <= now + timedelta(hours=25)


@given(st.integers(-400, 400), st.integers(-400, 400))
def test_a_clock_set_back_holds_nothing_longer_than_the_lines_say(owed: int, told: int) -> None:
    each = waiting(owed=NOW + timedelta(days=owed), told=NOW + timedelta(days=told))
    found = hold(each, lines(group=Grouping()), (), NOW)
    assert found is None or found.until <= NOW + timedelta(minutes=10)
