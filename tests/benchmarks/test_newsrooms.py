"""The newsrooms of `make bench-pipeline`: every article enters one feed of its language at its time, and is timed."""

import re
import time
from pathlib import Path

import httpx

from benchmarks.match.articles import PUBLISHED
from benchmarks.pipeline import newsrooms
from benchmarks.pipeline.newsrooms import FEEDS, ROOMS, Newsrooms
from collectors.feeds import load
from wire.records import Article, Quality

RATE = 20.0


def _article(number: int) -> Article:
    return Article(
        id=f"art-{number}", keys=(), feed="x", outlet="x", language=("kk", "pl", "ar")[number % 3], seen=PUBLISHED,
        published=PUBLISHED, quality=Quality.EXACT, title=f"Title {number}", text=f"Text {number}.",
    )  # fmt: skip


def test_articles_stand_in_feeds_of_their_language_and_are_timed_when_handed_out(tmp_path: Path) -> None:
    articles = [_article(number) for number in range(12)]
    ours = Newsrooms(articles, RATE)
    with ours.open(), httpx.Client(trust_env=False) as client:
        (tmp_path / "feeds.yaml").write_text(ours.feeds_yaml("2s"), encoding="utf-8")
        feeds = load(tmp_path / "feeds.yaml")
        assert len(feeds) == len(FEEDS)
        assert len({feed.host for feed in feeds}) == ROOMS
        for feed in feeds:  # the clocks start
            assert "<item>" not in client.get(feed.url).text
        assert not ours.over
        assert ours.printed() == {}
        time.sleep(newsrooms.LEAD + len(articles) / RATE)
        assert ours.over
        asked = time.time()
        found: dict[str, set[str]] = {"kk": set(), "pl": set(), "ar": set()}
        for feed in feeds:
            found[feed.language] |= _titles(client, feed.url)
    assert found == {code: {each.title for each in articles if each.language == code} for code in ("kk", "pl", "ar")}
    printed = ours.printed()
    assert len(printed) == len(articles)
    assert all(each.stood <= asked <= each.handed_out < asked + 5 for each in printed.values())
    stood = sorted(each.stood for each in printed.values())
    assert (len(articles) - 2) / RATE < stood[-1] - stood[0] < (len(articles) - 1) / RATE + 5


def _titles(client: httpx.Client, url: str) -> set[str]:
    return set(re.findall("<item><title>(.*?)</title>", client.get(url).text))
