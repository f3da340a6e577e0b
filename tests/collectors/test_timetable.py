"""Turns are taken by time and by the manners of hosts."""

from hypothesis import given
from hypothesis import strategies as st

from collectors.feeds import Feed
from collectors.timetable import Manners, Timetable


def feed(id: str, host: str = "a.kz", private: bool = False) -> Feed:
    return Feed(
        id=id, url=f"https://{host}/{id}", language="kk", outlet="x", zone="UTC", interval=60, allow_private=private
    )


def taken(table: Timetable, now: float) -> Feed | None:
    turn = table.take(now)
    return turn.feed if turn else None


def test_feeds_are_taken_when_due_and_not_before() -> None:
    table = Timetable()
    table.put(feed("late"), 20)
    table.put(feed("early"), 10)
    assert (table.next_at(), table.take(9)) == (10, None)
    assert (turn := table.take(10))
    assert (turn.feed.id, turn.due) == ("early", 10)
    assert table.take(19) is None


def test_a_host_is_asked_at_most_twice_at_once_and_not_in_one_breath() -> None:
    table = Timetable(Manners(concurrency=2, spacing=1))
    feeds = [feed(str(n)) for n in range(4)]
    for each in feeds:
        table.put(each, 0)
    assert taken(table, 0) == feeds[0]
    assert table.take(0) is None
    assert table.next_at() == 1
    assert taken(table, 1) == feeds[1]
    assert table.take(5) is None
    table.done(feeds[0], 5)
    assert taken(table, 5) == feeds[2]


def test_what_is_dropped_is_not_taken_and_what_is_put_again_only_once() -> None:
    table = Timetable(Manners(concurrency=1, spacing=0))
    first, second, third = (feed(str(n)) for n in range(3))
    for each in (first, second, third):
        table.put(each, 0)
    assert taken(table, 0) == first
    assert table.take(0) is None  # the others wait at their host
    table.drop("1")
    table.put(third, 7)
    table.done(first, 1)
    assert table.take(6) is None
    assert taken(table, 7) == third
    assert table.take(99) is None


def test_a_host_that_asks_for_rest_gets_it_for_all_its_feeds() -> None:
    table = Timetable()
    table.put(feed("a"), 0)
    table.put(feed("b"), 5)
    assert taken(table, 0) == feed("a")
    table.done(feed("a"), 1, hold_until=60)
    assert table.take(59) is None
    assert table.take(60) == (feed("b"), 5)


def test_hosts_do_not_wait_for_one_another() -> None:
    table = Timetable()
    for n in range(5):
        table.put(feed(str(n), f"{n}.kz"), 0)
    assert all(table.take(0) for _ in range(5))


def test_ones_own_machine_needs_no_spacing() -> None:
    table = Timetable(Manners(concurrency=2, spacing=1))
    table.put(feed("a", private=True), 0)
    table.put(feed("b", private=True), 0)
    assert table.take(0)
    assert table.take(0)


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 50)), max_size=25), st.integers(1, 3), st.floats(0, 3))
def test_every_feed_gets_its_turn_and_manners_are_kept(
    puts: list[tuple[int, float]], concurrency: int, spacing: float
) -> None:
    table = Timetable(Manners(concurrency, spacing))
    due = {}
    for n, (host, at) in enumerate(puts):
        due[str(n)] = at
        table.put(feed(str(n), f"{host}.kz"), at)
    begun: dict[str, list[float]] = {}
    busy: list[tuple[float, Feed]] = []
    clock, begun_all = 0.0, 0
    while begun_all < len(puts):
        for end, each in [pair for pair in busy if pair[0] <= clock]:
            busy.remove((end, each))
            table.done(each, clock)
        while found := taken(table, clock):
            assert clock >= due[found.id]
            assert sum(each.host == found.host for _, each in busy) < concurrency
            assert not begun.get(found.host) or clock - begun[found.host][-1] >= spacing - 1e-9
            begun.setdefault(found.host, []).append(clock)
            busy.append((clock + 1.7, found))
            begun_all += 1
        clock += 0.25
        assert clock < 1000
