"""The newsroom over real HTTP, and what a feed parser makes of every document it renders."""

import asyncio
import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import httpx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jarshy.newsroom.press import Play, render, shown
from jarshy.newsroom.script import FeedScript, Newsroom, load
from jarshy.newsroom.server import NewsroomServer

BASE = "http://127.0.0.1:1"
STARTED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BUNDLED = load()
FEEDS = [pytest.param(feed, id=feed.id) for feed in BUNDLED.feeds]


def _play(**more: Any) -> Play:
    return Play(prepared=STARTED, opened=STARTED, zone=str(BUNDLED.zone), **more)


def _parsed(newsroom: Newsroom, feed: FeedScript, second: float) -> Any:
    document = render(newsroom, feed, _play(), STARTED + timedelta(seconds=second), BASE)
    headers = {"content-type": f"{document.content_type}; charset={feed.encoding}"}
    return feedparser.parse(io.BytesIO(document.body), response_headers=headers)


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_parser_reads_every_document(feed: FeedScript) -> None:
    for second in (0.0, 7.5, 13.0, 30.0):
        read = _parsed(BUNDLED, feed, second)
        assert not read.bozo, read.get("bozo_exception")
        shown_now = shown(BUNDLED, feed, _play(), STARTED + timedelta(seconds=second))
        assert [entry.title for entry in read.entries] == [article.title for article in shown_now]
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    assert all(entry.link.startswith(f"{BASE}/{feed.id}/") for entry in read.entries)
    assert not [article for article in shown_now if "{" in article.title + article.summary + article.text]


@pytest.mark.parametrize("feed", FEEDS)
def test_dates_are_of_the_day_of_the_play(feed: FeedScript) -> None:
    for entry in _parsed(BUNDLED, feed, 30.0).entries:
        if feed.dates == "words":
            assert entry.published.startswith("24 қараша 2026, ")
            assert entry.published_parsed is None, "no feed parser reads these"
        else:
            assert datetime(*entry.published_parsed[:6], tzinfo=UTC) <= STARTED + timedelta(seconds=30)


@given(hour=st.integers(0, 23), minute=st.integers(0, 58), feed=st.sampled_from(BUNDLED.feeds))
def test_today_is_one_day_at_any_hour(hour: int, minute: int, feed: FeedScript) -> None:
    start = STARTED.replace(hour=hour, minute=minute)
    play = Play(prepared=start, opened=start, zone=str(BUNDLED.zone))
    document = render(BUNDLED, feed, play, start + timedelta(seconds=25), BASE)
    zone = ZoneInfo(str(BUNDLED.zone))
    for stamp in _stamps(document.body.decode(feed.encoding), feed):
        moment = parsedate_to_datetime(stamp) if feed.format == "rss" else datetime.fromisoformat(stamp)
        assert moment.utcoffset() == feed.clock.utcoffset(None)
        assert (play.today - moment.astimezone(zone).date()).days in {0, 3}


def _stamps(text: str, feed: FeedScript) -> Iterator[str]:
    tag = "pubDate" if feed.format == "rss" else "published"
    for part in text.split(f"<{tag}>")[1:]:
        if feed.dates == "standard":
            yield part.partition("<")[0]


def test_bodies_are_what_each_feed_gives() -> None:
    content = _parsed(BUNDLED, BUNDLED.feed("dala"), 30).entries[0]
    assert len(content.summary) < 300 < len(content.content[0].value)
    summary = _parsed(BUNDLED, BUNDLED.feed("wisla"), 30).entries[0]
    assert "content" not in summary
    assert "<p>" not in summary.summary
    description = _parsed(BUNDLED, BUNDLED.feed("suhail"), 30).entries[0]
    assert description.summary.count("<p>") >= 4
    assert render(BUNDLED, BUNDLED.feed("depesza"), _play(), STARTED, BASE).body.decode("windows-1250")


def test_an_edit_keeps_its_guid_and_changes_the_words() -> None:
    feed = BUNDLED.feed("shanyraq")
    ids = {}
    for second in (14.0, 21.0):
        read = _parsed(BUNDLED, feed, second)
        ids[second] = {entry.id: entry for entry in read.entries}
    before, after = (ids[second]["tag:shanyraq.example,2026:118421"] for second in (14.0, 21.0))
    assert before.title != after.title
    assert before.content == after.content
    assert before.published == after.published
    assert before.updated < after.updated


async def test_conditional_requests(client: httpx.AsyncClient) -> None:
    async with NewsroomServer(BUNDLED, datetime.now(UTC) - timedelta(hours=1)) as server:
        url = f"{server.base_url}/dala/rss.xml"
        first = await client.get(url)
        assert first.status_code == 200
        assert first.headers["content-type"] == "application/rss+xml; charset=utf-8"
        by_tag = await client.get(url, headers={"If-None-Match": first.headers["etag"]})
        by_date = await client.get(url, headers={"If-Modified-Since": first.headers["last-modified"]})
        other = await client.get(
            url, headers={"If-None-Match": '"other"', "If-Modified-Since": first.headers["last-modified"]}
        )
        assert (by_tag.status_code, by_date.status_code, other.status_code) == (304, 304, 200)
        assert by_tag.content == b""
        assert by_tag.headers["etag"] == first.headers["etag"]
        old = await client.get(url, headers={"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"})
        assert old.status_code == 200


