"""A fetched document -> its entries, as text.

bytes -> charsets.decode -> JSON Feed | news sitemap | feedparser (RSS 0.9x-2.0, Atom, RDF) -> read_entry -> Parsed
                                                         ^ without the pieces that were read before

Pure, and run in a child process that may be killed (confined.py): feedparser can be kept busy for
minutes by a few kilobytes.
"""

import calendar
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import feedparser
import msgspec

from collectors import charsets, clean, dates, links, pieces, sitemap
from collectors.entries import Document, Entry, Parsed, ParseError
from wire.records import Quality, Reason

TEXT_BYTES = 200_000
TITLE_BYTES = 1_000
GUID_LENGTH = 2_048
MOST_ENTRIES = 1_000
TITLE_FROM_TEXT = 120
PERIODS = {"hourly": 3600.0, "daily": 86_400.0, "weekly": 604_800.0, "monthly": 2_592_000.0, "yearly": 31_536_000.0}

Raw = list[Mapping[str, Any]]

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse(document: Document) -> Parsed:
    """Read a document's entries; raises ParseError."""
    text = _ILLEGAL.sub("", charsets.decode(document.body, document.content_type, document.language)).lstrip()
    row = pieces.row(text)
    if row and (again := tuple(piece.hash for piece in row.pieces if piece.hash in document.read)):
        rest = row.without(document.read)
        if not rest.pieces:
            return Parsed(entries=(), again=again)
        raw, ttl = _raw(rest.text)
        if len(raw) == len(rest.pieces):
            return msgspec.structs.replace(_parsed(raw, ttl, document, rest.pieces), again=again)
    raw, ttl = _raw(text)
    return _parsed(raw, ttl, document, row.pieces if row else ())


def _parsed(raw: Raw, ttl: float, document: Document, row: Sequence[pieces.Piece]) -> Parsed:
    """Return what the entries say, each with the hash of its piece where there are as many of these."""
    hashes = [piece.hash for piece in row] if len(row) == len(raw) else [""] * len(raw)
    read = [read_entry(each, document, piece) for each, piece in zip(raw, hashes, strict=True)]
    entries = tuple(entry for entry in read if entry is not None)
    return Parsed(entries=entries, empty=len(read) - len(entries), ttl=ttl)


def _raw(text: str) -> tuple[Raw, float]:
    if text.startswith("{"):
        return _from_json(text), 0.0
    if sitemap.is_sitemap(text):
        return _from_sitemap(text), 0.0
    return _from_xml(text)


def _from_sitemap(text: str) -> Raw:
    try:
        found = sitemap.entries(text, MOST_ENTRIES)
    except (ElementTree.ParseError, ValueError) as error:
        raise ParseError(Reason(code="unreadable", text=f"is a broken sitemap: {error}")) from error
    if not found:
        raise ParseError(Reason(code="not-a-feed", text="is a sitemap without news"))
    return found


