"""The articles that Kafka still keeps, newest revision or all of them.

topic --since, until--> messages --decode--> Kept articles; what is no article is counted, not shown
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from wire import broker
from wire.broker import Message
from wire.records import Article, NewerRecord, UndecodableRecord, decode
from wire.settings import Settings
from wire.topics import ARTICLES


class Span(NamedTuple):
    """A stretch of time, by when messages reached the topic; an open end is None."""

    since: datetime | None = None
    until: datetime | None = None

    def __contains__(self, at: object) -> bool:
        return isinstance(at, datetime) and (not self.since or at >= self.since) and (not self.until or at < self.until)


class Kept(NamedTuple):
    """One revision of an article, as it stands in the topic."""

    article: Article
    partition: int
    revision: int  # its offset
    at: datetime  # when it reached the topic


def articles(settings: Settings, span: Span) -> Iterator[Kept | None]:
    """Yield every revision of the span in the order of each partition; None for a message that is none.

    Raises BrokerAway.
    """
    for message in broker.read_all(settings, ARTICLES, since=span.since):
        yield _kept(message, span)


def total(settings: Settings, span: Span) -> int:
    """Return about how many messages `articles` goes through, for a bar of progress."""
    return broker.length(settings, ARTICLES, since=span.since)


def newest(kept: Iterable[Kept | None]) -> list[Kept]:
    """Return the newest revision of each article, in the order in which they came."""
    found: dict[str, Kept] = {}
    for each in kept:
        if each:
            found.pop(each.article.id, None)
            found[each.article.id] = each
    return list(found.values())


def _kept(message: Message, span: Span) -> Kept | None:
    at = datetime.fromtimestamp(message.timestamp / 1000, UTC)
    if at not in span:
        return None
    try:
        return Kept(decode(Article, message.value), message.partition, message.offset, at)
    except (UndecodableRecord, NewerRecord):
        return None
