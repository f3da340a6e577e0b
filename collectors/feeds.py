"""config/feeds.yaml -> Feeds, or every Problem in it.

text -> lines as written -> checked (ids, addresses, zones, intervals) -> Feeds -> the share that is ours
"""

import hashlib
import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from collectors.guard import is_public
from collectors.links import canonical_host, web_address
from wire.files import Document, Problem, Problems, check, read, suggest

Language = Literal["kk", "pl", "ar"]
Priority = Literal["high", "normal", "low"]
INTERVALS: dict[Priority, str] = {"high": "1m", "normal": "5m", "low": "30m"}
"""The interval of a feed that names none."""
SHORTEST, SHORTEST_PRIVATE, LONGEST = 30.0, 0.2, 7 * 86_400.0
LONGEST_URL = 2048
HOME = {"kk": "KZ", "pl": "PL"}
"""The country of an outlet that names none; Arabic is the language of many."""

ZONES = {
    "AE": "Asia/Dubai", "BH": "Asia/Bahrain", "CN": "Asia/Shanghai", "DE": "Europe/Berlin",
    "DZ": "Africa/Algiers", "EG": "Africa/Cairo", "FR": "Europe/Paris", "GB": "Europe/London",
    "IQ": "Asia/Baghdad", "IR": "Asia/Tehran", "JO": "Asia/Amman", "KG": "Asia/Bishkek",
    "KW": "Asia/Kuwait", "KZ": "Asia/Almaty", "LB": "Asia/Beirut", "LY": "Africa/Tripoli",
    "MA": "Africa/Casablanca", "MR": "Africa/Nouakchott", "OM": "Asia/Muscat", "PL": "Europe/Warsaw",
    "PS": "Asia/Hebron", "QA": "Asia/Qatar", "RU": "Europe/Moscow", "SA": "Asia/Riyadh",
    "SD": "Africa/Khartoum", "SY": "Asia/Damascus", "TN": "Africa/Tunis", "TR": "Europe/Istanbul",
    "UZ": "Asia/Tashkent", "YE": "Asia/Aden",
}  # fmt: skip
LANGUAGE_ZONES = {"kk": "Asia/Almaty", "pl": "Europe/Warsaw", "ar": "Asia/Riyadh"}

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """One address to poll and what is known of its outlet."""

    id: str
    url: str
    language: Language
    outlet: str
    zone: str
    interval: float
    """Seconds between polls, before the feed's own rhythm."""
    priority: Priority = "normal"
    adapt: bool = True
    country: str | None = None
    allow_private: bool = False
    full_text: bool = False
    note: str = ""

    @property
    def host(self) -> str:
        """Return whose manners count: the host and port that is asked."""
        return (urlsplit(self.url).netloc or self.url).lower()

    @property
    def floor(self) -> float:
        """Return the seconds between two polls that are never undercut, however busy the feed."""
        return min(self.interval, SHORTEST_PRIVATE if self.allow_private else SHORTEST)


class FeedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One feed as the file says it."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
    url: str
    language: Language
    outlet: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    country: str | None = None
    zone: str | None = None
    interval: str | None = None
    priority: Priority = "normal"
    adapt: bool = True
    allow_private: bool = False
    full_text: bool = False
    note: str = ""


class FeedsFile(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of feeds.yaml."""

    feeds: list[FeedLine]


def load(path: Path) -> tuple[Feed, ...]:
    """Read and check a feeds file.

    Raises Problems with every fault found.
    """
    document, problems = read(path)
    return checked(document, problems)


def checked(document: Document, problems: Sequence[Problem] = ()) -> tuple[Feed, ...]:
    """Turn a read document into Feeds; raises Problems."""
    if problems:
        raise Problems(problems)
    lines, faults = check(document, FeedsFile)
    faults += _faults(document)
    if faults or lines is None:
        raise Problems(sorted(faults, key=lambda fault: (fault.line, fault.column)))
    return tuple(_feed(line) for line in lines.feeds)


def duration(text: str) -> float | None:
    """Return the seconds of `90s`, `5m`, `2h` or `1d`, or None for anything else."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*([smhd])", text.strip())
    return float(found[1]) * _UNITS[found[2]] if found else None


def url_fault(url: str) -> str | None:
    """Return what makes `url` unfit to be asked, or None."""
    if len(url) > LONGEST_URL or re.search(r"[\s\x00-\x20\x7f]", url):
        return "is no web address: it is too long or has spaces in it"
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or parts.port > 0
    except ValueError as error:
        return f"is no web address: {error}"
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_fits:
        return "is no web address: it must begin with https:// or http:// and a host"
    if parts.username or parts.password:
        return "holds a user name or password"
    return None if web_address(url) else "is no web address: its host cannot be one"


