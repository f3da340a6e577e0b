"""Files that no newsroom would write on purpose: name -> bytes, and the outcomes that `jarshy feeds conform` may give.

Written by us, after what feeds do: wrong charsets, broken XML, old formats, bombs, and what is no feed at all.
"""

import gzip
import json
import random
from collections.abc import Iterator
from typing import NamedTuple

from tests.collectors.documents import Told, atom, json_feed, news_sitemap, rdf, rss

ONE = rss([Told()])
POLISH = rss([Told(title="Rozmowy w Łodzi o źródłach energii", text="Żółta kartka.")], head="")
ARABIC = rss([Told(title="محادثات في أستانا", text="استقبل الرئيس ضيفه.")], head="")
KAZAKH = rss([Told(title="Келіссөз өтті", text="Қонақты қабылдады.")], head="")
ITEM = "<item><title>x</title><link>https://a.kz/{}</link></item>"


class Odd(NamedTuple):
    """A file, the outcomes that are right for it, and how many entries it has where that is sure."""

    name: str
    body: bytes
    outcomes: tuple[str, ...] = ("parsed",)
    entries: int | None = 1


def declared(text: str, name: str, codec: str | None = None) -> bytes:
    """Return a document that declares one charset and is written in another."""
    return f'<?xml version="1.0" encoding="{name}"?>{text}'.encode(codec or name, "replace")


def served(header: str, body: bytes) -> bytes:
    """Return a document that says in a comment how it is to be served."""
    return f"<!--\nDescription: ours\nHeader:  Content-type: {header}\nExpect: not bozo\n-->\n".encode() + body


