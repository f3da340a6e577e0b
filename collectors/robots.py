"""Whether a page may be fetched: address -> its site's robots.txt (RFC 9309), kept for a day -> Permission

No file (4xx) allows everything; a site that cannot be asked allows nothing for a while.
"""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from collectors.fetch import Fetched, Fetcher, FetchError

AGENT = "Jarshy"
KEPT, KEPT_UNKNOWN = 24 * 3600.0, 600.0
READ = 500 * 1024
MOST_SITES = 5_000
LONGEST_DELAY = 30.0


class Permission(NamedTuple):
    """Whether a page may be fetched, and the seconds that its site wants between two."""

    allowed: bool
    delay: float = 0.0


class _Site(NamedTuple):
    rules: RobotFileParser
    until: float


class Robots:
    """The rules of the sites that were asked for pages."""

    def __init__(self, fetcher: Fetcher, clock: Callable[[], float]) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._sites: dict[str, _Site] = {}

    async def permission(self, url: str, *, allow_private: bool) -> Permission:
        """Return what the page's site says of it."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._sites.get(site)
        if known is None or known.until < self._clock():
            known = await self._ask(site, allow_private)
            if len(self._sites) >= MOST_SITES:
                self._sites.clear()
            self._sites[site] = known
        delay = float(known.rules.crawl_delay(AGENT) or 0)
        return Permission(known.rules.can_fetch(AGENT, url), min(delay, LONGEST_DELAY))

    async def _ask(self, site: str, allow_private: bool) -> _Site:
        rules, kept = RobotFileParser(), KEPT
        try:
            fetched = await self._fetcher.fetch(f"{site}/robots.txt", allow_private=allow_private)
            said = fetched.body[:READ].decode("utf-8", "replace") if isinstance(fetched, Fetched) else ""
        except FetchError as error:
            missing = error.reason.code.startswith("status-4") and error.reason.code != "status-429"
            said, kept = ("", KEPT) if missing else ("User-agent: *\nDisallow: /", KEPT_UNKNOWN)
        rules.parse(said.splitlines())
        return _Site(rules, self._clock() + kept)
