"""What goes to a parsing child and what comes back: Document -> Parsed (Entries), a page's text, or ParseError."""

from datetime import datetime

import msgspec

from wire.records import Quality, Reason


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What was fetched and what the feed's line says of it."""

    body: bytes
    url: str
    zone: str
    language: str
    content_type: str = ""
    is_page: bool = False
    """An article's page rather than a feed."""
    read: frozenset[str] = frozenset()
    """The pieces (pieces.py) that were read before, and need not be again."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry: cleaned, its identity not yet decided."""

    title: str
    text: str
    text_from: str = "summary"
    link: str | None = None
    guid: str | None = None
    published: datetime | None = None
    quality: Quality = Quality.MISSING
    updated: datetime | None = None
    truncated: bool = False
    piece: str = ""
    """The hash of its markup, where that could be told from its surroundings."""


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """A document's entries in its own order, and how many had nothing to say."""

    entries: tuple[Entry, ...]
    empty: int = 0
    ttl: float | None = None
    """Seconds for which the document calls itself good; None when nothing of it needed to be read."""
    again: tuple[str, ...] = ()
    """Its pieces that were read before and are not among the entries."""


class ParseError(Exception):
    """The document is no feed, or none that can be read within the limits."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.text)
