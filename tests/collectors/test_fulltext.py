"""A line of a feed becomes a whole article: only where it is wanted, allowed and possible."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from collectors.confined import Parser
from collectors.feeds import Feed
from collectors.fetch import Fetcher
from collectors.fulltext import ENOUGH, MOST_PAGES, FullTexts, wanted
from collectors.interest import Interest, folded, load
from wire.records import Article, Origin

INTEREST = Interest(["тоқаев", "tokaj", "kazach", "توكاييف", "كازاخ"])
SENTENCE = (
    "Келіссөз қорытындысында тараптар он екі құжатқа қол қойды, олардың ішінде көлік пен сауда туралы келісім бар."
)
PAGE = (
    "<html><head><title>Жарнама</title></head><body><nav><a href='/'>Басты бет</a></nav><article><h1>Тоқаев</h1>"
    + f"<p>{SENTENCE}</p>" * 1
    + "".join(f"<p>{n}-абзацта сапардың жалғасы баяндалады, бұл жерде мәтін жеткілікті ұзын.</p>" for n in range(8))
    + "</article><footer>Барлық құқық қорғалған</footer></body></html>"
)


def line(**changes: Any) -> Feed:
    known: dict[str, Any] = {"id": "x", "url": "https://a.kz/", "language": "kk", "outlet": "x", "zone": "UTC"}
    return Feed(**{**known, "interval": 60, "full_text": True, "allow_private": True, **changes})


def article(url: str | None = "https://a.kz/1", title: str = "Тоқаев қонақты қабылдады", **changes: Any) -> Article:
    known: dict[str, Any] = {"id": "art-1", "keys": (), "feed": "x", "outlet": "x", "language": "kk", "text": "Қысқа."}
    return Article(**{**known, "title": title, "seen": datetime.now(UTC), "url": url, **changes})


@pytest.fixture
async def texts(fetcher: Fetcher) -> AsyncIterator[FullTexts]:
    async with Parser(workers=1, seconds=60) as parser:
        yield FullTexts(fetcher, parser, INTEREST, spacing=0.0)


def test_each_article_that_is_left_alone_has_its_reason() -> None:
    def code(found: Article, feed: Feed | None = None) -> str:
        return wanted(feed or line(), found, INTEREST).code

    assert code(article()) == "wanted"
    assert code(article(), line(full_text=False)) == "not-asked"
    assert code(article(None)) == "no-link"
    assert code(article(origin=Origin.BACKLOG)) == "backlog"
    assert code(article(text="а" * ENOUGH)) == "long-enough"
    assert code(article(title="Қар жауады")) == "no-interest"
    assert code(article(title="Қар жауады", text="Бұл туралы Тоқаевтың баспасөз хатшысы айтты.")) == "wanted"


@pytest.mark.parametrize(
    "text",
    [
        "ТОҚАЕВПЕН кездесу",
        "Rozmowy z Tokajewem",
        "Kazachscy ministrowie",
        "اللقاء مع توكاييف",
        "والكازاخستاني",
        "بكازاخستان",
    ],
)
def test_inflected_and_joined_words_are_found(text: str) -> None:
    assert INTEREST.found(text)


@pytest.mark.parametrize("text", ["", "Стокаев", "Zakazachs", "Қар жауады", "الكا"])
def test_only_beginnings_of_words_are_found(text: str) -> None:
    assert INTEREST.found(text) is None


@given(st.text())
def test_folding_is_folded(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_missing_list_wants_nothing(tmp_path: Path) -> None:
    assert load(tmp_path / "interest.txt").found("Тоқаев") is None


async def test_a_page_gives_its_article(site: Any, texts: FullTexts) -> None:
    url = site.say("/1", PAGE, Content_Type="text/html")
    plain = article(url, "Қар жауады")
    whole, left = await texts.completed(line(), (article(url), plain))
    assert whole.text_from == "page"
    assert SENTENCE in whole.text
    assert "Басты бет" not in whole.text
    assert left is plain
    assert [request.path for request in site.requests] == ["/robots.txt", "/1"]


async def test_what_robots_txt_forbids_is_not_fetched(site: Any, texts: FullTexts) -> None:
    site.say("/robots.txt", "User-agent: *\nDisallow: /closed\n\nUser-agent: Jarshy\nDisallow: /ours\n")
    pages = [site.say(path, PAGE) for path in ("/closed/1", "/ours/1")]
    found = await texts.completed(line(), tuple(article(url) for url in pages))
    assert [each.text_from for each in found] == ["page", "summary"]  # our own rules stand for those of all
    assert [request.path for request in site.requests] == ["/robots.txt", "/closed/1"]


async def test_a_site_that_cannot_say_its_rules_is_left_alone(site: Any, texts: FullTexts) -> None:
    site.say("/robots.txt", "", 500)
    (found,) = await texts.completed(line(), (article(site.say("/1", PAGE)),))
    assert found.text == "Қысқа."


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_a_page_that_cannot_be_had_costs_nothing(site: Any, texts: FullTexts, status: int) -> None:
    given_ = article(site.say("/1", "", status))
    assert await texts.completed(line(), (given_,)) == (given_,)


async def test_a_page_without_article_costs_nothing(site: Any, texts: FullTexts) -> None:
    given_ = article(site.say("/1", "<html><body></body></html>"))
    assert await texts.completed(line(), (given_,)) == (given_,)


async def test_a_page_on_a_private_network_is_refused(site: Any, texts: FullTexts) -> None:
    given_ = article(site.say("/1", PAGE))
    assert await texts.completed(line(allow_private=False), (given_,)) == (given_,)
    assert not site.requests


async def test_pages_of_a_host_are_spaced_and_at_most_two_at_once(site: Any, fetcher: Fetcher) -> None:
    begun: list[float] = []
    busy = most = 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal busy, most
        begun.append(time.monotonic())
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.5)
        busy -= 1
        return web.Response(status=404)

    urls = [site.does(f"/{n}", answer) for n in range(5)]
    async with Parser(workers=1) as parser:
        polite = FullTexts(fetcher, parser, INTEREST, spacing=0.2)
        await asyncio.gather(*(polite.completed(line(), (article(url),)) for url in urls))
    assert most == 2
    assert all(later - earlier > 0.15 for earlier, later in zip(sorted(begun), sorted(begun)[1:], strict=False))


async def test_one_poll_fetches_so_many_pages_and_no_more(site: Any, texts: FullTexts) -> None:
    urls = [site.say(f"/{n}", "", 404) for n in range(MOST_PAGES + 3)]
    found = tuple(msgspec.structs.replace(article(url), id=url) for url in urls)
    assert await texts.completed(line(), found) == found
    assert len(site.requests) == MOST_PAGES + 1
