"""An address of a site or a feed -> the feeds it offers -> each asked as a collector would -> what it is worth

address -> fetch -> a feed? | links in the page | the usual places -> fetch again (validators?) -> parse -> Offer
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

from collectors import rhythm
from collectors.confined import Parser
from collectors.entries import Document, Entry, Parsed, ParseError
from collectors.feeds import HOME, ZONES, url_fault
from collectors.fetch import Fetched, Fetcher, FetchError, NotModified
from collectors.fulltext import ENOUGH
from collectors.links import canonical_host, web_address
from collectors.timetable import SPACING
from streams.languages.identify import identify
from wire.records import Reason

PLACES = ("/rss", "/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json")
TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
MOST = 8
SPOKEN = 20  # entries from which the language is told


class Offer(NamedTuple):
    """One feed, and what asking it showed."""

    url: str
    entries: int = 0
    newest: datetime | None = None
    pace: float | None = None
    language: str = ""
    letters: int = 0  # of text, in the middle one of its entries
    asks_again: str = ""  # what its validators are worth
    problem: Reason | None = None


async def probe(address: str, *, allow_private: bool = False, spacing: float = SPACING) -> list[Offer]:
    """Return what an address offers (https:// may be left out); one problem when it offers nothing."""
    address = address if "://" in address else f"https://{address}"
    if fault := url_fault(address):
        return [Offer(address, problem=Reason(code="no-address", text=fault))]
    fetcher = Fetcher()
    try:
        async with Parser() as parser:
            return await _Probe(fetcher, parser, allow_private, spacing).all(address)
    finally:
        fetcher.close()


class _Probe:
    def __init__(self, fetcher: Fetcher, parser: Parser, allow_private: bool, spacing: float) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._private = allow_private
        self._spacing = spacing

    async def all(self, address: str) -> list[Offer]:
        first = await self.one(address)
        if first.problem is None or first.problem.code != "not-a-feed":
            return [first]
        page = await self._fetcher.fetch(address, allow_private=self._private)
        found = links(page) if isinstance(page, Fetched) else []
        told = [await self._later(url) for url in found[:MOST]]
        if not any(offer.problem is None for offer in told):
            usual = [url for place in PLACES if (url := web_address(place, address)) and url not in found]
            told += [offer for url in usual if (offer := await self._later(url)).problem is None]
        return told or [first]

    async def _later(self, url: str) -> Offer:
        await asyncio.sleep(self._spacing)
        return await self.one(url)

    async def one(self, url: str) -> Offer:
        try:
            fetched = await self._fetcher.fetch(url, allow_private=self._private)
            if not isinstance(fetched, Fetched):
                raise FetchError(Reason(code="status-304", text="answered 304 to a first question"))
            document = Document(body=fetched.body, url=url, zone="UTC", language="", content_type=fetched.content_type)
            parsed = await self._parser.parse(document)
            return await self._offer(fetched.moved or url, fetched, parsed)
        except (FetchError, ParseError) as error:
            return Offer(url, problem=error.reason)

    async def _offer(self, url: str, fetched: Fetched, parsed: Parsed) -> Offer:
        now = datetime.now(UTC)
        times = [entry.published for entry in parsed.entries if entry.published]
        found = rhythm.first(times, now)
        texts = sorted(len(entry.text) for entry in parsed.entries)
        return Offer(
            url,
            entries=len(parsed.entries),
            newest=max((at for at in times if at <= now), default=None),
            pace=found.pace if found else None,
            language=language(parsed.entries),
            letters=texts[len(texts) // 2] if texts else 0,
            asks_again=await self._asked_again(url, fetched),
        )

    async def _asked_again(self, url: str, fetched: Fetched) -> str:
        if not any(fetched.validators):
            return "gives no validators"
        await asyncio.sleep(self._spacing)
        try:
            again = await self._fetcher.fetch(url, fetched.validators, allow_private=self._private)
        except FetchError as error:
            return error.reason.text
        return "304" if isinstance(again, NotModified) else "sends everything again"


def language(entries: Sequence[Entry]) -> str:
    """Return the language of most entries: kk, pl, ar, or nothing."""
    found = Counter(identify(entry.title, entry.text) for entry in entries[:SPOKEN])
    return found.most_common(1)[0][0] if found else ""


def links(page: Fetched) -> list[str]:
    """Return the feeds that a page names, in its order."""
    reader = _Links()
    reader.feed(page.body.decode("utf-8", "replace"))
    return list(dict.fromkeys(url for each in reader.found if (url := web_address(each, page.address))))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        declared = (
            tag == "link" and "alternate" in said.get("rel", "").lower() and said.get("type", "").lower() in TYPES
        )
        spoken = tag == "a" and re.search(r"(?:^|[/._?=-])(?:rss|atom|feed)(?:$|[/._?=&-])", said.get("href", ""))
        if declared or spoken:
            self.found.append(said.get("href", ""))


def line(offer: Offer) -> str:
    """Return the offer as a line of feeds.yaml, ready but for the outlet's name."""
    host = canonical_host(urlsplit(offer.url).netloc).split(":")[0]
    name = re.sub(r"[^a-z0-9]+", "-", host.rpartition(".")[0].lower()).strip("-") or "feed"
    country = host.rpartition(".")[2].upper()
    parts = [f"id: {name}", f'url: "{offer.url}"', f"language: {offer.language}", f'outlet: "{host}"']
    if country in ZONES and country != HOME.get(offer.language):
        parts.append(f"country: {country}")
    if offer.letters < ENOUGH:
        parts.append("full_text: true")
    return f"  - {{{', '.join(parts)}}}"
