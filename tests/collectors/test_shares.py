"""Collectors come, go, stand still and are killed: every feed has one of them, and nothing is lost or told twice."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from aiohttp import web

from collectors.feeds import Feed, partition_of
from collectors.journal import Journal
from collectors.states import FeedState, restore
from jarshy.children import free_port
from tests.collectors.documents import Told, rss
from tests.collectors.test_main import start
from wire.broker import Publisher, create, read_all
from wire.records import Article, decode
from wire.settings import Settings
from wire.topics import ARTICLES, FEED_STATES, MANIFEST

FEEDS = 12
INTERVAL = 0.5


class Outlets:
    """Twelve outlets, each on an address of its own, that all publish when they are told to."""

    def __init__(self) -> None:
        self.published: list[str] = []
        self.asked: Counter[str] = Counter()
        self.port = 0

    def feeds_yaml(self, number: int = FEEDS) -> str:
        lines = [
            f"- {{id: f{n}, url: 'http://127.0.0.{n + 1}:{self.port}/{n}', language: kk, outlet: x, "
            f"interval: {INTERVAL}s, adapt: false, allow_private: true}}\n"
            for n in range(number)
        ]
        return "feeds:\n" + "".join(lines)

    def titles(self) -> set[str]:
        return {f"{n}: {title}" for n in range(FEEDS) for title in self.published}

    async def answer(self, request: web.Request) -> web.Response:
        number = request.path.strip("/")
        self.asked[number] += 1
        told = [Told(f"{number}: {each}", link=f"https://a.kz/{number}/{each}") for each in self.published]
        return web.Response(text=rss(told))


@pytest.fixture
async def outlets() -> AsyncIterator[Outlets]:
    found = Outlets()
    application = web.Application()
    application.router.add_get("/{number}", found.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    found.port = free_port()
    for n in range(FEEDS):
        await web.TCPSite(runner, f"127.0.0.{n + 1}", found.port).start()
    yield found
    await runner.cleanup()


class Crew:
    """Collectors of one group, as a supervisor would start them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.members: dict[int, asyncio.subprocess.Process] = {}

    async def add(self) -> int:
        port = free_port()
        self.members[port] = await start(msgspec.structs.replace(self.settings, health_port=port))
        return port

    async def send(self, member: int, number: int) -> None:
        process = self.members[member]
        process.send_signal(number)
        if number in (signal.SIGKILL, signal.SIGTERM):
            await asyncio.wait_for(process.communicate(), 60)
            del self.members[member]

    async def polls(self, member: int) -> int:
        """Return how many feeds a member polls, -1 while it does not say."""
        async with httpx.AsyncClient(trust_env=False, timeout=2) as client:
            try:
                answer = await client.get(f"http://127.0.0.1:{member}/ready")
            except httpx.HTTPError:
                return -1
        return int(answer.json().get("feeds", -1)) if answer.status_code == 200 else -1

    async def end(self) -> str:
        """Stop all, and return what they said."""
        for process in self.members.values():
            process.send_signal(signal.SIGCONT)
            process.send_signal(signal.SIGTERM)
        ends = [await asyncio.wait_for(process.communicate(), 60) for process in self.members.values()]
        assert [process.returncode for process in self.members.values()] == [0] * len(ends)
        return "".join(said.decode() for _, said in ends)


@asynccontextmanager
async def crew(settings: Settings, outlets: Outlets, config: Path) -> AsyncIterator[Crew]:
    (config / "feeds.yaml").write_text(outlets.feeds_yaml(), encoding="utf-8")
    used = msgspec.structs.replace(settings, config=config, partitions=4)
    await asyncio.to_thread(create, used, MANIFEST)
    found = Crew(used)
    try:
        yield found
    finally:
        for process in found.members.values():
            if process.returncode is None:
                process.kill()
            print((await process.communicate())[1].decode())  # shown when the test failed