async def test_it_says_which_documents_it_handed_out(client: httpx.AsyncClient) -> None:
    told: list[bytes] = []
    async with NewsroomServer(BUNDLED, datetime.now(UTC), on_document=lambda each: told.append(each.body)) as server:
        url = f"{server.base_url}/dala/rss.xml"
        first = await client.get(url)
        assert (await client.get(url, headers={"If-None-Match": first.headers["etag"]})).status_code == 304
    assert told == [first.content]


async def test_new_entries_and_edits_change_the_etag(client: httpx.AsyncClient) -> None:
    async with NewsroomServer(BUNDLED, datetime.now(UTC), speed=10) as server:
        url = f"{server.base_url}/dala/rss.xml"
        tags, bodies = [], []
        while not server.over:
            answer = await client.get(url, headers={"If-None-Match": tags[-1]} if tags else {})
            if answer.status_code == 200:
                tags.append(answer.headers["etag"])
                bodies.append(answer.content)
            await asyncio.sleep(0.05)
        assert len(tags) == len(set(tags)) >= 8
        assert b"<item>" in bodies[0]
        edit = "Толықтырылды".encode()
        assert edit not in bodies[0]
        assert edit in bodies[-1]


async def test_pages_stand_at_the_links(client: httpx.AsyncClient) -> None:
    async with NewsroomServer(BUNDLED, datetime.now(UTC) - timedelta(hours=1)) as server:
        for feed in server.newsroom.feeds:
            document = await client.get(server.base_url + feed.address)
            for entry in feedparser.parse(io.BytesIO(document.content)).entries:
                answer = await client.get(entry.link)
                assert answer.status_code == 200
                assert answer.headers["content-type"].startswith("text/html")
                assert f'lang="{feed.language}"' in answer.text
        robots = await client.get(f"{server.base_url}/robots.txt")
        assert "Allow" in robots.text
        for path in ("/dala/nothing", "/nobody/x", "/dala/atom.xml"):
            assert (await client.get(server.base_url + path)).status_code == 404


async def test_a_page_comes_with_its_entry_not_before(client: httpx.AsyncClient) -> None:
    async with NewsroomServer(BUNDLED) as server:
        early = await client.get(f"{server.base_url}/dala/kz/aqorda/putin-telefon-angime.html")
        assert early.status_code == 404


async def test_the_clock_waits_for_the_first_readers(client: httpx.AsyncClient) -> None:
    async with NewsroomServer(BUNDLED) as server:
        *most, last = server.newsroom.feeds
        for feed in most:
            document = await client.get(server.base_url + feed.address)
            told = {
                article.guid for article in shown(BUNDLED, feed, Play(prepared=STARTED), STARTED + timedelta(days=1))
            }
            assert len(feedparser.parse(io.BytesIO(document.content)).entries) == len(told)
        state = (await client.get(f"{server.base_url}/play.json")).json()
        assert state["opened"] is None
        assert state["unread"] == [last.id]
        await client.get(server.base_url + last.address)
        state = (await client.get(f"{server.base_url}/play.json")).json()
        assert state["opened"]
        assert state["over"] is False


async def test_opening_does_not_touch_what_was_read(client: httpx.AsyncClient) -> None:
    async with NewsroomServer(BUNDLED) as server:
        url = f"{server.base_url}/dala/rss.xml"
        before = await client.get(url)
        for feed in server.newsroom.feeds:
            await client.get(server.base_url + feed.address)
        after = await client.get(url, headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 304


async def test_its_feeds_yaml_names_every_feed(client: httpx.AsyncClient) -> None:
    async with NewsroomServer(BUNDLED) as server:
        feeds = yaml.safe_load(server.feeds_yaml("1s"))["feeds"]
        assert [feed["id"] for feed in feeds] == [feed.id for feed in BUNDLED.feeds]
        for feed in feeds:
            assert feed["interval"] == "1s"
            assert feed["allow_private"] is True
            assert feed["zone"] == BUNDLED.zone
            assert (await client.get(feed["url"])).status_code == 200


async def test_it_runs_as_a_process(client: httpx.AsyncClient, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.yaml"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "jarshy.newsroom", "--port", "0", "--speed", "5", "--now", "--feeds", str(feeds)),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout
        said = json.loads(await asyncio.wait_for(process.stdout.readline(), 60))
        for url in said["feeds"]:
            assert (await client.get(url)).status_code == 200
        assert said["url"] in feeds.read_text(encoding="utf-8")
    finally:
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 60) == 0


@pytest.fixture
async def client() -> Any:
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        yield client
