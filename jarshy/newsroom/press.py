"""The newsroom at a moment, pure: script + play + now -> what a feed shows -> RSS, Atom or a page."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from html import escape
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

import msgspec

from jarshy.newsroom import calendar
from jarshy.newsroom.script import Entry, FeedScript, Newsroom

DAY = 86_400.0
TEASER = 220
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Play(msgspec.Struct, frozen=True, kw_only=True):
    """When the newsroom was set up, when its clock began to run (None: not yet), how fast, and whose today it is."""

    prepared: datetime
    opened: datetime | None = None
    speed: float = 1.0
    zone: str = "UTC"

    def elapsed(self, now: datetime) -> float:
        """Return the second of the play, 0 before it has begun."""
        return max(0.0, (now - self.opened).total_seconds() * self.speed) if self.opened else 0.0

    def moment(self, at: float) -> datetime:
        """Return when that second of the play comes; what stood there before stood there at the set-up."""
        if at <= 0 or self.opened is None:
            return self.prepared
        return self.opened + timedelta(seconds=at / self.speed)

    @property
    def today(self) -> date:
        """Return the day that the articles call today."""
        return (self.opened or self.prepared).astimezone(ZoneInfo(self.zone)).date()


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An article as a feed shows it now: last edit, days named."""

    guid: str
    path: str
    title: str
    summary: str
    text: str
    published: datetime | None
    updated: datetime


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A feed's bytes and their validators."""

    body: bytes
    etag: str
    last_modified: datetime
    content_type: str


def shown(newsroom: Newsroom, feed: FeedScript, play: Play, now: datetime) -> list[Shown]:
    """Return what the feed shows at `now`, newest first."""
    found: dict[str, Shown] = {}
    second = play.elapsed(now)
    for entry in newsroom.of(feed):
        if entry.at > second:
            break
        if entry.revises:
            found[entry.revises] = _edited(found[entry.revises], entry, feed, play)
        else:
            found[entry.guid] = _as_entered(entry, feed, play)
    return sorted(found.values(), key=lambda each: each.published or play.prepared, reverse=True)


def render(newsroom: Newsroom, feed: FeedScript, play: Play, now: datetime, base: str) -> Document:
    """Return the feed's document at `now`; `base` is the server's address."""
    articles = shown(newsroom, feed, play, now)
    changed = max((each.updated for each in articles), default=play.prepared).replace(microsecond=0)
    write = _rss if feed.format == "rss" else _atom
    text = "\n".join(write(feed, articles, changed, base))
    head = f'<?xml version="1.0" encoding="{feed.encoding}"?>\n'
    body = (head + _NOT_XML.sub("", text) + "\n").encode(feed.encoding, "xmlcharrefreplace")
    return Document(
        body=body,
        etag=blake2b(body, digest_size=12).hexdigest(),
        last_modified=changed,
        content_type=f"application/{feed.format}+xml",
    )


def page(feed: FeedScript, article: Shown, base: str) -> str:
    """Return the article's page, with what sites put around an article."""
    direction = "rtl" if feed.language == "ar" else "ltr"
    when = f'<time datetime="{article.published.isoformat()}"></time>' if article.published else ""
    return f"""<!doctype html>
<html lang="{feed.language}" dir="{direction}">
<head><meta charset="utf-8"><title>{escape(article.title)} | {escape(feed.outlet)}</title>
<link rel="canonical" href="{escape(_page_address(feed, article, base))}"><meta name="robots" content="noindex"></head>
<body>
<header><a href="{base}{feed.address}">{escape(feed.outlet)}</a> {escape(feed.tagline)}</header>
<article><h1>{escape(article.title)}</h1>{when}
{_paragraphs(article.text)}
</article>
<footer>{escape(feed.footer)} <small>{escape(feed.notice)}</small></footer>
</body></html>
"""


def link(feed: FeedScript, article: Shown, base: str) -> str:
    """Return the address that the feed gives for the article."""
    return _page_address(feed, article, base) + feed.query


def _page_address(feed: FeedScript, article: Shown, base: str) -> str:
    return f"{base}/{feed.home or feed.id}/{article.path}"


def _as_entered(entry: Entry, feed: FeedScript, play: Play) -> Shown:
    title, summary, text = (
        calendar.told(words, feed.language, play.today) for words in (entry.title, entry.summary, entry.text)
    )
    text = text.strip()
    return Shown(
        guid=entry.guid,
        path=entry.path,
        title=title,
        summary=summary or _teaser(text),
        text=text,
        published=_published(entry, play),
        updated=play.moment(entry.at),
    )


def _edited(article: Shown, edit: Entry, feed: FeedScript, play: Play) -> Shown:
    text = calendar.told(edit.text, feed.language, play.today).strip() or article.text
    summary = calendar.told(edit.summary, feed.language, play.today)
    return msgspec.structs.replace(
        article,
        title=calendar.told(edit.title, feed.language, play.today) or article.title,
        text=text,
        summary=summary or (_teaser(text) if edit.text else article.summary),
        updated=play.moment(edit.at),
    )


