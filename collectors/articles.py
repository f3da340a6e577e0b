"""Entries -> the Articles that are new or changed, and what to remember of the others.

entry -> what identifies it -> known? -> content changed? -> Article (the first id kept)
"""

from collections import ChainMap, defaultdict
from collections.abc import Container, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from collectors import dates, links
from collectors.entries import Entry, Parsed
from collectors.feeds import Feed
from collectors.states import FeedState, Known, bounded
from wire import ids
from wire.records import Article, Origin, Quality

Link = links.Canonical | None

MOST_KEYS = 4
SHORTEST_NUMBER = 4
"""A guid of fewer digits is a row number, and another entry's tomorrow."""


class Sifted(NamedTuple):
    """What a document brought."""

    articles: tuple[Article, ...]  # oldest first
    known: tuple[Known, ...]
    fresh: int  # how many of the articles were never seen before


class Identity(NamedTuple):
    """An entry's id, and the keys by which it is found again."""

    id: str
    keys: tuple[str, ...]
    is_clear: bool = True
    """Whether it owes nothing to the other entries of its document."""


def sift(feed: Feed, state: FeedState, parsed: Parsed, seen: datetime, backlog_age: float) -> Sifted:
    """Return the articles to publish and all that is known then; `backlog_age` in seconds."""
    before = state.entries
    memory = _Memory(before)
    again = memory.shown(parsed.again)
    shown: dict[str, Known] = {}
    taken = ChainMap(shown, again)
    articles: list[Article] = []
    fresh = 0
    entries = tuple(dict.fromkeys(parsed.entries))  # the very same twice is one
    for entry, identity in zip(entries, identities(feed, entries), strict=True):
        old = memory.find(identity, taken)
        backlog = old.backlog if old else state.is_new and _is_old(entry, seen, backlog_age)
        known = _known(old, identity, entry, seen, backlog)
        if known.id in taken:  # one document tells an article once: else two versions take turns for ever
            continue
        shown[known.id] = known
        if old is None or old.content != known.content:
            articles.append(_article(feed, entry, known, seen))
            fresh += old is None
    return Sifted(tuple(reversed(articles)), bounded((*shown.values(), *again.values()), before), fresh)


def is_entangled(feed: Feed, state: FeedState, parsed: Parsed) -> bool:
    """Return whether an entry shares a link or guid with one that was not read again: then only the whole tells."""
    again = _Memory(state.entries).shown(parsed.again)
    keys = {key for known in again.values() for key in known.keys}
    alone = [identities(feed, (entry,))[0] for entry in parsed.entries]  # by all that it has
    together = identities(feed, parsed.entries)  # by what is left when others have it too
    return any(each.id in again or not keys.isdisjoint(each.keys) for each in (*alone, *together))


class _Memory:
    """What is known, by key and by id."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._by_key = {key: each for each in reversed(known) for key in each.keys}
        self._by_id = {each.id: each for each in known}
        self._by_piece = {each.piece: each for each in known if each.piece}

    def shown(self, pieces: Iterable[str]) -> dict[str, Known]:
        """Return, by id, what was published for these pieces of a document."""
        found = (self._by_piece[piece] for piece in pieces)
        return {known.id: known for known in found}

    def find(self, identity: Identity, taken: Container[str]) -> Known | None:
        """Return what was published for an entry, unless another entry of this document is that already."""
        found = [self._by_key.get(key) for key in identity.keys]
        for known in (self._by_id.get(identity.id), *found):  # first what it was by itself
            if known is not None and known.id not in taken:
                return known
        return None


def identities(feed: Feed, entries: Sequence[Entry]) -> list[Identity]:
    """Identify each entry by itself; links and guids that tell nothing apart in their document are left out."""
    links_ = [_canonical(entry) for entry in entries]
    vague = _vague_links(entries, links_) - {None}
    reused = _reused_guids(entries, links_) - {None}
    return [
        _identity(
            feed,
            entry,
            link.host if link else links.canonical_host(feed.host),  # also of a link that is left out: keys stay
            link if link not in vague else None,
            entry.guid if entry.guid not in reused and _tells(entry.guid) else None,
        )._replace(is_clear=link not in vague and entry.guid not in reused)
        for link, entry in zip(links_, entries, strict=True)
    ]


def _vague_links(entries: Sequence[Entry], links_: Sequence[Link]) -> set[Link]:
    """Return the links that several different articles of a document share: a section's page, a live blog."""
    titles, guids = defaultdict(set), defaultdict(set)
    for entry, link in zip(entries, links_, strict=True):
        titles[link].add(entry.title)
        guids[link].add(entry.guid)
    return {link for link in titles if len(titles[link]) > 1 and (len(guids[link]) > 1 or None in guids[link])}


