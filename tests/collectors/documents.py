"""Feeds of our own, in each format: what is said here, no outlet has said."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from html import escape
from typing import NamedTuple

TODAY = f"{datetime.now(UTC) - timedelta(hours=1):%a, %d %b %Y %H:%M:%S} GMT"


class Told(NamedTuple):
    """One entry to be written in some format."""

    title: str = "Астанада келіссөз өтті"
    text: str = "Президент қонақты қабылдады."
    link: str | None = "https://jarnama.example/kk/1"
    guid: str | None = None
    date: str | None = TODAY


def rss(entries: Iterable[Told], head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    """Write RSS 2.0."""
    items = "".join(
        "<item>"
        + _element("title", entry.title)
        + _element("description", entry.text)
        + _element("link", entry.link)
        + ("" if entry.guid is None else f'<guid isPermaLink="false">{escape(entry.guid)}</guid>')
        + _element("pubDate", entry.date)
        + "</item>"
        for entry in entries
    )
    return f'{head}<rss version="2.0"><channel><title>Жарнама</title>{items}</channel></rss>'


def atom(entries: Iterable[Told]) -> str:
    """Write Atom."""
    items = "".join(
        "<entry>"
        + _element("title", entry.title)
        + ("" if entry.link is None else f'<link rel="alternate" href="{escape(entry.link)}"/>')
        + _element("id", entry.guid)
        + _element("published", entry.date)
        + f'<content type="html">{escape(entry.text)}</content></entry>'
        for entry in entries
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Gazeta</title>{items}</feed>'


def rdf(entries: Iterable[Told]) -> str:
    """Write RSS 1.0."""
    items = "".join(
        f'<item rdf:about="{escape(entry.link or "")}">'
        + _element("title", entry.title)
        + _element("link", entry.link)
        + _element("description", entry.text)
        + _element("dc:date", entry.date)
        + "</item>"
        for entry in entries
    )
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="https://jarnama.example/"><title>x</title></channel>{items}</rdf:RDF>'
    )


def news_sitemap(entries: Iterable[Told]) -> str:
    """Write a news sitemap: it has no texts."""
    items = "".join(
        f"<url><loc>{escape(entry.link or '')}</loc><news:news><news:publication><news:name>x</news:name>"
        "<news:language>kk</news:language></news:publication>"
        + _element("news:publication_date", entry.date)
        + _element("news:title", entry.title)
        + "</news:news></url>"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{items}</urlset>'
    )


def json_feed(entries: Iterable[Told]) -> str:
    """Write JSON Feed 1.1."""
    items = [
        {"id": entry.guid or entry.link, "url": entry.link, "title": entry.title}
        | {"content_html": entry.text, "date_published": entry.date}
        for entry in entries
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": items})


def _element(name: str, value: str | None) -> str:
    return "" if value is None else f"<{name}>{escape(value)}</{name}>"
