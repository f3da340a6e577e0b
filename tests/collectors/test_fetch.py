"""Servers of every temper, on loopback."""

import asyncio
import gzip
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from collectors.confined import Parser
from collectors.entries import Document, ParseError
from collectors.fetch import Fetched, Fetcher, FetchError, NotModified, Validators, fresh_for, retry_after
from tests.collectors.documents import Told, rss

Server = Callable[[Any], Awaitable[str]]


async def get(fetcher: Fetcher, address: str, validators: Validators = Validators()) -> Fetched | NotModified:  # noqa: B008
    return await fetcher.fetch(address, validators, allow_private=True)


async def reason(fetcher: Fetcher, address: str, allow_private: bool = True) -> str:
    with pytest.raises(FetchError) as raised:
        await fetcher.fetch(address, allow_private=allow_private)
    assert raised.value.reason.text
    return raised.value.reason.code


async def test_validators_are_echoed_to_the_letter(site: Any, fetcher: Fetcher) -> None:
    etag, modified = 'W/"ö 1"', "Mon, 3 nov 2025 whenever"

    async def answer(request: web.Request) -> web.Response:
        known = request.headers.get("If-None-Match") == etag and request.headers.get("If-Modified-Since") == modified
        return web.Response(status=304 if known else 200, body=b"x", headers={"Last-Modified": modified, "ETag": etag})

    address = site.does("/feed", answer)
    first = await get(fetcher, address)
    assert isinstance(first, Fetched)
    assert first.body == b"x"
    assert isinstance(await get(fetcher, address, first.validators), NotModified)


async def test_a_304_nobody_asked_for_is_a_failure(site: Any, fetcher: Fetcher) -> None:
    assert await reason(fetcher, site.say("/feed", "", 304)) == "status-304"


async def test_the_request_names_us_and_carries_no_cookies(site: Any, fetcher: Fetcher) -> None:
    address = site.say("/feed", "x", Set_Cookie="a=b")
    await get(fetcher, address)
    await get(fetcher, address)
    assert "Cookie" not in site.requests[1].headers
    assert site.requests[1].headers["User-Agent"].startswith("Jarshy/")


async def test_packed_bodies_are_unpacked_once(site: Any, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"<rss/>")
    fetched = await get(fetcher, site.say("/once", packed, Content_Encoding="gzip"))
    assert isinstance(fetched, Fetched)
    assert fetched.body == b"<rss/>"
    twice = gzip.compress(packed)
    assert await reason(fetcher, site.say("/twice", twice, Content_Encoding="gzip, gzip")) == "bad-encoding"


async def test_a_body_that_was_packed_twice_in_secret_is_no_feed(site: Any, fetcher: Fetcher, parser: Parser) -> None:
    packed = gzip.compress(gzip.compress(rss([Told()]).encode()))
    fetched = await get(fetcher, site.say("/rss", packed, Content_Encoding="gzip"))
    assert isinstance(fetched, Fetched)
    with pytest.raises(ParseError) as raised:
        await parser.parse(Document(body=fetched.body, url=site.base, zone="UTC", language="kk"))
    assert raised.value.reason.code == "not-a-feed"


async def test_a_bomb_is_defused(site: Any, fetcher: Fetcher) -> None:
    bomb = gzip.compress(b"\0" * 67_000_000)
    assert await reason(fetcher, site.say("/bomb", bomb, Content_Encoding="gzip")) == "too-large"


async def test_fifty_megabytes_are_not_read(site: Any, fetcher: Fetcher) -> None:
    sent = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(50):
            await response.write(b"x" * 2**20)
            sent += 2**20
        return response

    assert await reason(fetcher, site.does("/endless", answer)) == "too-large"
    assert sent < 20 * 2**20
    assert await reason(fetcher, site.say("/announced", b"x" * 6 * 2**20)) == "too-large"


@pytest.mark.parametrize("status", [204, 403, 404, 410, 429, 500, 503])
async def test_other_answers_are_failures_by_their_number(site: Any, fetcher: Fetcher, status: int) -> None:
    assert await reason(fetcher, site.say("/feed", "", status)) == f"status-{status}"


async def test_retry_after_is_handed_on(site: Any, fetcher: Fetcher) -> None:
    with pytest.raises(FetchError) as raised:
        await get(fetcher, site.say("/feed", "", 503, Retry_After="7200"))
    assert raised.value.wait == 7200


