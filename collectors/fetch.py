"""One conditional GET, bounded in every direction.

address -> guarded connection -> (redirects, each checked) -> raw bounded read -> Fetched | NotModified | FetchError

httpx's requests and answers, over a transport of ours (transport.py) and without its client, which unpacks bombs.
"""

import asyncio
import email.utils
import re
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import certifi
import httpx

from collectors.guard import AddressRefused, GuardedNetwork, NoSuchHost, Resolve, Resolver
from collectors.links import web_address
from collectors.transport import GuardedTransport
from collectors.unpack import WIRE_BYTES, Unpacker, UnpackError
from wire.records import Reason

DEADLINE = 30.0
MOST_REDIRECTS = 5
LONGEST_WAIT = 24 * 3600.0
USER_AGENT = "Jarshy/0.1 (news desk; reads feeds politely)"
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_OK, _NOT_MODIFIED = 200, 304
_PERMANENT, _REDIRECTS = (301, 308), (301, 302, 303, 307, 308)


class Validators(NamedTuple):
    """What a server gave to ask again with: echoed to the letter."""

    etag: str = ""
    last_modified: str = ""


NONE = Validators()


class Fetched(NamedTuple):
    """A new body."""

    body: bytes
    content_type: str
    validators: Validators
    moved: str | None = None  # where the feed says it lives for good
    fresh_for: float = 0.0  # seconds for which the server calls it good
    address: str = ""  # where it was found after all redirects


class NotModified(NamedTuple):
    """The server says that nothing changed."""

    moved: str | None = None
    fresh_for: float = 0.0
    address: str = ""


class FetchError(Exception):
    """The feed could not be had; `reason` says why, `wait` how many seconds it asks us to stay away."""

    def __init__(self, reason: Reason, wait: float | None = None) -> None:
        self.reason = reason
        self.wait = wait
        super().__init__(reason.text)


class Fetcher:
    """Fetches feeds, each over a connection of its own."""

    def __init__(self, *, resolve: Resolve | None = None, deadline: float = DEADLINE) -> None:
        """Prepare; `resolve` replaces the system's resolver, `deadline` bounds one fetch, in seconds."""
        self._resolver = Resolver()
        self._deadline = deadline
        resolve = resolve or self._resolver
        tls = ssl.create_default_context(cafile=certifi.where())
        self._ways = {private: GuardedTransport(GuardedNetwork(resolve, private, tls)) for private in (False, True)}

    async def fetch(
        self, address: str, validators: Validators = NONE, *, allow_private: bool = False
    ) -> Fetched | NotModified:
        """Ask once for a feed; raises FetchError."""
        try:
            async with asyncio.timeout(self._deadline):
                return await self._follow(self._ways[allow_private], address, validators)
        except TimeoutError:
            raise _error("timed-out", f"did not finish within {self._deadline:g} s") from None
        except (AddressRefused, NoSuchHost) as error:
            code = "refused-address" if isinstance(error, AddressRefused) else "no-such-host"
            raise _error(code, str(error)) from error
        except UnpackError as error:
            raise FetchError(error.reason) from error
        except (httpx.TransportError, httpx.InvalidURL, OSError) as error:
            raise _error("unreachable", f"{str(error) or type(error).__name__}"[:300]) from error

    def close(self) -> None:
        """Let go of the resolver's threads."""
        self._resolver.close()

    async def _follow(self, way: GuardedTransport, address: str, validators: Validators) -> Fetched | NotModified:
        moved: str | None = None
        permanent = True
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self._ask(way, address, validators)
            if not isinstance(answer, _Redirect):
                return answer._replace(moved=moved, address=address)
            address = _next(address, answer)
            permanent = permanent and answer.permanent
            moved = address if permanent else moved
        raise _error("too-many-redirects", f"redirects more than {MOST_REDIRECTS} times")

    async def _ask(
        self, way: GuardedTransport, address: str, validators: Validators
    ) -> "Fetched | NotModified | _Redirect":
        answer = await way.handle_async_request(httpx.Request("GET", address, headers=_headers(validators)))
        headers, status = _said(answer.headers), answer.status_code
        try:
            if status == _NOT_MODIFIED and any(validators):
                return NotModified(fresh_for=fresh_for(headers))
            if status in _REDIRECTS and headers.get("location"):
                return _Redirect(headers["location"], status in _PERMANENT)
            if status != _OK:
                raise _bad_status(status, headers)
            body = await _body(answer, headers)
        finally:
            await answer.aclose()
        found = Validators(headers.get("etag", ""), headers.get("last-modified", ""))
        return Fetched(body, headers.get("content-type", ""), found, fresh_for=fresh_for(headers))