def charsets() -> Iterator[Odd]:
    """Yield documents whose bytes and words about them agree, or do not."""
    for codec in ("utf-8", "iso-8859-2", "windows-1250", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp852"):
        yield Odd(f"pl-{codec}.xml", declared(POLISH, codec))
    for codec in ("windows-1256", "iso-8859-6", "utf-8-sig"):
        yield Odd(f"ar-{codec}.xml", declared(ARABIC, codec))
    for codec in ("ptcp154", "kz1048", "koi8-r", "windows-1251"):
        yield Odd(f"kk-{codec}.xml", declared(KAZAKH, codec))
    yield Odd("says-latin1-is-utf8.xml", declared(KAZAKH, "iso-8859-1", "utf-8"))
    yield Odd("says-utf8-is-1251.xml", declared(KAZAKH, "utf-8", "windows-1251"))
    yield Odd("says-utf16-is-utf8.xml", declared(KAZAKH, "utf-16", "utf-8"))
    yield Odd("says-nonsense.xml", declared(KAZAKH, "x-no-such-charset", "utf-8"))
    yield Odd("says-a-codec-of-bytes.xml", declared(POLISH, "rot13", "iso-8859-2"))
    yield Odd("half-a-letter.xml", ONE.encode().replace("қабылдады".encode(), "қабылдады".encode()[:-1]))
    yield Odd("two-marks.xml", b"\xef\xbb\xbf\xef\xbb\xbf" + ONE.encode())
    yield Odd("mark-in-the-middle.xml", ONE.replace("</title>", "\ufeff</title>").encode())
    yield Odd("headers-koi8.xml", served("text/xml; charset=koi8-r", KAZAKH.encode("koi8-r", "replace")))
    yield Odd("headers-lie.xml", served("text/xml; charset=us-ascii", KAZAKH.encode()))
    yield Odd("overlong.xml", ONE.encode().replace(b"</title>", b"\xc0\xbc\xed\xa0\x80</title>"))


def broken() -> Iterator[Odd]:
    """Yield documents that no strict parser takes."""
    yield Odd("ampersand.xml", ONE.replace("өтті", "& өтті").encode())
    yield Odd("html-entities.xml", ONE.replace("өтті", "&nbsp;&laquo;өтті&raquo; &bogus;").encode())
    yield Odd("controls.xml", ONE.replace("өтті", "өт\x0b\x1fті\0").encode())
    yield Odd("bare-less-than.xml", ONE.replace("өтті", "5 < 6").encode())
    yield Odd("unquoted.xml", ONE.replace('version="2.0"', "version=2.0").encode())
    yield Odd("never-closed.xml", ONE.partition("</item>")[0].encode(), entries=None)
    yield Odd("cut-anywhere.xml", ONE.encode()[: len(ONE.encode()) * 2 // 3], entries=None)
    yield Odd("crossed.xml", ONE.replace("</item></channel>", "</channel></item>").encode())
    yield Odd("cdata-open.xml", ONE.replace("<description>", "<description><![CDATA[").encode(), entries=None)
    yield Odd("comment-open.xml", ONE.replace("<item>", "<!-- <item>").encode(), ("parsed", "not-a-feed"), None)
    yield Odd("prefix-undeclared.xml", ONE.replace("<link>", "<media:x/><link>").encode())
    yield Odd("white-first.xml", b"\n\n  \t" + ONE.encode())
    yield Odd("php-warning-first.xml", b"<br />\n<b>Warning</b>: mysql_connect() in x.php\n" + ONE.encode())
    yield Odd("text-after.xml", ONE.encode() + b"<script>var x;</script>")
    yield Odd("twice.xml", ONE.encode() + ONE.encode(), entries=None)
    yield Odd("items-in-items.xml", ONE.replace("<item>", "<item><item>").encode(), entries=None)


def formats() -> Iterator[Odd]:
    """Yield every format, and what was never quite one."""
    told = [Told(), Told(link="https://jarnama.example/kk/2")]
    for name, write in {"rss2": rss, "atom1": atom, "rdf": rdf, "sitemap": news_sitemap, "json": json_feed}.items():
        yield Odd(f"{name}.txt", write(told).encode(), entries=2)
    for version in ("0.90", "0.91", "0.92", "0.93", "0.94", "9.9"):
        yield Odd(f"rss-{version}.xml", ONE.replace('version="2.0"', f'version="{version}"').encode())
    yield Odd(
        "atom-0.3.xml",
        b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>x</title><entry><title mode="escaped">a</title>'
        b'<link rel="alternate" type="text/html" href="http://a.kz/1"/><issued>2003-12-13T08:29:29-04:00</issued>'
        b'<content type="text/html" mode="base64">PGI+eDwvYj4=</content></entry></feed>',
    )
    yield Odd(
        "cdf.xml",
        b'<CHANNEL HREF="http://a.kz/"><TITLE>x</TITLE><ITEM HREF="http://a.kz/1"><TITLE>y</TITLE>'
        b"<ABSTRACT>z</ABSTRACT></ITEM></CHANNEL>",
    )
    yield Odd("prefixed-atom.xml", atom(told).replace("<", "<a:").replace("<a:/", "</a:").replace("<a:?", "<?")
              .replace("xmlns=", "xmlns:a=").encode(), entries=2)  # fmt: skip
    yield Odd("rss-in-atom-ns.xml", ONE.replace("<rss", '<rss xmlns="http://www.w3.org/2005/Atom"').encode())
    yield Odd("capitals.xml", ONE.replace("item", "ITEM").replace("title", "Title").encode(), entries=None)
    yield Odd("no-channel.xml", ONE.replace("<channel>", "").replace("</channel>", "").encode())
    yield Odd("fragment.xml", ITEM.format(1).encode(), ("parsed", "not-a-feed"), None)
    yield Odd("no-items.xml", b'<rss version="2.0"><channel><title>x</title></channel></rss>', entries=0)
    yield Odd("xhtml-in-atom.xml", atom(told).replace('type="html">', 'type="xhtml"><div xmlns="x"><p>y</p></div>').encode(), entries=2)  # noqa: E501  # fmt: skip
    odd = {"version": "https://jsonfeed.org/version/1", "items": [None, 7, [], {}, {"title": "x", "url": {"a": 1}}]}
    yield Odd("json-odd.json", json.dumps(odd).encode())
    for items in ({}, "x", None, 7):
        raw = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode()
        yield Odd(f"json-{type(items).__name__}.json", raw, ("not-a-feed",), 0)


def no_feeds() -> Iterator[Odd]:
    """Yield what is none."""
    said = random.Random(6)
    for name, body in {
        "empty.xml": b"",
        "white.xml": b" \n\t ",
        "nul.xml": b"\0" * 10_000,
        "page.html": b"<!doctype html><html><body><p>" + "Жаңалық ".encode() * 500,
        "text.txt": "Бұл арна емес.".encode(),
        "noise.bin": said.randbytes(200_000),
        "packed.gz": gzip.compress(ONE.encode()),
        "picture.png": b"\x89PNG\r\n\x1a\n" + said.randbytes(5_000),
        "a-path": b"/etc/passwd",
        "an-address": b"http://127.0.0.1:9/rss",
        "json.json": b"[1, 2, 3]",
        "not-json.json": b"{" * 100_000,
        "svg.xml": b'<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>',
        "opml.xml": b'<opml version="2.0"><body><outline text="x" xmlUrl="http://a.kz/rss"/></body></opml>',
        "brackets.xml": b"<" * 200_000,
        "sitemap-without-news.xml": b"<urlset><url><loc>http://a.kz/</loc></url></urlset>",
    }.items():
        yield Odd(name, body, ("not-a-feed", "unreadable"), 0)


def hostile() -> Iterator[Odd]:
    """Yield what is made to cost: what matters is that it is over soon."""
    any_end = ("parsed", "not-a-feed", "unreadable", "parse-too-slow", "parse-too-large", "parse-failed", "too-large")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ха">{laughs}]>'
    steal = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    quadratic = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>'
    for name, body in {
        "laughs.xml": rss([Told(title="LAUGH")], head=dtd).replace("LAUGH", "&l9;"),
        "quadratic.xml": rss([Told(title="A")], head=quadratic).replace("<title>A<", f"<title>{'&a;' * 50_000}<"),
        "steals.xml": rss([Told(title="STEAL")], head=steal).replace("STEAL", "&x;"),
        "deep.xml": ONE.replace("<item>", "<item>" + "<b>" * 100_000),
        "deep-html.xml": rss([Told(text="<div>" * 200_000)]),
        "deep-json.json": '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000,
        "deep-sitemap.xml": news_sitemap([Told()]).replace("<url>", "<url>" + "<x>" * 100_000),
        "many-items.xml": rss([]).replace("</channel>", "".join(map(ITEM.format, range(20_000))) + "</channel>"),
        "many-attributes.xml": ONE.replace("<item>", "<item " + " ".join(f'a{n}="x"' for n in range(50_000)) + ">"),
        "many-namespaces.xml": ONE.replace("<rss", "<rss " + " ".join(f'xmlns:n{n}="u{n}"' for n in range(20_000))),
        "long-title.xml": rss([Told(title="ұзын " * 500_000)]),
        "long-author.xml": ONE.replace("</item>", f"<author>{'a' * 60_000}@</author></item>"),
        "long-date.xml": rss([Told(date="1 " * 300_000)]),
        "long-tag.xml": ONE.replace("<item>", f"<item><{'t' * 1_000_000}>"),
        "escaped-ten-times.xml": rss([Told(text="&amp;" * 10 + "lt;b&gt;")]),
        "entities.xml": rss([Told(text="&amp;#1114112;&amp;#x110000;&amp;#55296;&amp;#0;" * 10_000)]),
        "huge.xml": rss([Told(text="х" * 8_000_000)]),
        "items-never-closed.xml": rss([]).replace("</channel>", "<item>" * 100_000 + "</channel>"),
    }.items():
        yield Odd(name, body.encode(), any_end, None)


def all_of_them() -> list[Odd]:
    """Return them all."""
    return [*charsets(), *broken(), *formats(), *no_feeds(), *hostile()]
