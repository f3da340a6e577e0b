"""Polls of real servers, told to real brokers: what is published, what is remembered, who hears of trouble."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from aiohttp import web

from collectors.collector import Collector
from collectors.confined import Parser
from collectors.entries import Document, Parsed
from collectors.feeds import Feed
from collectors.fetch import Fetcher
from collectors.journal import Journal
from collectors.poll import Poller
from collectors.states import FeedState, restore
from tests.collectors.documents import TODAY, Told, atom, rss
from wire.broker import BrokerAway, Publisher, create, read_all
from wire.records import Article, Notice, NoticeState, Origin, Quality, decode
from wire.settings import Settings
from wire.topics import ARTICLES, FEED_STATES, MANIFEST, NOTICES


def feed(url: str, id: str = "jarnama", **changes: Any) -> Feed:
    known: dict[str, Any] = {"language": "kk", "outlet": "Жарнама", "zone": "Asia/Almaty", "interval": 1.0}
    return Feed(id=id, url=url, **{"allow_private": True, **known, **changes})


def settings(broker: Any, namespace: str) -> Settings:
    return Settings(kafka=broker.address, embedded=broker.embedded, prefix=namespace, partitions=2, session_timeout=6)


@asynccontextmanager
async def polling(
    used: Settings,
    parser: Parser,
    remembered: dict[str, FeedState] | None = None,
    deadline: float = 5,
    patience: float = 30,
) -> AsyncIterator[Poller]:
    """A Poller on a broker that has its topics."""
    await asyncio.to_thread(create, used, MANIFEST)
    publisher = await asyncio.to_thread(Publisher, used, "collectors")
    fetcher, journal = Fetcher(deadline=deadline), Journal(publisher, 2, timeout=patience)
    try:
        yield Poller(
            fetcher=fetcher,
            parser=parser,
            journal=journal,
            remembered={} if remembered is None else remembered,
            backlog_age=6 * 3600.0,
        )
    finally:
        fetcher.close()
        journal.close()
        publisher.close()


async def articles(used: Settings) -> list[Article]:
    messages = await asyncio.to_thread(lambda: list(read_all(used, ARTICLES)))
    found = [decode(Article, message.value) for message in messages]
    assert [message.key for message in messages] == [article.id for article in found]
    return found


async def notices(used: Settings) -> list[Notice]:
    return [decode(Notice, each.value) for each in await asyncio.to_thread(lambda: list(read_all(used, NOTICES)))]


async def stored(used: Settings) -> dict[str, FeedState]:
    return await asyncio.to_thread(lambda: restore(read_all(used, FEED_STATES)))


async def test_an_entry_becomes_one_article_and_an_edit_another_of_the_same_id(
    broker: Any, namespace: str, site: Any, parser: Parser
) -> None:
    used = settings(broker, namespace)
    polled = feed(site.say("/rss", rss([Told(date=TODAY)]), ETag='"1"'))
    async with polling(used, parser) as poller:
        assert (await poller.poll(polled)).articles == 1
        assert (await poller.poll(polled)).outcome.code == "same"
        site.say("/rss", rss([Told(date=TODAY, text="Толықтырылды.")]))
        assert (await poller.poll(polled)).articles == 1
    first, second = await articles(used)
    assert (first.title, first.text) == ("Астанада келіссөз өтті", "Президент қонақты қабылдады.")
    assert (first.outlet, first.language, first.origin, first.quality) == ("Жарнама", "kk", Origin.LIVE, Quality.EXACT)
    assert (second.id, second.text) == (first.id, "Толықтырылды.")


async def test_of_a_document_that_was_read_only_what_is_new_is_read_again(
    embedded_broker: Any, namespace: str, site: Any, parser: Parser
) -> None:
    used = settings(embedded_broker, namespace)
    first, second = (Told(f"Тақырып {n}", link=f"https://jarnama.example/{n}", guid=f"guid-{n}") for n in (1, 2))
    third = Told("Тақырып 3", link="https://jarnama.example/3", guid="guid-3")
    alike = Told("Тақырып 4", link="https://jarnama.example/3", guid="guid-4")  # of whose link two articles tell
    address = site.say("/rss", rss([second, first]))
    asked: list[int] = []

    class Counting(Parser):
        async def parse(self, document: Document) -> Parsed:
            parsed = await super().parse(document)
            asked.append(len(parsed.entries))
            return parsed

    async with Counting() as counting, polling(used, counting) as poller:
        for shown in ([second, first], [third, second, first], [alike, third, second, first]):
            site.say("/rss", rss(shown))
            await poller.poll(feed(address))
        site.say("/rss", rss([alike, third, second, first]).replace("<channel>", "<channel><ttl>5</ttl>"))
        last = await poller.poll(feed(address))
    assert asked == [2, 1, 1, 4, 2]  # the fourth: what shares a link is told by the whole; the fifth: and stays read
    assert last.outcome.text == "4 entries, 0 new or changed"
    assert sorted(article.title for article in await articles(used)) == [f"Тақырып {n}" for n in (1, 2, 3, 4)]


async def test_a_restarted_collector_repeats_nothing(broker: Any, namespace: str, site: Any, parser: Parser) -> None:
    used = settings(broker, namespace)
    one, two, three = (Told(str(n), link=f"https://jarnama.example/{n}", date=TODAY) for n in (1, 2, 3))
    polled = feed(site.say("/rss", atom([two, one])))
    async with polling(used, parser) as poller:
        await poller.poll(polled)
    remembered = await stored(used)
    assert len(remembered["jarnama"].entries) == 2
    async with polling(used, parser, remembered) as poller:
        assert (await poller.poll(polled)).outcome.code == "same"
        site.say("/rss", atom([three, two]))
        assert (await poller.poll(polled)).articles == 1
    assert sorted(article.title for article in await articles(used)) == ["1", "2", "3"]


async def test_the_first_sight_of_a_feed_tells_old_from_new(
    embedded_broker: Any, namespace: str, site: Any, parser: Parser
) -> None:
    used = settings(embedded_broker, namespace)
    old = Told("Ескі", link="https://jarnama.example/0", date="Mon, 03 Nov 2014 10:30:00 +0500")
    bare = Told("Сілтемесіз, күнсіз", link=None, date=None)
    async with polling(used, parser) as poller:
        await poller.poll(feed(site.say("/rss", rss([Told(date=TODAY), bare, old]))))
    found = {article.title: article for article in await articles(used)}
    assert {title: article.origin.value for title, article in found.items()} == {
        "Астанада келіссөз өтті": "live",
        "Сілтемесіз, күнсіз": "live",
        "Ескі": "backlog",
    }
    undated = found["Сілтемесіз, күнсіз"]
    assert (undated.url, undated.published, undated.quality) == (None, None, Quality.MISSING)


async def test_bad_feeds_are_said_and_the_others_go_on(
    embedded_broker: Any, namespace: str, site: Any, parser: Parser, raw_server: Callable[[Any], Awaitable[str]]
) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    used = settings(embedded_broker, namespace)
    site.say("/good", rss([Told(date=TODAY)]))
    site.say("/html", "<!doctype html><html><body>Бет табылмады</body></html>")
    site.say("/broken", "", 500)
    site.say("/huge", b" " * 50_000_000)
    site.say("/away", "", 302, Location=site.base + "/good")
    bad = {
        "html": feed(site.base + "/html", "html"),
        "broken": feed(site.base + "/broken", "broken"),
        "huge": feed(site.base + "/huge", "huge"),
        "hanging": feed(await raw_server(silent), "hanging"),
        "private": feed(site.base + "/away", "private", allow_private=False),
    }
    async with polling(used, parser, deadline=4) as poller:
        polls = [poller.poll(each) for each in (*bad.values(), feed(site.base + "/good", "good"))]
        *failed, good = await asyncio.gather(*polls)
        said = dict(zip(bad, (each.outcome for each in failed), strict=True))
        states = {name: poller.state(each) for name, each in bad.items()}
    assert {name: outcome.code for name, outcome in said.items()} == {
        "html": "not-a-feed",
        "broken": "status-500",
        "huge": "too-large",
        "hanging": "timed-out",
        "private": "refused-address",
    }
    assert all(state.failures and state.reason == said[name] for name, state in states.items())
    assert good.articles == 1
    assert len(await articles(used)) == 1


async def test_operators_hear_of_a_lasting_failure_once_and_of_its_end(
    broker: Any, namespace: str, site: Any, parser: Parser
) -> None:
    used = settings(broker, namespace)
    polled = feed(site.say("/rss", "", 500))
    async with polling(used, parser) as poller:
        for _ in range(5):
            await poller.poll(polled)
        assert poller.state(polled).noticed
    async with polling(used, parser, await stored(used)) as poller:  # a restart does not tell it again
        await poller.poll(polled)
        site.say("/rss", rss([Told()]))
        await poller.poll(polled)
        assert not poller.state(polled).noticed
    firing, resolved = await notices(used)
    assert (firing.key, firing.state) == ("collectors/feed:jarnama", NoticeState.FIRING)
    assert "answered 500" in firing.text
    assert (resolved.key, resolved.state) == (firing.key, NoticeState.RESOLVED)


async def test_quiet_polls_write_nothing(embedded_broker: Any, namespace: str, site: Any, parser: Parser) -> None:
    used = settings(embedded_broker, namespace)
    polled = feed(site.say("/rss", rss([Told()])))
    async with polling(used, parser) as poller:
        for _ in range(4):
            await poller.poll(polled)
    assert len(await asyncio.to_thread(lambda: list(read_all(used, FEED_STATES)))) == 1


async def test_a_feed_that_moved_for_good_is_remembered_and_read(
    embedded_broker: Any, namespace: str, site: Any, parser: Parser, caplog: pytest.LogCaptureFixture
) -> None:
    site.say("/new", rss([Told()]))
    polled = feed(site.say("/old", "", 301, Location="/new"))
    async with polling(settings(embedded_broker, namespace), parser) as poller:
        assert (await poller.poll(polled)).articles == 1
        assert poller.state(polled).moved == site.base + "/new"
    assert "change its url in feeds.yaml" in caplog.text


async def test_what_the_broker_did_not_take_is_not_remembered(
    embedded_broker: Any, namespace: str, site: Any, parser: Parser
) -> None:
    used = settings(embedded_broker, namespace)
    polled = feed(site.say("/rss", rss([Told()])))
    async with polling(used, parser, patience=2) as poller:
        embedded_broker.pause()
        try:
            with pytest.raises(BrokerAway):
                await poller.poll(polled)
        finally:
            embedded_broker.resume()
        assert poller.state(polled).is_new
        assert (await poller.poll(polled)).articles == 1
    assert len({article.id for article in await articles(used)}) == 1
    assert set(await stored(used)) == {"jarnama"}


async def test_the_collector_polls_each_feed_in_its_time_until_told_to_stop(
    embedded_broker: Any, namespace: str, site: Any, parser: Parser
) -> None:
    used = settings(embedded_broker, namespace)
    feeds = [
        feed(site.say(f"/{n}", rss([Told(f"Тақырып {n}", link=f"https://jarnama.example/{n}")])), f"f{n}", interval=0.3)
        for n in range(6)
    ]
    site.say("/5", "", 500)

    def count(n: int) -> int:
        return sum(request.path == f"/{n}" for request in site.requests)

    stop = asyncio.Event()
    async with polling(used, parser) as poller:
        collector = Collector(feeds, poller)
        began = asyncio.get_running_loop().time()
        running = asyncio.create_task(collector.run(stop))
        async with asyncio.timeout(60):  # a busy machine takes its time to start a parser
            while min(asked := [count(n) for n in range(5)]) < 5 or collector.status().get("articles", 0) < 5:
                await site.until_asked(len(site.requests) + 1)
        passed = asyncio.get_running_loop().time() - began
        status = collector.status()
        stop.set()
        await asyncio.wait_for(running, 60)
    assert status["articles"] == 5
    assert status["failing"] == "f5"
    assert max(asked) <= 1 + passed / 0.3
    assert count(5) < count(0)
    assert len(await articles(used)) == 5


async def test_a_stop_does_not_wait_for_a_server_that_hangs(
    embedded_broker: Any, namespace: str, parser: Parser, raw_server: Callable[[Any], Awaitable[str]]
) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    stop = asyncio.Event()
    async with polling(settings(embedded_broker, namespace), parser, deadline=60) as poller:
        running = asyncio.create_task(Collector([feed(await raw_server(silent))], poller).run(stop))
        await asyncio.sleep(0.3)
        stop.set()
        await asyncio.wait_for(running, 30)


def test_the_largest_article_fits_its_topic() -> None:
    article = Article(
        id="art-" + "x" * 24, keys=("k" * 28,) * 4, feed="f" * 64, outlet="қ" * 80, language="kk", title='"' * 1000,
        text='"' * 200_000, seen=datetime.now(UTC), url="u" * 2048, guid="қ" * 2048,
    )  # fmt: skip
    assert len(msgspec.json.encode(article)) < ARTICLES.max_bytes / 2


class Stumbling(Parser):
    """A parser with a fault of ours in it."""

    async def parse(self, document: Document) -> Parsed:
        raise ValueError("nobody thought of this")


async def test_a_fault_of_ours_costs_one_feed_one_poll(
    embedded_broker: Any, namespace: str, site: Any, caplog: pytest.LogCaptureFixture
) -> None:
    polled = feed(site.say("/rss", rss([Told()])))
    async with Stumbling() as parser, polling(settings(embedded_broker, namespace), parser) as poller:
        assert (await poller.poll(polled)).outcome.code == "fault"
        assert poller.state(polled).failures == 1
    assert "nobody thought of this" in caplog.text


async def test_a_feed_that_keeps_its_etag_while_it_changes_is_found_out(
    broker: Any, namespace: str, site: Any, parser: Parser, caplog: pytest.LogCaptureFixture
) -> None:
    used = settings(broker, namespace)
    shown = [Told("1", link="https://jarnama.example/1")]

    async def answer(request: web.Request) -> web.Response:
        known = request.headers.get("If-None-Match") == '"never changes"'
        return web.Response(status=304 if known else 200, text=rss(shown), headers={"ETag": '"never changes"'})

    polled = feed(site.does("/rss", answer))
    async with polling(used, parser) as poller:
        await poller.poll(polled)
        shown.append(Told("2", link="https://jarnama.example/2"))
        assert (await poller.poll(polled)).outcome.code == "not-modified"
    old = msgspec.structs.replace((await stored(used))["jarnama"], read_at=datetime.now(UTC) - timedelta(hours=7))
    async with polling(used, parser, {"jarnama": old}) as poller:
        assert (await poller.poll(polled)).articles == 1
        shown.append(Told("3", link="https://jarnama.example/3"))
        assert (await poller.poll(polled)).articles == 1
    assert "its ETag stayed while its articles changed" in caplog.text
    distrust = (await stored(used))["jarnama"].distrust
    assert distrust
    assert distrust.code == "lying-validators"


async def test_a_feed_that_is_quiet_for_too_long_is_told_once_and_its_end_too(
    broker: Any, namespace: str, site: Any, parser: Parser
) -> None:
    used = settings(broker, namespace)
    days = [Told(str(n), link=f"https://jarnama.example/{n}", date=f"0{n} Mar 2025 10:00 GMT") for n in range(1, 7)]
    polled = feed(site.say("/rss", rss(days)))
    async with polling(used, parser) as poller:
        for _ in range(3):
            await poller.poll(polled)
        site.say("/rss", rss([Told("жаңа", link="https://jarnama.example/new"), *days]))
        await poller.poll(polled)
    firing, resolved = await notices(used)
    assert (firing.state, resolved.state) == (NoticeState.FIRING, NoticeState.RESOLVED)
    assert "nothing new since 2025-03-06" in firing.text
