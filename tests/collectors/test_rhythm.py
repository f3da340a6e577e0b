"""What a feed's own past says of its future."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from collectors import rhythm
from collectors.rhythm import Rhythm

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
GAPS = st.lists(st.floats(1, 1e6), min_size=1, max_size=40)


def test_a_first_document_tells_a_rhythm_by_its_dates() -> None:
    hours = (1, 2, 3, 4, 12)
    found = rhythm.first([NOW - timedelta(hours=hour) for hour in hours], NOW)
    assert found == Rhythm(pace=11 * 3600 / 4, longest=8 * 3600)
    assert rhythm.first([NOW] * 4, NOW) is None
    assert rhythm.first([NOW + timedelta(days=1)] * 9, NOW) is None


@given(GAPS)
def test_the_pace_lies_between_its_gaps(gaps: list[float]) -> None:
    found = None
    for gap in gaps:
        found = rhythm.heard(found, gap, 1)
    assert found
    assert min(gaps) * 0.999 <= found.pace <= max(gaps) * 1.001
    assert gaps[-1] <= found.longest <= max(gaps)


def test_a_long_pause_is_forgotten_in_weeks() -> None:
    week = 7 * 86_400.0
    found = Rhythm(pace=3600, longest=week)
    for _ in range(2 * 14 * 24):
        found = rhythm.heard(found, 3600, 1)
    assert week / 5 < found.longest < week / 3


def test_patience_is_bounded() -> None:
    assert rhythm.patience(None) == rhythm.MOST_SILENCE
    assert rhythm.patience(Rhythm(pace=1, longest=1)) == rhythm.LEAST_SILENCE
    assert rhythm.patience(Rhythm(pace=1, longest=6 * 3600)) == 18 * 3600