async def until(true: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110 (another process's state)
            await asyncio.sleep(0.2)


async def told(settings: Settings) -> Counter[str]:
    messages = await asyncio.to_thread(lambda: list(read_all(settings, ARTICLES)))
    articles = [decode(Article, message.value) for message in messages]
    assert len({(article.id, article.title) for article in articles}) == len({article.id for article in articles})
    return Counter(article.title for article in articles)


async def all_told(settings: Settings, outlets: Outlets) -> None:
    async def complete() -> bool:
        return set(await told(settings)) == outlets.titles()

    await until(complete)


async def shared_out(found: Crew, members: list[int], seconds: float = 60) -> None:
    """Return when the members have all the feeds between them."""

    async def fair() -> bool:
        numbers = [await found.polls(each) for each in members]
        return sum(numbers) == FEEDS and min(numbers) > 0

    await until(fair, seconds)


async def test_added_killed_and_paused_they_lose_nothing_and_tell_nothing_twice(
    settings: Settings, outlets: Outlets, tmp_path: Path
) -> None:
    async with crew(settings, outlets, tmp_path) as found:
        outlets.published.append("бір")
        first = await found.add()
        await shared_out(found, [first])
        await all_told(found.settings, outlets)

        second = await found.add()  # added
        outlets.published.append("екі")
        await shared_out(found, [first, second])
        outlets.published.append("үш")
        await all_told(found.settings, outlets)
        assert set((await told(found.settings)).values()) == {1}
        outlets.asked.clear()
        await asyncio.sleep(6 * INTERVAL)
        assert all(number <= 8 for number in outlets.asked.values())  # one owner each

        await found.send(second, signal.SIGSTOP)  # paused for longer than its session
        outlets.published.append("төрт")
        await shared_out(found, [first])
        await all_told(found.settings, outlets)
        outlets.published.append("бес")
        await all_told(found.settings, outlets)
        await found.send(second, signal.SIGCONT)
        await shared_out(found, [first, second])
        assert set((await told(found.settings)).values()) == {1}

        outlets.published.append("алты")
        await found.send(first, signal.SIGKILL)  # killed
        outlets.published.append("жеті")
        await shared_out(found, [second])
        await all_told(found.settings, outlets)
        counts = await told(found.settings)
        assert {title for title, number in counts.items() if number > 1} <= {f"{n}: алты" for n in range(FEEDS)}
        said = await found.end()
    assert "Traceback" not in said
    assert "slept longer" in said


async def test_a_changed_file_is_read_again_and_a_broken_one_changes_nothing(
    settings: Settings, outlets: Outlets, tmp_path: Path
) -> None:
    async with crew(settings, outlets, tmp_path) as found:
        outlets.published.append("бір")
        (tmp_path / "feeds.yaml").write_text(outlets.feeds_yaml(4), encoding="utf-8")
        only = await found.add()

        async def polls(number: int) -> None:
            async def so() -> bool:
                return await found.polls(only) == number

            await until(so)

        await polls(4)
        (tmp_path / "feeds.yaml").write_text("feeds: [", encoding="utf-8")
        await asyncio.sleep(3)
        await polls(4)
        (tmp_path / "feeds.yaml").write_text(outlets.feeds_yaml(), encoding="utf-8")
        await polls(FEEDS)
        await all_told(found.settings, outlets)
        (tmp_path / "feeds.yaml").write_text(outlets.feeds_yaml(2), encoding="utf-8")
        await polls(2)
        await asyncio.sleep(2 * INTERVAL)
        outlets.asked.clear()
        await asyncio.sleep(4 * INTERVAL)
        assert set(outlets.asked) == {"0", "1"}
        said = await found.end()
    assert "the feeds read before stay in force" in said
    assert set((await told(found.settings)).values()) == {1}


async def test_states_lie_with_their_host_and_are_found_where_it_was(settings: Settings, tmp_path: Path) -> None:
    used = msgspec.structs.replace(settings, partitions=4)
    await asyncio.to_thread(create, used, MANIFEST)
    publisher = await asyncio.to_thread(Publisher, used, "collectors")
    journal = Journal(publisher, 4)
    line = Feed(id="x", url="https://a.kz/", language="kk", outlet="x", zone="UTC", interval=60)
    moved = msgspec.structs.replace(line, url="https://b.kz/")
    assert partition_of(line.host, 4) != partition_of(moved.host, 4)
    now = datetime.now(UTC)
    await journal.state(moved, FeedState(feed="x", body="new", polled_at=now))
    await journal.state(line, FeedState(feed="x", body="old", polled_at=now - timedelta(hours=1)))
    messages = await asyncio.to_thread(lambda: list(read_all(used, FEED_STATES)))
    assert {each.partition for each in messages} == {partition_of(each.host, 4) for each in (line, moved)}
    assert restore(messages)["x"].body == "new"
    journal.close()
    publisher.close()
