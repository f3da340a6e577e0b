"""Texts that nobody would write: the whole pipeline reads them, in time that grows as they do."""

from functools import cache

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import KINDS, ODD, SCRAPS, encodable, pipeline, readable, seconds, texts
from streams.pipeline import Pipeline
from tests.streams.test_pipeline import CALL, NOW
from wire.records import Report, decode, encode

_scraps = st.lists(st.sampled_from((*SCRAPS, *ODD)) | st.text(max_size=5), max_size=40)
patient = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def reads() -> Pipeline:
    """The shipped lexicon and rules."""
    return pipeline()


@given(_scraps, st.sampled_from(["", " ", "\n", ". "]), st.sampled_from(["kk", "pl", "ar", "", "ru"]))
@patient
def test_whatever_is_written_it_is_read(parts: list[str], joint: str, claim: str) -> None:
    assert readable(reads(), joint.join(parts), claim)


def test_the_same_seed_gives_the_same_texts() -> None:
    assert list(texts(20, 7)) == list(texts(20, 7)) != list(texts(20, 8))


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_as_the_text_does(kind: str) -> None:
    seconds(reads(), KINDS[kind], 20_000)
    short = min(seconds(reads(), KINDS[kind], 20_000) for _ in range(2))
    long = seconds(reads(), KINDS[kind], 160_000)
    assert long < 32 * max(short, 0.005)  # eight times the letters; a quadratic step takes 64 times as long


def test_halves_of_characters_move_nothing_and_go_into_no_record() -> None:
    broken = msgspec.structs.replace(CALL, text=CALL.text.replace(" ", "\ud800", 1).replace(" ", "\udfff ", 1))
    mended = encodable(broken)
    assert len(mended.body) == len(broken.body)
    (report,) = reads().read(broken, 1, NOW).reports
    assert decode(Report, encode(report)) == report
    assert encodable(CALL) is CALL
