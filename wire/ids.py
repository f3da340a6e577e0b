"""Every identity: parts -> blake2b-120 -> prefix and base32.

Ids are made from what a thing *is* (DESIGN 5), so that replays, retries, several workers and a wiped
broker make the same ids again.
"""

import base64
import hashlib
from collections.abc import Iterable

ARTICLE, REPORT, STORY, VISIT, ALERT, DELIVERY, KEY, CLAIM = (
    "art",
    "rep",
    "sto",
    "vis",
    "alr",
    "dlv",
    "key",
    "clm",
)


def make(prefix: str, *parts: str) -> str:
    """Return `prefix-` and 24 base32 characters over prefix and `parts`, each part length-prefixed.

    Without the lengths ("ab", "c") and ("a", "bc") would be one identity.
    """
    digest = hashlib.blake2b(digest_size=15)
    for part in (prefix, *parts):
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(4, "big") + raw)
    return f"{prefix}-{base64.b32encode(digest.digest()).decode().lower()}"


def content_hash(*parts: bytes) -> str:
    """Return a short hash of content: equal content, equal hash."""
    digest = hashlib.blake2b(digest_size=15)
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part)
    return base64.b32encode(digest.digest()).decode().lower()


def article_id(*, host: str, link: str | None, feed: str, guid: str) -> str:
    """Identify an article by host and canonical link, else by feed and guid."""
    return make(ARTICLE, "link", host, link) if link else make(ARTICLE, "guid", feed, guid)


def article_keys(*, host: str, link: str | None, guid: str | None) -> tuple[str, ...]:
    """Return the hashes by which a collector finds the first id again when only link or guid stayed."""
    keys = []
    if link:
        keys.append(make(KEY, "link", host, link))
    if guid:
        keys.append(make(KEY, "guid", host, guid))
    return tuple(keys)


def report_id(article: str, partner: str) -> str:
    """Identify what one article says of one partner country."""
    return make(REPORT, article, partner)


def story_id(founding_report: str, roles: str, mode: str, tense: str) -> str:
    """Identify a story by its founding report: sticky, and with no date in it."""
    return make(STORY, founding_report, roles, mode, tense)


def alert_id(story: str, kind: str, claims: Iterable[str]) -> str:
    """Identify an alert by its story, its kind and the claims that are new in it."""
    return make(ALERT, story, kind, *sorted(claims))


def delivery_id(receiver: str, thread: str, claims: Iterable[str]) -> str:
    """Identify what one receiver is owed: a replay of the same alert owes nothing more."""
    return make(DELIVERY, receiver, thread, *sorted(claims))
