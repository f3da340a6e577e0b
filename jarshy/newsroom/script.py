"""What the newsroom tells, and what a desk must hear of it: newsroom.yaml + articles/*.yaml -> Newsroom.

files -> shapes checked (wire.files) -> references checked -> Newsroom, or every Problem with file:line
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

from jarshy.newsroom import calendar
from wire.files import Document, Problem, Problems, check, read, suggest

BUNDLED = Path(__file__).parent / "newsroom.yaml"

Language = Literal["kk", "pl", "ar"]
Noise = Literal[
    "telegram",
    "letter",
    "ambassador",
    "domestic",
    "sport",
    "multilateral",
    "business",
    "other-countries",
    "recalled",
    "opinion",
    "weather",
]
Offset = Annotated[str, msgspec.Meta(pattern=r"^[+-][0-9]{2}:[0-9]{2}$")]
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]*$")]
S = TypeVar("S")


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the script; a key it does not know is a Problem."""


class Expected(Value, frozen=True, kw_only=True):
    """An alert that a desk must get; None is not judged, an empty place says that there must be none."""

    kind: Literal["first", "status-change", "correction"]
    country: str = msgspec.field(name="with")
    form: Literal["meeting", "phone-call", "video-call", "visit"] | None = None
    status: Literal["held", "planned", "cancelled"] | None = None
    level: Literal["head-of-state", "head-of-government", "minister", "speaker", "other-official"] | None = None
    counterpart: str | None = None
    kz_actor: str | None = None
    place: str | None = None
    date: int | None = None
    """Days from the day of the play."""


class Event(Value, frozen=True, kw_only=True):
    """Something that happened, or is announced, and the alerts that must come of it, in their order."""

    id: Id
    day: int
    alerts: tuple[Expected, ...]
    note: str = ""


class FeedScript(Value, frozen=True, kw_only=True):
    """A feed and its habits."""

    id: Id
    format: Literal["rss", "atom"]
    language: Language
    outlet: str
    tagline: str = ""
    country: Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")] | None = None
    offset: Offset = "+00:00"
    encoding: Literal["utf-8", "windows-1250", "iso-8859-2"] = "utf-8"
    body: Literal["content", "description", "summary"] = "content"
    """Whole text in content:encoded or <content>, whole text in the description, or a summary alone."""
    guid: Literal["permalink", "opaque", "tag"] = "permalink"
    dates: Literal["standard", "words"] = "standard"
    """RFC 822 or 3339 by the format, or the words of the language, which no feed parser reads."""
    footer: str = ""
    query: str = ""
    """A tail that the feed hangs on its links."""
    home: str = ""
    """First part of its pages' addresses, its id when empty."""
    notice: str = "Jarshy demo newsroom: the outlet, the events and every sentence are invented"

    @property
    def clock(self) -> timezone:
        """Return the zone in which the feed writes its times."""
        hours, minutes = self.offset[1:].split(":")
        shift = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-shift if self.offset[0] == "-" else shift)

    @property
    def address(self) -> str:
        """Return the feed's path."""
        return f"/{self.id}/{'rss' if self.format == 'rss' else 'atom'}.xml"


class Entry(Value, frozen=True, kw_only=True):
    """An article as it enters its feed, or (with `revises`) what an edit makes of an earlier one."""

    feed: str
    at: float
    """Seconds of the play at which the feed shows it; 0: it stood there before."""
    guid: str = ""
    revises: str = ""
    path: str = ""
    title: str = ""
    summary: str = ""
    text: str = ""
    published: float | datetime | None = 0.0
    """Seconds from its moment (negative: earlier), or the time itself; None: the feed gives no date."""
    tells: tuple[str, ...] = ()
    noise: Noise | None = None
    reprint: bool = False
    """The words are those of another outlet, on purpose."""


class Newsroom(msgspec.Struct, frozen=True, kw_only=True):
    """All feeds, the events they tell and the articles that tell them."""

    feeds: tuple[FeedScript, ...]
    events: tuple[Event, ...] = ()
    entries: tuple[Entry, ...] = ()
    zone: str | None = None
    """IANA zone in which every article of the play means its `today`; None: each outlet's own."""

    def feed(self, name: str) -> FeedScript:
        """Return the feed of that id.

        Raises KeyError when there is none.
        """
        for feed in self.feeds:
            if feed.id == name:
                return feed
        raise KeyError(name)

    def of(self, feed: FeedScript) -> Iterator[Entry]:
        """Yield a feed's entries and edits in the order in which they come."""
        return iter(sorted((e for e in self.entries if e.feed == feed.id), key=lambda e: e.at))

    @property
    def lasts(self) -> float:
        """Return the second of the play at which the last entry or edit comes."""
        return max((entry.at for entry in self.entries), default=0.0)


