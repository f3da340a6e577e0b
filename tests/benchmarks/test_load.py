"""The load of `make bench-pipeline` is what it says: that share reports a meeting, and no two articles are alike."""

from benchmarks.match.articles import PUBLISHED
from benchmarks.pipeline.load import Press, again
from benchmarks.pipeline.stretch import ROOT
from streams.pipeline import LivePipeline

MANY = 60


def test_exactly_the_share_that_was_asked_for_reports() -> None:
    pipeline = LivePipeline(ROOT / "config").pipeline
    press = Press(pipeline, kilobytes=1, seed=1)
    articles = press.articles(MANY, 10)
    reporting = [bool(pipeline.read(each, 0, PUBLISHED).reports) for each in articles]
    assert sum(reporting) == MANY // 10
    assert sum(reporting[: MANY // 2]) == MANY // 20, "spread evenly"
    others = press.articles(MANY)
    assert not any(pipeline.read(each, 0, PUBLISHED).reports for each in others)
    assert len({each.id for each in articles + others}) == len({each.body for each in articles + others}) == 2 * MANY
    assert {each.language for each in articles} == {"kk", "pl", "ar"}


def test_the_same_texts_come_again_under_new_ids() -> None:
    pipeline = LivePipeline(ROOT / "config").pipeline
    few = Press(pipeline, kilobytes=1, seed=2).articles(3)
    longer = list(again(few, 10))
    assert len({each.id for each in longer}) == len({each.keys for each in longer}) == 10
    assert len({each.body for each in longer}) == 3