class _Redirect(NamedTuple):
    location: str
    permanent: bool


def _headers(validators: Validators) -> list[tuple[bytes, bytes]]:
    headers = [
        ("User-Agent", USER_AGENT),
        ("Accept", ACCEPT),
        ("Accept-Encoding", "gzip, deflate"),
    ]
    if validators.etag:
        headers.append(("If-None-Match", validators.etag))
    if validators.last_modified:
        headers.append(("If-Modified-Since", validators.last_modified))
    return [(name.encode(), value.encode("latin-1")) for name, value in headers]  # as they came, byte for byte


def _said(headers: httpx.Headers) -> dict[str, str]:
    """Return the headers by name; one that comes twice is joined, as HTTP has it."""
    said: dict[str, str] = {}
    for raw_name, raw_value in headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        said[name] = f"{said[name]}, {value}" if name in said else value
    return said


def _next(address: str, redirect: _Redirect) -> str:
    found = web_address(redirect.location, address)
    if found is None:
        raise _error("bad-redirect", f"redirects to {redirect.location[:100]!r}, which is no web address")
    return found.partition("#")[0]


async def _body(answer: httpx.Response, headers: Mapping[str, str]) -> bytes:
    length = headers.get("content-length", "")
    if length.isdigit() and int(length[:12]) > WIRE_BYTES:
        raise _error("too-large", f"announces {int(length[:12]):,} bytes, more than {WIRE_BYTES // 2**20} MB")
    unpacker = Unpacker(headers.get("content-encoding", ""))
    async for chunk in answer.aiter_raw():
        unpacker.feed(chunk)
    return unpacker.finish()


def _bad_status(status: int, headers: Mapping[str, str]) -> FetchError:
    return _error(f"status-{status}", f"answered {status}", retry_after(headers.get("retry-after", "")))


def fresh_for(headers: Mapping[str, str]) -> float:
    """Return the seconds for which an answer is good by its Cache-Control, else its Expires; at most a day."""
    control = headers.get("cache-control", "").lower()
    if re.search(r"\bno-(?:cache|store)\b", control):
        return 0.0
    if found := re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", control):
        age = headers.get("age", "")
        old = float(age) if re.fullmatch(r"\d{1,9}", age) else 0.0
        return min(max(0.0, float(found[1]) - old), LONGEST_WAIT)
    expires, at = _date(headers.get("expires", "")), _date(headers.get("date", ""))
    if expires is None:
        return 0.0
    return min(max(0.0, (expires - (at or datetime.now(UTC))).total_seconds()), LONGEST_WAIT)


def _date(value: str) -> datetime | None:
    try:
        at = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """Return the seconds a Retry-After header asks for, at most a day; None when it says nothing."""
    if re.fullmatch(r"\s*\d{1,9}\s*", value):
        return min(float(value), LONGEST_WAIT)
    until = _date(value)
    return None if until is None else min(max(0.0, (until - (now or datetime.now(UTC))).total_seconds()), LONGEST_WAIT)


def _error(code: str, text: str, wait: float | None = None) -> FetchError:
    return FetchError(Reason(code=code, text=text), wait)
