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
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from collectors import rhythm, states, trust
from collectors.articles import Sifted, sift
from collectors.confined import Parser
from collectors.entries import Document, ParseError
from collectors.feeds import Feed
from collectors.fetch import Fetched, Fetcher, FetchError, NotModified
from collectors.journal import Journal
from collectors.notices import trouble
from collectors.states import FeedState
from wire import ids
from wire.broker import BrokerAway
from wire.records import Article, NoticeState, Quality, Reason

log = logging.getLogger("collectors")


class Polled(NamedTuple):
    """How a poll went."""

    outcome: Reason  # not-modified, same, read, or why it failed
    articles: int = 0
    failed: bool = False


NOT_MODIFIED = Polled(Reason(code="not-modified", text="has nothing new"))
SAME = Polled(Reason(code="same", text="sent the same document again"))


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
        asked = trust.validators(before, feed.url, self._clock())
        began = time.monotonic()
        fetched = await self._fetcher.fetch(feed.url, asked, allow_private=feed.allow_private)
        after = states.polled(before, feed.url, self._clock(), fetched.moved, fetched.fresh_for)
        after = msgspec.structs.replace(after, took=round(time.monotonic() - began, 3))
        if isinstance(fetched, NotModified):
            return after, NOT_MODIFIED
        body = ids.content_hash(fetched.body)
        if body == before.body:
            return states.read(after, fetched.validators, body, before.known, None), SAME
        sifted, after, outcome = await self._publish(feed, before, after, fetched, body)
        if found := trust.lie(before, feed.url, asked, fetched.validators, len(sifted.articles)):
            after = msgspec.structs.replace(after, distrust=found, distrusted_at=after.polled_at)
        return after, outcome

    async def _publish(
        self, feed: Feed, before: FeedState, after: FeedState, fetched: Fetched, body: str
    ) -> tuple[Sifted, FeedState, Polled]:
        document = Document(
            body=fetched.body, url=feed.url, zone=feed.zone, language=feed.language, content_type=fetched.content_type
        )
        parsed = await self._parser.parse(document)
        seen = self._clock()
        sifted = sift(feed, before, parsed.entries, seen, self._backlog_age)
        await self._journal.articles(sifted.articles)
        for article in sifted.articles:
            log.info("%s: %s (%s, %s)", feed.id, article.title, article.id, article.origin.value)
        after = states.read(after, fetched.validators, body, sifted.known, None)
        after = heard(before, msgspec.structs.replace(after, ttl=parsed.ttl), sifted, seen)
        empty = f", {parsed.empty} without words" if parsed.empty else ""
        text = f"{len(parsed.entries)} entries, {len(sifted.articles)} new or changed{empty}"
        return sifted, after, Polled(Reason(code="read", text=text), len(sifted.articles))

    async def _remember(self, feed: Feed, before: FeedState, after: FeedState) -> None:
        if notice := trouble(feed, after):
            await self._journal.notice(notice)
            after = msgspec.structs.replace(after, noticed=notice.state is NoticeState.FIRING)
        self._remembered[feed.id] = after
        if states.worth_writing(before, after) or feed.id in self._unwritten:
            self._unwritten.add(feed.id)
            await self._journal.state(after)
            self._unwritten.discard(feed.id)


def heard(before: FeedState, after: FeedState, sifted: Sifted, seen: datetime) -> FeedState:
    """Return the state with what the new articles tell of the feed's rhythm; an edit is no new article."""
    if before.is_new:
        times = [at for at in map(_when, sifted.articles) if at]
        return msgspec.structs.replace(after, rhythm=rhythm.first(times, seen), last_new=max(times, default=seen))
    if not sifted.fresh:
        return after
    gap = (seen - before.last_new).total_seconds() if before.last_new else 0.0
    found = rhythm.heard(before.rhythm, max(0.0, gap), sifted.fresh) if gap > 0 else before.rhythm
    return msgspec.structs.replace(after, rhythm=found, last_new=seen)


def _when(article: Article) -> datetime | None:
    believed = article.quality in (Quality.EXACT, Quality.ASSUMED)
    return article.published if believed else None


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
    if after.distrust and after.distrusted_at != before.distrusted_at:
        log.warning("%s: %s", feed.id, after.distrust.text)
    log.debug("%s: %s", feed.id, polled.outcome.text)
