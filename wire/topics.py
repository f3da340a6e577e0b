"""The one manifest of topics: init job, demo, tests and the AsyncAPI page read it here.

Names carry a prefix (`jarshy` unless JARSHY_PREFIX says otherwise), so that a replay or a test has
topics of its own on the same broker.
"""

from typing import Literal, NamedTuple

from wire import records

MEGABYTE = 1024 * 1024
DAY = 24 * 3600
KEYED_PARTITIONS = 12  # generous: growing a keyed topic later is a documented rebuild


class Topic(NamedTuple):
    """One topic as the broker must have it."""

    name: str  # without its prefix
    key: str  # what the key is, in words
    cleanup: Literal["delete", "compact"]
    retention: int  # seconds; of a compacted topic: how long a tombstone stays
    max_bytes: int = MEGABYTE
    partitions: int = KEYED_PARTITIONS
    guarded: bool = False  # offsets have no gaps (not compacted, not transactional): streams check it
    record: type[records.Record] | None = None
    about: str = ""
    changelog: bool = False
    kept: int | None = None  # seconds; of a compacted topic whose rows go in any case


ARTICLES = Topic(
    "articles", "article id", "delete", 30 * DAY, guarded=True, record=records.Article,
    about="what the feeds said, one message for each revision of an entry",
)  # fmt: skip
MEETINGS = Topic(
    "meetings", "partner country", "delete", 30 * DAY, guarded=True, record=records.Report,
    about="what each article tells of meetings with one partner; an empty report withdraws",
)  # fmt: skip
STORIES = Topic(
    "stories", "story id", "compact", 90 * DAY, record=records.Story,
    about="the whole current state of each story: public",
)  # fmt: skip
ALERTS = Topic(
    "alerts", "story id", "delete", 30 * DAY, record=records.Alert, about="what desks should hear",
)  # fmt: skip
DELIVERIES = Topic(
    "deliveries", "story id", "delete", 90 * DAY, record=records.Delivery, about="every attempt to every receiver",
)  # fmt: skip
NOTICES = Topic(
    "notices", "source and subject", "compact", 30 * DAY, partitions=1, record=records.Notice,
    about="what operators must hear: the newest of a key counts",
)  # fmt: skip
FEED_STATES = Topic(
    "feed-states", "feed id", "compact", 90 * DAY, about="what collectors remember of their feeds: theirs alone",
)  # fmt: skip
DEAD_LETTERS = Topic(
    "dead-letters", "origin topic, partition and offset", "delete", 90 * DAY, partitions=1,
    record=records.DeadLetter, about="what could not be worked on, and why; an empty one settles its key",
)  # fmt: skip

VERDICT_KEPT = 30 * DAY
"""Seconds an article's verdict is kept: in the changelog from its writing on, in memory from the day it was seen."""
STRAGGLERS_SEEN = DAY
"""Seconds in which no changelog row is compacted away: a row written late must be found beside the right one."""

TABLES = {"verdicts": ARTICLES, "reports": MEETINGS, "stories": MEETINGS}
"""The streams' tables and the topic whose partitions each follows."""

CHANGELOGS = tuple(
    Topic(
        f"streams-{table}-changelog", "table key", "compact", DAY, partitions=source.partitions, changelog=True,
        kept=VERDICT_KEPT if table == "verdicts" else None, about=f"the streams' table {table}: theirs alone",
    )
    for table, source in TABLES.items()
)  # fmt: skip

MANIFEST = (ARTICLES, MEETINGS, STORIES, ALERTS, DELIVERIES, NOTICES, FEED_STATES, DEAD_LETTERS, *CHANGELOGS)
"""Every topic there is."""


def named(topic: Topic, prefix: str) -> str:
    """Return the topic's name on the broker."""
    return f"{prefix}.{topic.name}"


def config(topic: Topic) -> dict[str, str]:
    """Return the broker's settings for the topic."""
    settings = {"cleanup.policy": topic.cleanup, "max.message.bytes": str(topic.max_bytes)}
    if topic.cleanup == "delete":
        settings["retention.ms"] = str(topic.retention * 1000)
    else:
        settings["delete.retention.ms"] = str(topic.retention * 1000)
    if topic.changelog:
        settings["min.compaction.lag.ms"] = str(STRAGGLERS_SEEN * 1000)
    if topic.kept:
        settings |= {"cleanup.policy": "compact,delete", "retention.ms": str(topic.kept * 1000)}
    return settings
