"""One poll of one feed: due | fetch | parse | publish | remember

    due       schedule.next_poll, timetable     the feed's time has come and its host is free
    fetch     fetch.Fetcher                     NotModified, or a body; the same body as before ends here
    parse     confined.Parser                   bytes -> entries, in a child that may be killed
    publish   articles.sift, journal            what is new or changed, acknowledged by the broker
    remember  states, journal                   only then, and only when it says something new

A feed's fault becomes its state, a line in the log and, when it lasts, one Notice; a broker's fault
(BrokerAway) is raised: nothing was remembered, so everything is done again.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from collectors import states
from collectors.articles import sift
from collectors.confined import Parser
from collectors.entries import Document, ParseError
from collectors.feeds import Feed
from collectors.fetch import Fetched, Fetcher, FetchError, NotModified
from collectors.journal import Journal
from collectors.schedule import is_trouble
from collectors.states import FeedState
from wire import ids
from wire.broker import BrokerAway
from wire.records import Notice, NoticeState, Reason

log = logging.getLogger("collectors")


class Polled(NamedTuple):
    """How a poll went."""

    outcome: Reason  # not-modified, same, read, or why it failed
    articles: int = 0
    failed: bool = False


class Poller:
    """Polls feeds one at a time each, remembering them between."""

    def __init__(
        self,
        *,
        fetcher: Fetcher,
        parser: Parser,
        journal: Journal,
        remembered: dict[str, FeedState],
        backlog_age: float,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Assemble; `remembered` holds the restored states, by feed, and is kept up to date."""
        self._fetcher = fetcher
        self._parser = parser
        self._journal = journal
        self._remembered = remembered
        self._unwritten: set[str] = set()
        self._backlog_age = backlog_age
        self._clock = clock

    def state(self, feed: Feed) -> FeedState:
        """Return what is remembered of a feed."""
        return self._remembered.get(feed.id) or FeedState(feed=feed.id)

    async def poll(self, feed: Feed) -> Polled:
        """Poll once; raises BrokerAway."""
        before = self.state(feed)
        try:
            after, outcome = await self._read(feed, before)
        except BrokerAway:
            raise
        except Exception as error:  # one feed's, whatever it is: the others go on
            reason, wait = _fault(feed, error)
            now = self._clock()
            after = states.failed(before, reason, now, now + timedelta(seconds=wait) if wait else None)
            outcome = Polled(reason, failed=True)
        await self._remember(feed, before, after)
        _log(feed, after, before, outcome)
        return outcome

    async def _read(self, feed: Feed, before: FeedState) -> tuple[FeedState, Polled]:
        fetched = await self._fetcher.fetch(feed.url, before.validators(feed.url), allow_private=feed.allow_private)
        after = states.polled(before, feed.url, self._clock(), fetched.moved)
        if isinstance(fetched, NotModified):
            return after, Polled(Reason(code="not-modified", text="has nothing new"))
        body = ids.content_hash(fetched.body)
        if body == before.body:
            after = states.read(after, fetched.validators, body, before.known, None)
            return after, Polled(Reason(code="same", text="sent the same document again"))
        return await self._publish(feed, before, after, fetched, body)

    async def _publish(
        self, feed: Feed, before: FeedState, after: FeedState, fetched: Fetched, body: str
    ) -> tuple[FeedState, Polled]:
        document = Document(
            body=fetched.body, url=feed.url, zone=feed.zone, language=feed.language, content_type=fetched.content_type
        )
        parsed = await self._parser.parse(document)
        seen = self._clock()
        sifted = sift(feed, before, parsed.entries, seen, self._backlog_age)
        await self._journal.articles(sifted.articles)
        for article in sifted.articles:
            log.info("%s: %s (%s, %s)", feed.id, article.title, article.id, article.origin.value)
        after = states.read(after, fetched.validators, body, sifted.known, seen if sifted.articles else None)
        empty = f", {parsed.empty} without words" if parsed.empty else ""
        text = f"{len(parsed.entries)} entries, {len(sifted.articles)} new or changed{empty}"
        return after, Polled(Reason(code="read", text=text), len(sifted.articles))

    async def _remember(self, feed: Feed, before: FeedState, after: FeedState) -> None:
        if notice := trouble(feed, after):
            await self._journal.notice(notice)
            after = msgspec.structs.replace(after, noticed=notice.state is NoticeState.FIRING)
        self._remembered[feed.id] = after
        if states.worth_writing(before, after) or feed.id in self._unwritten:
            self._unwritten.add(feed.id)
            await self._journal.state(after)
            self._unwritten.discard(feed.id)


def trouble(feed: Feed, state: FeedState) -> Notice | None:
    """Return what operators should hear now: once when a feed has failed long enough, once when it is back."""
    if state.polled_at is None:
        return None
    if state.reason and not state.noticed and is_trouble(state.failures):
        since = f"{state.failing_since:%Y-%m-%d %H:%M} UTC" if state.failing_since else "its first poll"
        text = f"Feed {feed.id} ({feed.outlet}) has failed since {since}: {state.reason.text}."
        return _notice(feed, NoticeState.FIRING, text, state.polled_at, (feed.url, state.reason.code))
    if state.noticed and not state.failures:
        text = f"Feed {feed.id} ({feed.outlet}) answers again."
        return _notice(feed, NoticeState.RESOLVED, text, state.polled_at, (feed.url,))
    return None


def _notice(feed: Feed, state: NoticeState, text: str, at: datetime, details: tuple[str, ...]) -> Notice:
    return Notice(source="collectors", subject=f"feed:{feed.id}", state=state, text=text, at=at, details=details)


def _fault(feed: Feed, error: Exception) -> tuple[Reason, float | None]:
    """Return why a poll failed, and the seconds that its server asks for."""
    if isinstance(error, FetchError):
        return error.reason, error.wait
    if isinstance(error, ParseError):
        return error.reason, None
    log.error("%s: a fault of ours", feed.id, exc_info=error)
    return Reason(code="fault", text=f"met a fault of ours: {error!r}"[:300]), None


def _log(feed: Feed, after: FeedState, before: FeedState, polled: Polled) -> None:
    if polled.failed:
        loud = before.reason is None or after.reason is None or before.reason.code != after.reason.code
        log.log(logging.WARNING if loud else logging.DEBUG, "%s: %s %s", feed.id, feed.url, polled.outcome.text)
        return
    if before.failures:
        log.warning("%s: answers again", feed.id)
    if after.moved and after.moved != before.moved:
        log.warning("%s: has moved for good to %s: change its url in feeds.yaml", feed.id, after.moved)
    log.debug("%s: %s", feed.id, polled.outcome.text)