def test_retry_after_as_seconds_and_as_date() -> None:
    now = datetime(2025, 11, 3, 10, tzinfo=UTC)
    assert retry_after("120") == 120
    assert retry_after("Mon, 03 Nov 2025 13:00:00 GMT", now) == 3 * 3600
    assert retry_after("Mon, 03 Nov 2025 09:00:00 GMT", now) == 0
    assert retry_after("999999999") == 86_400
    assert retry_after("soon") is None
    assert retry_after("") is None


def test_how_long_an_answer_is_good() -> None:
    dated = {"date": "Mon, 03 Nov 2025 10:00:00 GMT", "expires": "Mon, 03 Nov 2025 10:05:00 GMT"}
    assert fresh_for({"cache-control": "public, max-age=600", **dated}) == 600
    assert fresh_for({"cache-control": "max-age=600", "age": "500"}) == 100
    assert fresh_for(dated) == 300
    assert fresh_for({"cache-control": "no-cache, max-age=600"}) == 0
    assert fresh_for({"cache-control": "max-age=999999999"}) == 86_400
    assert fresh_for({"expires": "0", "date": dated["date"]}) == 0
    assert fresh_for({}) == 0


async def test_redirects_are_followed_and_permanent_ones_told(site: Any, fetcher: Fetcher) -> None:
    site.say("/new", "x")
    site.say("/middle", "", 308, Location="/new")
    moved = await get(fetcher, site.say("/old", "", 301, Location=site.base + "/middle#x"))
    assert (moved.moved, isinstance(moved, Fetched)) == (site.base + "/new", True)
    passing = await get(fetcher, site.say("/now", "", 302, Location="/middle"))
    assert passing.moved is None


async def test_redirects_end(site: Any, fetcher: Fetcher) -> None:
    assert await reason(fetcher, site.say("/loop", "", 302, Location="/loop")) == "too-many-redirects"
    assert await reason(fetcher, site.say("/file", "", 302, Location="file:///etc/passwd")) == "bad-redirect"


async def test_a_redirect_to_this_machine_is_refused(site: Any) -> None:
    """The first hop is let in by name, as a public site would be; the second is not."""
    secret = site.say("/secret", "secret")
    away = site.say("/feed", "", 302, Location=secret)
    port = away.split(":")[2].split("/")[0]

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    fetcher = Fetcher(resolve=resolve, deadline=3)
    assert await reason(fetcher, f"http://outside.example:{port}/feed", allow_private=False) == "refused-address"
    assert not site.requests
    fetched = await fetcher.fetch(f"http://outside.example:{port}/feed", allow_private=True)
    assert isinstance(fetched, Fetched)
    assert fetched.body == b"secret"
    fetcher.close()


async def test_what_one_feed_may_is_not_lent_to_another(site: Any, fetcher: Fetcher) -> None:
    address = site.say("/feed", "x")
    await get(fetcher, address)
    assert await reason(fetcher, address, allow_private=False) == "refused-address"


async def test_a_server_that_hangs_is_left_in_time(raw_server: Server) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    fetcher = Fetcher(deadline=0.5)
    began = time.monotonic()
    assert await reason(fetcher, await raw_server(silent)) == "timed-out"
    assert time.monotonic() - began < 20
    fetcher.close()


async def test_a_server_that_drips_is_left_in_time(raw_server: Server) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    fetcher = Fetcher(deadline=0.6)
    assert await reason(fetcher, await raw_server(drip)) == "timed-out"
    fetcher.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        b"not http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
        b"",
    ],
)
async def test_answers_that_lie_or_break_off_are_failures(raw_server: Server, fetcher: Fetcher, answer: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    assert await reason(fetcher, await raw_server(talk)) == "unreachable"


async def test_nobody_there(fetcher: Fetcher) -> None:
    assert await reason(fetcher, "http://127.0.0.1:1/feed") == "unreachable"
    assert await reason(fetcher, "http://no-such-host.invalid/feed") == "no-such-host"


async def test_many_failures_leave_no_connection_behind(raw_server: Server) -> None:
    held = 0

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal held
        held += 1
        await reader.read()
        held -= 1

    address = await raw_server(hold)
    fetcher = Fetcher(deadline=2)
    codes = await asyncio.gather(*(reason(fetcher, address) for _ in range(150)))
    assert set(codes) == {"timed-out"}
    for _ in range(100):
        await asyncio.sleep(0.01 if held else 0)
    assert held == 0
    fetcher.close()