class Assignment(NamedTuple):
    """The partitions, out of so many, whose hosts this process polls."""

    partitions: frozenset[int]
    of: int


NOTHING = Assignment(frozenset(), 1)
ALL = Assignment(frozenset((0,)), 1)


def partition_of(host: str, count: int) -> int:
    """Return the partition of a host: all its feeds are one collector's, so that its manners are kept."""
    digest = hashlib.blake2b(host.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % count


def owned(feeds: Iterable[Feed], assignment: Assignment) -> list[Feed]:
    """Return the feeds this process polls."""
    return [feed for feed in feeds if partition_of(feed.host, assignment.of) in assignment.partitions]


def _feed(line: FeedLine) -> Feed:
    country = line.country or HOME.get(line.language)
    return Feed(
        id=line.id,
        url=web_address(line.url) or line.url,
        language=line.language,
        outlet=line.outlet,
        country=country,
        zone=line.zone or ZONES.get(country or "", LANGUAGE_ZONES[line.language]),
        interval=duration(line.interval or INTERVALS[line.priority]) or SHORTEST,
        priority=line.priority,
        adapt=line.adapt,
        allow_private=line.allow_private,
        full_text=line.full_text,
        note=line.note,
    )


def _faults(document: Document) -> Iterator[Problem]:
    """Yield what no type tells, of all that has the right one: the other lines' faults are no reason to wait."""
    raw = document.value.get("feeds") if isinstance(document.value, dict) else None
    if raw == []:
        yield document.problem(
            ("feeds",), "lists no feed", "add one: - {id: ..., url: ..., language: ..., outlet: ...}"
        )
    lines = {i: line for i, line in enumerate(raw) if isinstance(line, dict)} if isinstance(raw, list) else {}
    for key in ("id", "url"):
        yield from _twice(document, key, {i: line[key] for i, line in lines.items() if isinstance(line.get(key), str)})
    for i, line in lines.items():
        texts = {key: value for key, value in line.items() if isinstance(value, str)}
        for key, what, mend in _line_faults(texts, is_private=line.get("allow_private") is True):
            yield document.problem(("feeds", i, key), what, mend)


def _twice(document: Document, key: str, values: Mapping[int, str]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for i, value in values.items():
        if value in first:
            line = document.problem(("feeds", first[value], key), "").line
            what = f"{key} {_shown(value)} stands here twice (first on line {line})"
            yield document.problem(("feeds", i, key), what, "each feed once" if key == "url" else "choose another")
        first.setdefault(value, i)


def _line_faults(said: Mapping[str, str], *, is_private: bool) -> Iterator[tuple[str, str, str]]:
    url, zone, country = said.get("url"), said.get("zone"), said.get("country")
    if url is not None and (fault := url_fault(url)):
        yield "url", f"{_shown(url)} {fault}", "write the feed's own address"
    elif url is not None and not is_private and _is_private_literal(url):
        yield "url", f"{_shown(url)} is on a private network", "if that is meant, say allow_private: true"
    if zone is not None and not is_zone(zone):
        yield "zone", f"{zone!r} is no IANA time zone", suggest(zone, _zones())
    if country is not None and not re.fullmatch("[A-Z]{2}", country):
        yield "country", f"{country!r} is no country's code", "write two capital letters: KZ"
    if "interval" in said:
        yield from _interval_faults(said["interval"], SHORTEST_PRIVATE if is_private else SHORTEST)


def _interval_faults(interval: str, shortest: float) -> Iterator[tuple[str, str, str]]:
    seconds = duration(interval)
    if seconds is None:
        yield "interval", f"{interval!r} is no duration", "write 90s, 5m, 2h or 1d"
    elif not shortest <= seconds <= LONGEST:
        yield "interval", f"{interval!r} is out of bounds", f"between {shortest:g}s and 7d"


def _shown(value: str) -> str:
    """Return a value to be read in an error, which operators are told of: without a password."""
    return repr(re.sub(r"//[^/?#]*@", "//...@", value))


def _is_private_literal(url: str) -> bool:
    try:
        return not is_public(str(ipaddress.ip_address(urlsplit(url).hostname or "")))
    except ValueError:
        return canonical_host(urlsplit(url).netloc).split(":")[0] == "localhost"


def is_zone(name: str) -> bool:
    """Return whether `name` is a time zone this machine knows."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError, an absolute path a ValueError
        return False
    return True


@cache
def _zones() -> list[str]:
    return sorted(available_timezones())
