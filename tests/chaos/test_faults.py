"""The schedule of faults: the same for a seed, every kind in it, and none that an engine could not survive."""

from collections import Counter

import pytest

from tests.chaos.faults import FORGETFUL, LASTING, Kind, schedule

SESSION = 6.0


@pytest.mark.parametrize("lasting", [True, False])
def test_a_seed_reproduces_its_schedule(lasting: bool) -> None:
    once = schedule(7, 20_000, 50, SESSION, lasting=lasting)
    assert once == schedule(7, 20_000, 50, SESSION, lasting=lasting)
    assert once != schedule(8, 20_000, 50, SESSION, lasting=lasting)
    assert [fault.at for fault in once] == sorted(fault.at for fault in once)
    assert all(0 < fault.at < 20_000 for fault in once)


def test_every_kind_comes_before_any_comes_twice() -> None:
    kinds = Counter(fault.kind for fault in schedule(1, 1000, len(set(LASTING)), SESSION, lasting=True))
    assert set(kinds) == set(Kind)
    assert set(kinds.values()) == {1}


def test_a_broker_that_forgets_is_never_stopped() -> None:
    kinds = {fault.kind for fault in schedule(1, 20_000, 200, SESSION, lasting=False)}
    assert kinds == set(FORGETFUL)
    assert not kinds & {Kind.BROKER_STOP, Kind.BROKER_KILL}


def test_pauses_are_on_both_sides_of_the_session() -> None:
    faults = schedule(1, 20_000, 200, SESSION, lasting=True)
    assert all(fault.seconds < SESSION for fault in faults if fault.kind is Kind.PAUSE)
    assert all(fault.seconds > SESSION for fault in faults if fault.kind is Kind.LONG_PAUSE)
    assert len({fault.seconds < SESSION for fault in faults if fault.kind is Kind.BROKER_PAUSE}) == 2
