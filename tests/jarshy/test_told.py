"""The newsroom's script through recognition and stories alone: seconds, where the whole system takes a minute.

The system test takes the same script over HTTP, Kafka, Faust and a chat (tests/test_system.py).
"""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jarshy.demo import expect
from jarshy.newsroom import press, script
from jarshy.newsroom.script import Entry, FeedScript, Newsroom
from streams.pipeline import LivePipeline, Pipeline
from streams.stories import Rows, follow
from wire import ids
from wire.records import Alert, Article, Origin, Quality

ROOT = Path(__file__).parents[2]
OPENED = datetime.now(UTC).replace(microsecond=0)
BACKLOG = timedelta(hours=6)


JITTER = 3.0
"""Seconds by which feeds may be read late: two polls, and a little."""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return LivePipeline(ROOT / "config").pipeline


@pytest.mark.parametrize("seed", range(6))
def test_the_script_is_told_right_in_whatever_order_the_feeds_are_read(pipeline: Pipeline, seed: int) -> None:
    newsroom = script.load()
    late = random.Random(seed)
    lateness = {feed.id: late.uniform(0, JITTER) if seed else 0.0 for feed in newsroom.feeds}
    play = press.Play(prepared=OPENED, opened=OPENED, zone=newsroom.zone)
    rows: dict[str, Rows] = {}
    alerts: list[Alert] = []
    for number, entry in enumerate(sorted(newsroom.entries, key=lambda entry: entry.at + lateness[entry.feed])):
        now = play.moment(entry.at + lateness[entry.feed])
        article = _article(newsroom, newsroom.feed(entry.feed), entry, play, now)
        for report in pipeline.read(article, number, now).reports:
            partner = report.partner.code
            rows[partner], gathered = follow(rows.get(partner, Rows()), report, now)
            alerts += gathered.alerts
    judged = expect.judge(newsroom, alerts, play.today)
    assert not judged.stray
    assert not [verdict for verdict in judged.events if verdict.faults]


def _article(newsroom: Newsroom, feed: FeedScript, entry: Entry, play: press.Play, now: datetime) -> Article:
    """Return what the collectors make of an entry, as it stands in its feed then."""
    guid = entry.guid or entry.revises
    shown = next(each for each in press.shown(newsroom, feed, play, now) if each.guid == guid)
    published = shown.published
    old = published is not None and now - published > BACKLOG
    return Article(
        id=ids.make(ids.ARTICLE, feed.id, guid),
        keys=(ids.make(ids.KEY, feed.id, guid),),
        feed=feed.id,
        outlet=feed.outlet,
        language=feed.language,
        title=shown.title,
        text=shown.summary if feed.body == "summary" else shown.text,
        seen=now,
        url=f"http://127.0.0.1/{feed.home or feed.id}/{shown.path}",
        published=published,
        quality=Quality.EXACT if published else Quality.MISSING,
        country=feed.country,
        zone=newsroom.zone,
        origin=Origin.BACKLOG if old else Origin.LIVE,
    )
