"""Buckets never admit more than their rate, and say how long to wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.rates import BOT, CHAT, GROUP, Bucket, Rate, parse_rate, take_turn


@pytest.mark.parametrize(("text", "rate"), [("1/s", Rate(1, 1)), ("18/min", Rate(18, 60)), ("500/h", Rate(500, 3600))])
def test_rates_in_words(text: str, rate: Rate) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "0/s", "-1/s", "1", "1/day", "a/s", "1.5/s"])
def test_what_is_no_rate(text: str) -> None:
    with pytest.raises(ValueError, match="is no rate"):
        parse_rate(text)


def test_one_a_second() -> None:
    bucket = Bucket(CHAT)
    assert take_turn([bucket], 100.0) == 0
    assert take_turn([bucket], 100.25) == pytest.approx(0.75)
    assert take_turn([bucket], 101.0) == 0


def test_no_token_is_taken_where_another_bucket_is_empty() -> None:
    group, chat = Bucket(Rate(1, 10)), Bucket(CHAT)
    assert take_turn([group, chat], 0.0) == 0
    assert take_turn([group, chat], 1.0) == pytest.approx(9)
    assert chat.wait(1.0) == 0


@given(st.lists(st.floats(0, 3), max_size=120), st.sampled_from([CHAT, GROUP, BOT, Rate(5, 2)]))
def test_never_more_than_the_rate_and_its_small_burst_in_any_window(pauses: list[float], rate: Rate) -> None:
    bucket, now, taken = Bucket(rate), 0.0, []
    for pause in pauses:
        now += pause
        if take_turn([bucket], now) == 0:
            taken.append(now)
    burst = max(1, min(rate.most // 10, 5))
    for start in taken:
        assert sum(start <= each < start + rate.seconds - 1e-6 for each in taken) <= rate.most + burst


def test_scale_shortens_the_span() -> None:
    bucket = Bucket(CHAT, scale=0.01)
    assert take_turn([bucket], 0.0) == 0
    assert take_turn([bucket], 0.011) == 0


def test_the_next_waits_from_the_answer_on_where_one_may_go_at_a_time() -> None:
    one, several = Bucket(Rate(1, 1.0)), Bucket(Rate(25, 1.0))
    for bucket in (one, several):
        assert bucket.wait(0.0) == 0.0
        bucket.take(0.0)
        bucket.answered(0.7)
    assert one.wait(1.0) == pytest.approx(0.7)
    assert several.wait(1.0) == 0.0
