"""The newsroom's script through recognition and stories alone, in memory: seconds, where the whole takes a minute.

entries, each as late as its feed is read -> articles -> reports -> stories -> alerts
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from jarshy.newsroom import press
from jarshy.newsroom.script import Entry, FeedScript, Newsroom
from streams.pipeline import Pipeline
from streams.stories import Rows, follow
from wire import ids
from wire.records import Alert, Article, Origin, Quality

BACKLOG = timedelta(hours=6)


def tell(newsroom: Newsroom, pipeline: Pipeline, opened: datetime, late: Mapping[str, float]) -> list[Alert]:
    """Return every alert of the play in order; `late`: seconds by which each feed is read late."""
    play = press.Play(prepared=opened, opened=opened, zone=newsroom.zone or "UTC")
    rows: dict[str, Rows] = {}
    alerts: list[Alert] = []
    for number, entry in enumerate(sorted(newsroom.entries, key=lambda entry: entry.at + late[entry.feed])):
        now = play.moment(entry.at + late[entry.feed])
        found = article(newsroom, newsroom.feed(entry.feed), entry, play, now)
        for report in pipeline.read(found, number, now).reports:
            partner = report.partner.code
            rows[partner], gathered = follow(rows.get(partner, Rows()), report, now)
            alerts += gathered.alerts
    return alerts


def article(newsroom: Newsroom, feed: FeedScript, entry: Entry, play: press.Play, now: datetime) -> Article:
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
        zone=play.zone,
        origin=Origin.BACKLOG if old else Origin.LIVE,
    )
