"""`jarshy feeds` as an analyst meets it: real sites on loopback, a real topic of states, folders of feeds."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from click.testing import CliRunner, Result

from collectors.feeds import checked, partition_of
from collectors.rhythm import Rhythm
from collectors.states import FeedState
from jarshy.cli import main
from tests.collectors.documents import Told, atom, json_feed, news_sitemap, rdf, rss
from wire import files
from wire.broker import Publisher, create
from wire.records import Reason
from wire.settings import Settings, environment
from wire.topics import FEED_STATES, MANIFEST

POLISH = [
    Told(
        f"Prezydent przyjął gościa z Kazachstanu ({n})", "Rozmowy dotyczyły handlu.", link=f"https://gazeta.example/{n}"
    )
    for n in range(6)
]


def run(*arguments: str, **env: str) -> Result:
    return CliRunner().invoke(main, [*arguments], env=env)


@pytest.fixture
async def address() -> AsyncIterator[Any]:
    pages: dict[str, str] = {}

    async def answer(request: web.Request) -> web.Response:
        if request.path not in pages:
            return web.Response(status=404)
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        return web.Response(text=pages[request.path], content_type="text/html", headers={"ETag": '"1"'})

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"

    def say(path: str, text: str) -> str:
        pages[path] = text
        return base + path

    yield say
    await runner.cleanup()


async def probed(url: str, *options: str) -> Result:
    return await asyncio.to_thread(run, "feeds", "probe", url, "--allow-private", *options)


async def test_a_page_leads_to_its_feeds(address: Any) -> None:
    feed = address("/kanal.xml", rss(POLISH))
    page = address("/", '<html><head><link rel="alternate" type="application/rss+xml" href="/kanal.xml"></head></html>')
    result = await probed(page)
    assert result.exit_code == 0, result.output
    assert feed in result.output
    assert "304" in result.output
    (line,) = [each for each in result.output.splitlines() if each.startswith("  - {")]
    document, problems = files.read_text(f"feeds:\n{line.replace('}', ', allow_private: true}')}\n", "feeds.yaml")
    (ready,) = checked(document, problems)
    assert (ready.url, ready.language, ready.full_text) == (feed, "pl", True)


async def test_a_page_that_names_no_feed_is_asked_at_the_usual_places(address: Any) -> None:
    feed = address("/rss.xml", atom(POLISH))
    result = await probed(address("/", "<html><body>Gazeta</body></html>"))
    assert result.exit_code == 0, result.output
    assert feed in result.output


async def test_a_feed_in_another_language_or_none_at_all_is_said(address: Any) -> None:
    told = [
        Told(f"The minister met the ambassador on Monday, {n}", "They talked about trade and transit.")
        for n in range(3)
    ]
    result = await probed(address("/rss", rss(told)))
    assert "is not in Kazakh, Polish or Arabic" in result.output


def test_a_folder_of_feeds_is_read_line_by_line(tmp_path: Path) -> None:
    formats = {"a.xml": rss, "b.xml": atom, "c.rdf": rdf, "d.json": json_feed, "e.xml": news_sitemap}
    for name, write in formats.items():
        (tmp_path / name).write_text(write([Told()]), encoding="utf-8")
    (tmp_path / "f.xml").write_text(rss([Told(date=None, link=None)]), encoding="utf-8")
    (tmp_path / "g.html").write_text("<html></html>", encoding="utf-8")
    (tmp_path / "h.bin").write_bytes(bytes(range(256)) * 40)
    result = run("feeds", "conform", str(tmp_path))
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[:5] == [f"{name}: parsed: 1 entry" for name in formats]
    assert lines[5] == "f.xml: parsed: 1 entry (1 without date, 1 without link)"
    assert "not-a-feed" in lines[6]
    assert "not-a-feed" in lines[7]
    assert lines[8] == "6 parsed, 2 not-a-feed"


def test_a_file_that_hangs_the_parser_is_stopped_and_counted(tmp_path: Path) -> None:
    slow = rss([Told()]).replace("</item>", f"<author>{'a' * 60_000}@</author></item>")
    (tmp_path / "slow.xml").write_text(slow, encoding="utf-8")
    (tmp_path / "well.xml").write_text(rss([Told()]), encoding="utf-8")
    result = run("feeds", "conform", str(tmp_path))
    assert result.exit_code == 1
    assert "slow.xml: parse-too-slow" in result.output
    assert "well.xml: parsed: 1 entry" in result.output


async def test_status_shows_each_feed_with_its_reasons(embedded_broker: Any, namespace: str, tmp_path: Path) -> None:
    line = "- {{id: {0}, url: 'https://{0}.example/rss', language: kk, outlet: x}}\n"
    names = ("well", "quiet", "failing", "unknown")
    (tmp_path / "feeds.yaml").write_text("feeds:\n" + "".join(map(line.format, names)), encoding="utf-8")
    used = Settings(kafka=embedded_broker.address, embedded=True, prefix=namespace, partitions=2, config=tmp_path)
    await asyncio.to_thread(create, used, MANIFEST)
    now = datetime.now(UTC)
    well = FeedState(feed="well", polled_at=now, last_new=now, took=0.25)
    quiet = FeedState(
        feed="quiet", polled_at=now, last_new=now - timedelta(hours=30), rhythm=Rhythm(pace=60, longest=60)
    )
    failing = FeedState(
        feed="failing", polled_at=now, failures=4, failing_since=now, reason=Reason(code="x", text="answered 500")
    )
    gone = FeedState(feed="removed", polled_at=now)
    publisher = await asyncio.to_thread(Publisher, used, "test")
    for state in (well, quiet, failing, gone):
        place = partition_of(f"{state.feed}.example", 2)
        publisher.wait(
            [publisher.send_record(FEED_STATES, state.feed, state, id=state.feed, time=now, partition=place)]
        )
    publisher.close()
    result = await asyncio.to_thread(run, "feeds", "status", **environment(used))
    assert result.exit_code == 0, result.output
    rows = {name: next(each for each in result.output.splitlines() if f" {name} " in each) for name in names}
    assert all(word in rows["well"] for word in ("ok", "answers", "its interval: every 5 min", "0.25 s"))
    assert all(word in rows["quiet"] for word in ("degraded", "nothing new since", "busy feed"))
    assert all(word in rows["failing"] for word in ("failing", "answered 500", "failed lately"))
    assert all(word in rows["unknown"] for word in ("ok", "never polled", "at once"))
    assert "1 feed remembered that feeds.yaml does not list" in result.output
    trouble = await asyncio.to_thread(run, "feeds", "status", "--trouble", **environment(used))
    assert "quiet" in trouble.output
    assert "well" not in trouble.output
