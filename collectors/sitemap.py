"""A news sitemap -> entries in feedparser's names: urlset -> url -> news:news (title, date), loc

Some agencies have no feed but this, which search engines read.
"""

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any
from xml.etree import ElementTree

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_ROOT = re.compile(r"<(?:\w+:)?urlset\b")


def is_sitemap(text: str) -> bool:
    """Return whether a document is a sitemap rather than a feed."""
    return bool(_ROOT.search(text[:2000]))


def entries(text: str, most: int) -> list[Mapping[str, Any]]:
    """Return at most so many of a sitemap's news; raises ElementTree.ParseError."""
    root = ElementTree.fromstring(text.encode())
    found = (url for url in root.iter() if url.tag.rpartition("}")[2] == "url")
    return [_entry(url) for url in islice(found, most) if url.find(f"{NEWS}news") is not None]


def _entry(url: ElementTree.Element) -> Mapping[str, Any]:
    link = next((each.text or "" for each in url if each.tag.rpartition("}")[2] == "loc"), "").strip()
    said = {each.tag.removeprefix(NEWS): each.text or "" for each in url.iterfind(f"{NEWS}news/*")}
    return {
        "title": said.get("title", ""),
        "title_detail": {"type": "text/plain"},
        "link": link,
        "id": link,
        "published": said.get("publication_date", ""),
    }