def _reused_guids(entries: Sequence[Entry], links_: Sequence[Link]) -> set[str | None]:
    """Return the guids that a document gives to entries with different links."""
    found = defaultdict(set)
    for entry, link in zip(entries, links_, strict=True):
        found[entry.guid].add(link or entry.title)
    return {guid for guid, partners in found.items() if len(partners) > 1}


def _identity(feed: Feed, entry: Entry, host: str, link: Link, guid: str | None) -> Identity:
    if link is None and guid is None:  # nothing but its words identifies it
        guid = f"title:{entry.title}"
    id = ids.article_id(host=host, link=link.path if link else None, feed=feed.id, guid=guid or "")
    return Identity(id, ids.article_keys(host=host, link=link.path if link else None, guid=guid))


def _canonical(entry: Entry) -> links.Canonical | None:
    """Return the entry's canonical link, unless it leads to a whole site."""
    link = links.canonical(entry.link) if entry.link else None
    return None if link is None or link.is_front_page else link


def _tells(guid: str | None) -> bool:
    return not (guid and guid.isdigit() and len(guid) < SHORTEST_NUMBER)


def _known(old: Known | None, identity: Identity, entry: Entry, seen: datetime, backlog: bool) -> Known:
    content = ids.content_hash(entry.title.encode(), entry.text.encode())
    piece = entry.piece if identity.is_clear else ""  # one that is not is to be read with the others each time
    if old is None:
        return Known(identity.id, identity.keys, content, int(seen.timestamp()), backlog, piece)
    # The first id stays, and so does its origin: an edit makes no news of what was old.
    keys = tuple(dict.fromkeys((*identity.keys, *old.keys)))[:MOST_KEYS]
    return Known(old.id, keys, content, old.first_seen, backlog, piece)


def _is_old(entry: Entry, seen: datetime, backlog_age: float) -> bool:
    """Return whether an entry of a feed seen for the first time is yesterday's.

    One without a date, or with a date that is nonsense, is not: a missed visit costs a desk more than
    an old one told once, the text's own dateline is still to be read, and it happens once a feed.
    """
    moment = dates.clamped(dates.Moment(entry.published, entry.quality), seen)
    if moment.at is None or moment.quality is Quality.CLAMPED:
        return False
    return seen - moment.at > timedelta(seconds=backlog_age)


def _article(feed: Feed, entry: Entry, known: Known, seen: datetime) -> Article:
    published = dates.clamped(dates.Moment(entry.published, entry.quality), seen)
    if published.quality is Quality.CLAMPED:  # an edit does not move it
        published = published._replace(at=min(seen, datetime.fromtimestamp(known.first_seen, UTC)))
    return Article(
        id=known.id,
        keys=known.keys,
        feed=feed.id,
        outlet=feed.outlet,
        language=feed.language,
        title=entry.title,
        text=entry.text,
        seen=seen,
        url=entry.link,
        guid=entry.guid,
        published=published.at,
        quality=published.quality,
        updated=min(entry.updated, seen) if entry.updated else None,
        country=feed.country,
        zone=feed.zone,
        text_from=entry.text_from,
        truncated=entry.truncated,
        origin=Origin.BACKLOG if known.backlog else Origin.LIVE,
    )
