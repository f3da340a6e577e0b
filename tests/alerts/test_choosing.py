"""What goes next, and what goes with it: one message for a story, a visit, a night, a flood."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alerts.choosing import MOST_STORIES, choose
from alerts.holding import Waiting
from alerts.lines import Grouping, Quiet, ReceiverLines
from alerts.silences import About
from tests.alerts.samples import AT_ONCE, NOW

PAST = NOW - timedelta(minutes=30)


def waiting(n: int, thread: str = "", **more: Any) -> Waiting:
    thread = thread or f"t{n}"
    values: dict[str, Any] = {"group": thread, "kind": "first", "priority": "routine", "owed": PAST}
    return Waiting(n=n, thread=thread, about=About(), **(values | more))


def bundle(*each: Waiting, lines: ReceiverLines = AT_ONCE) -> tuple[int, ...]:
    return choose(each, lines, (), NOW).bundle


def test_the_oldest_goes_first_and_a_flash_before_it() -> None:
    assert bundle(waiting(1), waiting(2)) == (1,)
    assert bundle(waiting(1), waiting(2, priority="flash")) == (2,)


def test_what_waits_of_a_story_goes_in_one_message() -> None:
    assert bundle(waiting(1, "a"), waiting(2), waiting(3, "a", kind="update")) == (1, 3)


def test_what_waits_of_a_visit_goes_in_one_message() -> None:
    assert bundle(waiting(1, group="v"), waiting(2), waiting(3, group="v")) == (1, 3)


def test_what_a_night_held_goes_in_one_message() -> None:
    night = [waiting(n, held="quiet-hours", until=PAST) for n in (1, 2, 4)]
    assert bundle(*night, waiting(3)) == (1, 2, 4)


def test_a_flood_goes_in_one_message_but_a_flash_alone() -> None:
    lines = ReceiverLines(url="json://x", frame="en", group=Grouping(wait="0s", interval="0s"), throttle=3)
    assert bundle(*map(waiting, range(1, 4)), lines=lines) == (1,)
    flood = [waiting(n) for n in range(1, 6)]
    assert bundle(*flood, waiting(6, priority="flash"), lines=lines) == (6,)
    assert bundle(*flood, lines=lines) == (1, 2, 3, 4, 5)


def test_a_digest_has_so_many_lines_and_the_rest_goes_into_the_next() -> None:
    night = [waiting(n, held="quiet-hours", until=PAST) for n in range(1, MOST_STORIES + 5)]
    assert bundle(*night) == tuple(range(1, MOST_STORIES + 1))


def test_what_is_on_its_way_stays_what_it_was_and_nothing_of_its_story_overtakes_it() -> None:
    assert bundle(waiting(1, "a", attempt=1), waiting(2, "a", kind="update")) == (1,)
    assert bundle(waiting(1, "a", attempt=1), waiting(2, "a", priority="flash")) == (1,)
    assert bundle(waiting(1, attempt=8), waiting(2)) == (2,)  # one message must not block a receiver


def test_what_is_held_is_told_why() -> None:
    quiet = ReceiverLines(url="json://x", frame="en", quiet=Quiet(from_="09:00", to="10:00"))
    choice = choose([waiting(1), waiting(2, kind="notice")], quiet, (), NOW)
    assert choice.bundle == (2,)
    assert [(each.n, each.hold.reason.code) for each in choice.held] == [(1, "quiet-hours")]


@given(
    st.lists(
        st.builds(
            waiting,
            st.just(0),
            st.sampled_from("abcdef"),
            group=st.sampled_from("vw"),
            kind=st.sampled_from(["first", "update", "notice", "agenda"]),
            priority=st.sampled_from(["flash", "urgent", "routine"]),
            attempt=st.integers(0, 9),
            held=st.sampled_from(["", "quiet-hours", "grouped", "silenced"]),
        ),
        min_size=1,
        max_size=50,
    ),
    st.integers(0, 40),
)
def test_something_always_goes_and_frozen_messages_go_alone(each: list[Waiting], throttle: int) -> None:
    rows = [one._replace(n=n) for n, one in enumerate(each)]
    lines = ReceiverLines(url="json://x", frame="en", group=Grouping(wait="0s", interval="0s"), throttle=throttle)
    (first, *others) = bundle(*rows, lines=lines)
    assert len({first, *others}) == 1 + len(others)
    assert len({rows[n].thread for n in (first, *others)}) <= MOST_STORIES
    assert all(rows[n].fresh for n in others)
    assert rows[first].fresh or not others