def _from_xml(text: str) -> tuple[Raw, float]:
    """Return the entries, and the seconds for which the document calls itself good."""
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        found = feedparser.parse(
            io.BytesIO(text.encode()), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise ParseError(Reason(code="unreadable", text=f"feedparser gave up: {error!r}")) from error
    if not found.entries and not found.get("version"):
        raise ParseError(_no_feed(text))
    return list(found.entries[:MOST_ENTRIES]), _ttl(found.feed)


def _ttl(channel: Mapping[str, Any]) -> float:
    """Return RSS's ttl, or the update period of the syndication module, in seconds."""
    minutes = str(channel.get("ttl") or "").strip()
    if re.fullmatch(r"\d{1,6}", minutes):
        return float(minutes) * 60
    period = PERIODS.get(str(channel.get("sy_updateperiod") or "").strip().lower(), 0.0)
    times = str(channel.get("sy_updatefrequency") or "1").strip()
    return period / max(1, int(times)) if re.fullmatch(r"\d{1,4}", times) else period


def _from_json(text: str) -> Raw:
    """Read JSON Feed 1.x into feedparser's names."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ParseError(Reason(code="not-a-feed", text=f"is not JSON: {error}")) from error
    entries = found.get("items")
    if "jsonfeed.org" not in str(found.get("version")) or not isinstance(entries, list):
        raise ParseError(_no_feed(text))
    return [_json_entry(each) for each in entries[:MOST_ENTRIES] if isinstance(each, dict)]


def _json_entry(raw: dict[str, Any]) -> dict[str, Any]:
    said = {key: str(value) for key, value in raw.items() if isinstance(value, str | int) and value != ""}
    kind = "text/html" if "content_html" in said else "text/plain"
    content = said.get("content_html") or said.get("content_text") or ""
    return {
        "title": said.get("title", ""),
        "title_detail": {"type": "text/plain"},
        "summary": said.get("summary", ""),
        "summary_detail": {"type": "text/plain"},
        "content": [{"value": content, "type": kind}] if content else [],
        "link": said.get("url") or said.get("external_url") or "",
        "id": said.get("id", ""),
        "published": said.get("date_published", ""),
        "updated": said.get("date_modified", ""),
    }


def _no_feed(text: str) -> Reason:
    start = clean.one_line(text[:200])[:60]
    return Reason(code="not-a-feed", text=f"is not a feed: it begins {start!r}" if start else "is empty")


def read_entry(raw: Mapping[str, Any], document: Document, piece: str = "") -> Entry | None:
    """Return what an entry says, or None when it has neither title nor text."""
    title, long_title = clean.cut(clean.one_line(_value(raw, "title")), TITLE_BYTES)
    text, text_from = _text(raw)
    text, long_text = clean.cut("" if text == title else text, TEXT_BYTES)
    if not title:
        title = _title_of(text)
    if not title:
        return None
    guid = clean.one_line(_said(raw, "id"))[:GUID_LENGTH] or None
    published, updated = _times(raw, document.zone)
    return Entry(
        title=title,
        text=text,
        text_from=text_from,
        link=_link(raw, guid, document.url),
        guid=guid,
        published=published.at,
        quality=published.quality,
        updated=updated.at,
        truncated=long_title or long_text,
        piece=piece,
    )


def _said(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _value(raw: Mapping[str, Any], key: str) -> str:
    detail = raw.get(f"{key}_detail")
    kind = detail.get("type", "") if isinstance(detail, Mapping) else ""
    return clean.readable(_said(raw, key), "html" in str(kind))


def _text(raw: Mapping[str, Any]) -> tuple[str, str]:
    """Return the longer of summary and content, and which it was."""
    summary = _value(raw, "summary")
    content = max((_content(part) for part in _parts(raw)), key=len, default="")
    return (content, "content") if len(content) > len(summary) else (summary, "summary")


def _parts(raw: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    parts = raw.get("content")
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []


def _content(part: Mapping[str, Any]) -> str:
    kind = str(part.get("type", "text/html"))
    if not ("html" in kind or kind.startswith("text/")):  # an embedded picture, or base64
        return ""
    return clean.readable(_said(part, "value"), "html" in kind)


def _title_of(text: str) -> str:
    """Return the first sentence of a text that came without title, or its beginning."""
    line = text.partition("\n")[0]
    sentence = re.match(r".{10,}?[.!?؟…](?=\s|$)", line)
    found = sentence.group() if sentence else line
    return found if len(found) <= TITLE_FROM_TEXT else clean.cut(found, TITLE_FROM_TEXT)[0] + "…"


def _link(raw: Mapping[str, Any], guid: str | None, base: str) -> str | None:
    """Return where the entry leads; a guid that is no address does not become one."""
    link = _said(raw, "link")
    if not link:
        alternates = (each.get("href") for each in raw.get("links") or () if each.get("rel") == "alternate")
        link = next((each for each in alternates if isinstance(each, str)), "")
    if not link or (link == guid and "://" not in link):
        return links.web_address(guid) if guid and "://" in guid else None
    return links.web_address(link, base)


def _times(raw: Mapping[str, Any], zone: str) -> tuple[dates.Moment, dates.Moment]:
    updated = _time(raw, ("updated", "modified"), zone)
    published = _time(raw, ("published", "created", "issued", "date"), zone)
    return (published if published.at else updated), updated


def _time(raw: Mapping[str, Any], keys: tuple[str, ...], zone: str) -> dates.Moment:
    """Return the first of `keys` that is a date; what we cannot read, feedparser may."""
    for key in keys:
        said = dict.get(raw, key) if isinstance(raw, dict) else raw.get(key)
        if isinstance(said, str) and said:
            read = dates.read(said, zone) or _by_feedparser(raw, key)
            if read:
                return read
    return dates.Moment(None, Quality.MISSING)


def _by_feedparser(raw: Mapping[str, Any], key: str) -> dates.Moment | None:
    found = dict.get(raw, f"{key}_parsed") if isinstance(raw, dict) else None
    if not found:
        return None
    try:
        return dates.Moment(datetime.fromtimestamp(calendar.timegm(found), UTC), Quality.ASSUMED)
    except (ValueError, OverflowError, TypeError, OSError):
        return None