class _Script(Value, frozen=True, kw_only=True):
    zone: str
    feeds: tuple[FeedScript, ...]
    events: tuple[Event, ...]


class _Articles(Value, frozen=True, kw_only=True):
    articles: tuple[Entry, ...]


def load(path: Path = BUNDLED) -> Newsroom:
    """Read newsroom.yaml and the articles/*.yaml beside it.

    Raises Problems with every fault found.
    """
    script, first = _read(path, _Script)
    files = sorted((path.parent / "articles").glob("*.yaml"))
    sheets = [(file, *_read(file, _Articles)) for file in files]
    shape = [*first[1], *(problem for _, _, (_, problems) in sheets for problem in problems)]
    if shape or script is None:
        raise Problems(shape)
    entries = tuple(entry for _, sheet, _ in sheets if sheet for entry in sheet.articles)
    newsroom = Newsroom(feeds=script.feeds, events=script.events, entries=entries, zone=script.zone)
    marks = [(doc, ("articles", i)) for _, sheet, (doc, _) in sheets if sheet for i in range(len(sheet.articles))]
    faults = [doc.problem(where, what) for (doc, where), what in _told(newsroom, marks)]
    faults += [first[0].problem(("events", i), what) for i, what in _untold(newsroom)]
    if faults:
        raise Problems(faults)
    return newsroom


def _read(path: Path, kind: type[S]) -> tuple[S | None, tuple[Document, list[Problem]]]:
    document, problems = read(path)
    value, faults = check(document, kind) if not problems else (None, [])
    return value, (document, [*problems, *faults])


def _told(newsroom: Newsroom, marks: Iterable[S]) -> Iterator[tuple[S, str]]:
    """Yield where an article stands and what is wrong with it."""
    feeds = {feed.id for feed in newsroom.feeds}
    events = {event.id for event in newsroom.events}
    seen: set[tuple[str, str]] = set()
    for mark, entry in zip(marks, newsroom.entries, strict=True):
        for what in (*_faults_of(entry, feeds, events), *_place_of(entry, seen)):
            yield mark, what
        seen |= {(entry.feed, entry.guid), (entry.feed, "path " + entry.path)}


def _faults_of(entry: Entry, feeds: set[str], events: set[str]) -> Iterator[str]:
    if entry.feed not in feeds:
        yield f"there is no feed {entry.feed!r}: {suggest(entry.feed, feeds)}"
    for event in entry.tells:
        if event not in events:
            yield f"there is no event {event!r}: {suggest(event, events)}"
    if bool(entry.guid) == bool(entry.revises):
        yield "an article has a guid, an edit says which guid it revises"
    if entry.guid and not (entry.title and entry.text and entry.path):
        yield "an article needs a title, a text and a path"
    if entry.guid and bool(entry.tells) == bool(entry.noise):
        yield "an article tells events or is noise of one kind"
    for word in calendar.unknown(entry.title + entry.summary + entry.text):
        yield f"nobody renders {word}: {suggest(word, calendar.PLACEHOLDERS)}"


def _place_of(entry: Entry, seen: set[tuple[str, str]]) -> Iterator[str]:
    if entry.guid and (entry.feed, entry.guid) in seen:
        yield f"guid {entry.guid!r} stands twice in {entry.feed}"
    if entry.guid and (entry.feed, "path " + entry.path) in seen:
        yield f"path {entry.path!r} stands twice in {entry.feed}"
    if entry.revises and (entry.feed, entry.revises) not in seen:
        yield f"revises {entry.revises!r}, which does not stand before it in {entry.feed}"


def _untold(newsroom: Newsroom) -> Iterator[tuple[int, str]]:
    told = {event for entry in newsroom.entries for event in entry.tells}
    for i, event in enumerate(newsroom.events):
        if event.id not in told:
            yield i, f"no article tells {event.id!r}"
