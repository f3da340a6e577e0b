"""One poll of one feed: due | fetch | parse | publish | remember

    due       schedule.next_poll, timetable     the feed's time has come and its host is free
    fetch     fetch.Fetcher                     NotModified, or a body; the same body as before ends here
    parse     confined.Parser, fulltext         bytes -> entries, in a child that may be killed; the pages of a few
    publish   articles.sift, journal            what is new or changed, acknowledged by the broker
    remember  states, journal                   only then, and only when it says something new

A feed's fault becomes its state, a line in the log and, when it lasts, one Notice; a broker's fault
(BrokerAway) is raised: nothing was remembered, so everything is done again.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from collectors import rhythm, states, trust
from collectors.articles import Sifted, is_entangled, sift
from collectors.confined import Parser
from collectors.entries import Document, Parsed, ParseError
from collectors.feeds import Feed
from collectors.fetch import Fetched, Fetcher, FetchError, NotModified
from collectors.fulltext import FullTexts
from collectors.journal import Journal
from collectors.notices import trouble
from collectors.states import FeedState, newer
from wire import ids
from wire.records import Article, NoticeState, Quality, Reason

log = logging.getLogger("collectors")


LAST_WORDS = 4.0
"""Seconds that a cancelled poll may still spend on telling what it found."""


class Polled(NamedTuple):
    """How a poll went."""

    outcome: Reason  # not-modified, same, read, or why it failed
    articles: int = 0
    failed: bool = False


NOT_MODIFIED = Polled(Reason(code="not-modified", text="has nothing new"))
SAME = Polled(Reason(code="same", text="sent the same document again"))


class NotOurs(Exception):
    """The feed may have passed to another collector: nothing was published."""


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
        texts: FullTexts | None = None,
        owns: Callable[[], bool] = lambda: True,
    ) -> None:
        """Assemble; `remembered` holds the restored states, by feed; `owns` says whether we may still publish."""
        self._fetcher = fetcher
        self._parser = parser
        self._journal = journal
        self._remembered = remembered
        self._unwritten: set[str] = set()
        self._backlog_age = backlog_age
        self._clock = clock
        self._owns = owns
        self._texts = texts

    def state(self, feed: Feed) -> FeedState:
        """Return what is remembered of a feed."""
        return self._remembered.get(feed.id) or FeedState(feed=feed.id)

    def restore(self, states: Mapping[str, FeedState]) -> None:
        """Remember what others wrote, where it is newer than what is remembered."""
        for name, state in states.items():
            self._remembered[name] = newer(self._remembered.get(name), state)

    def knows(self, feed: Feed) -> bool:
        """Return whether anything is remembered of a feed."""
        return feed.id in self._remembered

    def forget(self, feed: str) -> None:
        """Let go of a feed that is another's now."""
        self._remembered.pop(feed, None)
        self._unwritten.discard(feed)

    async def poll(self, feed: Feed) -> Polled:
        """Poll once; raises BrokerAway, or NotOurs."""
        before = self.state(feed)
        try:
            found = await self._read(feed, before)
        except Exception as error:  # one feed's, whatever it is: the others go on
            reason, wait = _fault(feed, error)
            now = self._clock()
            after = states.failed(before, reason, now, now + timedelta(seconds=wait) if wait else None)
            found = _Found(after, Polled(reason, failed=True))
        await finished(self._tell(feed, before, found))
        _log(feed, found.state, before, found.polled)
        return found.polled

    async def _read(self, feed: Feed, before: FeedState) -> "_Found":
        asked = trust.validators(before, feed.url, self._clock())
        began = time.monotonic()
        fetched = await self._fetcher.fetch(feed.url, asked, allow_private=feed.allow_private)
        now = self._clock()
        took = round(time.monotonic() - began, 3)
        after = states.polled(before, feed.url, now, moved=fetched.moved, fresh_for=fetched.fresh_for, took=took)
        if isinstance(fetched, NotModified):
            return _Found(after, NOT_MODIFIED)
        body = ids.content_hash(fetched.body)
        if body == before.body:
            return _Found(states.read(after, fetched.validators, body), SAME)
        parsed = await self._parse(_document(feed, fetched), feed, before)
        sifted = sift(feed, before, parsed, now, self._backlog_age)
        after = states.read(after, fetched.validators, body, sifted.known, parsed.ttl)
        after = heard(before, after, sifted, now)
        if lie := trust.lie(before, feed.url, asked, fetched.validators, len(sifted.articles)):
            after = states.distrusted(after, lie)
        articles = await self._texts.completed(feed, sifted.articles) if self._texts else sifted.articles
        return _Found(after, _outcome(parsed, sifted), articles)

    async def _parse(self, document: Document, feed: Feed, before: FeedState) -> Parsed:
        """Return what a document has that was not read before; all of it where that cannot be told apart."""
        read = frozenset(known.piece for known in before.entries if known.piece)
        parsed = await self._parser.parse(msgspec.structs.replace(document, read=read))
        if parsed.again and is_entangled(feed, before, parsed):
            return await self._parser.parse(document)
        return parsed

    async def _tell(self, feed: Feed, before: FeedState, found: "_Found") -> None:
        if found.articles and not self._owns():
            raise NotOurs(f"{feed.id}: may be another collector's by now, nothing was published")
        await self._journal.articles(found.articles)
        for article in found.articles:
            log.info("%s: %s (%s, %s)", feed.id, article.title, article.id, article.origin.value)
        await self._remember(feed, before, found.state)

    async def _remember(self, feed: Feed, before: FeedState, after: FeedState) -> None:
        if notice := trouble(feed, after):
            await self._journal.notice(notice)
            after = msgspec.structs.replace(after, noticed=notice.state is NoticeState.FIRING)
        self._remembered[feed.id] = after
        if states.worth_writing(before, after) or feed.id in self._unwritten:
            self._unwritten.add(feed.id)
            await self._journal.state(feed, after)
            self._unwritten.discard(feed.id)


class _Found(NamedTuple):
    """What a poll brought, not yet told."""

    state: FeedState
    polled: Polled
    articles: tuple[Article, ...] = ()


async def finished(work: Coroutine[Any, Any, None]) -> None:
    """Await `work`, and when cancelled meanwhile its end too: what was told is remembered, or nearly always."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=LAST_WORDS)
        task.cancel()
        raise


def _document(feed: Feed, fetched: Fetched) -> Document:
    return Document(
        body=fetched.body, url=feed.url, zone=feed.zone, language=feed.language, content_type=fetched.content_type
    )


def _outcome(parsed: Parsed, sifted: Sifted) -> Polled:
    empty = f", {parsed.empty} without words" if parsed.empty else ""
    text = f"{len(parsed.entries) + len(parsed.again)} entries, {len(sifted.articles)} new or changed{empty}"
    return Polled(Reason(code="read", text=text), len(sifted.articles))


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