def _published(entry: Entry, play: Play) -> datetime | None:
    """Return the publication; what is of today stays within today, lest `today` in its text be wrong."""
    if entry.published is None or isinstance(entry.published, datetime):
        return entry.published
    moment = play.moment(entry.at) + timedelta(seconds=entry.published)
    if entry.published > -DAY:
        moment = max(moment, datetime.combine(play.today, time.min, ZoneInfo(play.zone)))
    return moment.replace(microsecond=0)


def _teaser(text: str) -> str:
    first = text.split("\n\n", maxsplit=1)[0].replace("\n", " ")
    return first if len(first) <= TEASER else first[:TEASER].rsplit(" ", 1)[0] + "…"


def _paragraphs(text: str) -> str:
    parts = (escape(part.strip(), quote=False) for part in text.split("\n\n") if part.strip())
    return "\n".join(f"<p>{part.replace(chr(10), '<br/>')}</p>" for part in parts)


def _html(feed: FeedScript, article: Shown) -> str:
    return _paragraphs(f"{article.text}\n\n{feed.footer}")


def _rss(feed: FeedScript, articles: Sequence[Shown], changed: datetime, base: str) -> Iterator[str]:
    yield '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    yield ' xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
    yield f"<title>{escape(feed.outlet)}</title><link>{base}/{feed.id}/</link>"
    yield f"<description>{escape(feed.tagline)}</description><language>{feed.language}</language>"
    yield f'<atom:link rel="self" type="application/rss+xml" href="{base}{feed.address}"/>'
    yield f"<generator>{escape(feed.notice)}</generator>"
    yield f"<lastBuildDate>{format_datetime(changed.astimezone(UTC), usegmt=True)}</lastBuildDate>"
    for article in articles:
        yield "<item>" + "".join(_rss_parts(feed, article, base)) + "</item>"
    yield "</channel></rss>"


def _rss_parts(feed: FeedScript, article: Shown, base: str) -> Iterator[str]:
    address = escape(link(feed, article, base))
    yield f"<title>{escape(article.title)}</title><link>{address}</link>"
    if feed.guid == "permalink":
        yield f'<guid isPermaLink="true">{address}</guid>'
    else:
        yield f'<guid isPermaLink="false">{escape(_guid(feed, article))}</guid>'
    if article.published is not None:
        yield f"<pubDate>{_rss_date(feed, article.published)}</pubDate>"
    if feed.body == "description":
        yield f"<description>{escape(_html(feed, article))}</description>"
    else:
        yield f"<description>{escape(escape(article.summary, quote=False))}</description>"
    if feed.body == "content":
        yield f"<content:encoded>{_cdata(_html(feed, article))}</content:encoded>"


def _rss_date(feed: FeedScript, published: datetime) -> str:
    local = published.astimezone(feed.clock)
    if feed.dates == "words":
        return calendar.in_words(local, feed.language)
    return format_datetime(local.astimezone(UTC), usegmt=True) if not local.utcoffset() else format_datetime(local)


def _cdata(html: str) -> str:
    return "<![CDATA[" + html.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _atom(feed: FeedScript, articles: Sequence[Shown], changed: datetime, base: str) -> Iterator[str]:
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">'
    yield f"<id>tag:{feed.id}.example,2026:feed</id><title>{escape(feed.outlet)}</title>"
    yield f"<subtitle>{escape(feed.tagline)}</subtitle><generator>{escape(feed.notice)}</generator>"
    yield f'<link rel="self" href="{base}{feed.address}"/><link href="{base}/{feed.id}/"/>'
    yield f"<author><name>{escape(feed.outlet)}</name></author>"
    yield f"<updated>{_atom_date(feed, changed)}</updated>"
    for article in articles:
        yield "<entry>" + "".join(_atom_parts(feed, article, base)) + "</entry>"
    yield "</feed>"


def _atom_parts(feed: FeedScript, article: Shown, base: str) -> Iterator[str]:
    address = link(feed, article, base)
    yield f"<id>{escape(address if feed.guid == 'permalink' else _guid(feed, article))}</id>"
    yield f"<title>{escape(article.title)}</title><link href={quoteattr(address)}/>"
    if article.published is not None:
        yield f"<published>{_atom_date(feed, article.published)}</published>"
        yield f"<updated>{_atom_date(feed, max(article.updated, article.published))}</updated>"
    if feed.body == "summary":
        yield f'<summary type="text">{escape(article.summary)}</summary>'
    else:
        yield f'<content type="html">{escape(_html(feed, article))}</content>'


def _atom_date(feed: FeedScript, moment: datetime) -> str:
    return moment.astimezone(feed.clock).replace(microsecond=0).isoformat()


def _guid(feed: FeedScript, article: Shown) -> str:
    return f"tag:{feed.id}.example,{article.guid}" if feed.guid == "tag" else article.guid
