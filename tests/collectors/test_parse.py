"""Documents of each format become the same entries."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.entries import Document, Entry, ParseError
from collectors.parse import parse
from tests.collectors.documents import Told, atom, json_feed, news_sitemap, rdf, rss
from wire.records import Quality


def read(text: str | bytes, **line: str) -> tuple[Entry, ...]:
    body = text.encode() if isinstance(text, str) else text
    known = {"url": "https://jarnama.example/rss", "zone": "Asia/Almaty", "language": "kk"}
    return parse(Document(body=body, **{**known, **line})).entries


@pytest.mark.parametrize("write", [rss, atom, rdf, json_feed])
def test_each_format_says_the_same(write: Callable[[Iterable[Told]], str]) -> None:
    told = Told("Тоқаев қонақпен кездесті", "<p>Бірінші сөйлем.</p><p>Екінші.</p>", date="2025-11-03T10:30:00+05:00")
    (entry,) = read(write([told]))
    assert (entry.title, entry.text) == ("Тоқаев қонақпен кездесті", "Бірінші сөйлем.\nЕкінші.")
    assert entry.link == "https://jarnama.example/kk/1"
    assert (entry.published, entry.quality) == (datetime(2025, 11, 3, 5, 30, tzinfo=UTC), Quality.EXACT)


@pytest.mark.parametrize("version", ["0.91", "0.92", "0.94"])
def test_older_rss_is_read(version: str) -> None:
    (entry,) = read(rss([Told()]).replace('version="2.0"', f'version="{version}"'))
    assert entry.title == "Астанада келіссөз өтті"


def test_a_news_sitemap_is_a_feed_without_texts() -> None:
    told = [
        Told(f"Тақырып & {n}", link=f"https://jarnama.example/{n}", date="2025-11-03T10:30:00+05:00") for n in (1, 2)
    ]
    first, second = read(news_sitemap(told))
    assert (first.title, second.link) == ("Тақырып & 1", "https://jarnama.example/2")
    assert (first.published, first.quality) == (datetime(2025, 11, 3, 5, 30, tzinfo=UTC), Quality.EXACT)
    assert (first.text, first.guid) == ("", "https://jarnama.example/1")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (news_sitemap([]), "not-a-feed"),
        (news_sitemap([Told()])[:-20], "unreadable"),
        (news_sitemap([Told("&b;")]).replace("&amp;b;", "&b;").replace("<urlset", '<!DOCTYPE u [<!ENTITY a "xx">'
            '<!ENTITY b SYSTEM "file:///etc/passwd">]><urlset'), "unreadable"),
    ],
)  # fmt: skip
def test_a_sitemap_that_is_none_says_so(body: str, code: str) -> None:
    with pytest.raises(ParseError) as raised:
        read(body)
    assert raised.value.reason.code == code


def test_kazakh_polish_and_arabic_months_are_read() -> None:
    for date, language, zone in [
        ("3 қараша 2025, 15:30", "kk", "Asia/Almaty"),
        ("3 listopada 2025 11:30", "pl", "Europe/Warsaw"),
        ("3 نوفمبر 2025 13:30", "ar", "Asia/Riyadh"),
    ]:
        (entry,) = read(rss([Told(date=date)]), language=language, zone=zone)
        assert (entry.published, entry.quality) == (datetime(2025, 11, 3, 10, 30, tzinfo=UTC), Quality.ASSUMED)


def test_an_entry_without_date_has_none() -> None:
    (entry,) = read(rss([Told(date=None)]))
    assert (entry.published, entry.quality) == (None, Quality.MISSING)


def test_an_entry_without_link_has_none_and_a_guid_does_not_become_one() -> None:
    bare, guid, address = read(
        rss([Told(link=None), Told(link=None, guid="12345"), Told(link=None, guid="https://jarnama.example/9")])
    )
    assert (bare.link, bare.guid) == (None, None)
    assert (guid.link, guid.guid) == (None, "12345")
    assert address.link == "https://jarnama.example/9"
    (permanent,) = read(rss([Told(link=None)]).replace("</item>", "<guid>12345</guid></item>"))
    assert (permanent.link, permanent.guid) == (None, "12345")


def test_the_link_counts_though_the_guid_stands_first() -> None:
    text = rss([Told(link=None)]).replace("<item>", "<item><guid>7788</guid><link>/kk/7</link>")
    (entry,) = read(text)
    assert (entry.link, entry.guid) == ("https://jarnama.example/kk/7", "7788")


def test_a_javascript_link_is_no_link() -> None:
    (entry,) = read(rss([Told(link="javascript:alert(1)")]))
    assert entry.link is None


def test_the_longer_of_summary_and_content_is_the_text() -> None:
    text = rss([Told(text="Қысқа.")]).replace(
        "</item>",
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        "&lt;p&gt;Әлдеқайда ұзын мәтін.&lt;/p&gt;</content:encoded></item>",
    )
    (entry,) = read(text)
    assert (entry.text, entry.text_from) == ("Әлдеқайда ұзын мәтін.", "content")


def test_an_entry_without_title_is_called_by_its_first_sentence() -> None:
    (entry,) = read(rss([Told(title="", text="Президент Варшаваға барды. Екінші сөйлем.")]))
    assert entry.title == "Президент Варшаваға барды."
    (long,) = read(rss([Told(title="", text="сөз " * 100)]))
    assert long.title.endswith("…")
    assert len(long.title) <= 121


def test_an_entry_without_words_is_counted_and_left_out() -> None:
    parsed = parse(
        Document(body=rss([Told(title="", text="<img src='x'>"), Told()]).encode(), url="", zone="UTC", language="kk")
    )
    assert (len(parsed.entries), parsed.empty) == (1, 1)


def test_a_text_that_only_repeats_the_title_is_none() -> None:
    (entry,) = read(rss([Told(title="Бір сөйлем", text="<p>Бір  сөйлем</p>")]))
    assert entry.text == ""


def test_a_book_of_a_text_is_cut_with_a_flag() -> None:
    (entry,) = read(rss([Told(text="қазақ " * 100_000)]))
    assert entry.truncated
    assert 190_000 < len(entry.text.encode()) <= 200_000


def test_a_wrong_charset_in_the_header_does_no_harm() -> None:
    document = rss([Told()], '<?xml version="1.0" encoding="windows-1251"?>')
    (entry,) = read(document, content_type="text/xml; charset=iso-8859-1")
    assert entry.title == "Астанада келіссөз өтті"


def test_control_characters_and_broken_markup_do_not_lose_entries() -> None:
    broken = rss([Told(), Told(title="Екінші", link="https://jarnama.example/2")])
    assert len(read(broken.replace("қонақты", "қон\x0bақты"))) == 2
    assert len(read(broken.replace("қонақты", "қонақты & бәрін <b>"))) == 2


def test_entities_that_grow_are_not_expanded() -> None:
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ха" * 10}">' for n in range(9))
    entries = read(rss([Told(text="TEXT")], f'<?xml version="1.0"?><!DOCTYPE rss [{layers}]>').replace("TEXT", "&e8;"))
    assert sum(len(entry.text) for entry in entries) < 10_000


def test_a_file_of_the_machine_is_not_read() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for entry in read(rss([Told(text="TEXT")], head).replace("TEXT", "&x;")):
        assert "root:" not in entry.text
    with pytest.raises(ParseError):
        read(b"/etc/passwd")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<!doctype html><html><body><p>404</p></html>",
        "hello",
        "{}",
        '{"a": [',
        "[1]",
        "\x00\x01",
        "<a/>",
        "{" * 5000,
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: str) -> None:
    with pytest.raises(ParseError) as raised:
        read(body)
    assert raised.value.reason.code in ("not-a-feed", "unreadable")


def test_a_feed_may_be_empty() -> None:
    assert read(rss([])) == ()


@given(st.text(max_size=200), st.sampled_from([rss, atom, json_feed]))
def test_any_text_in_a_feed_is_carried_or_left_out(text: str, write: Callable[[Iterable[Told]], str]) -> None:
    raw = write([Told(text, text, text, text, text)]).encode("utf-8", "surrogatepass")
    for entry in read(raw):
        assert entry.title


def test_a_document_may_say_how_long_it_is_good() -> None:
    def ttl(channel: str) -> float:
        body = rss([Told()]).replace("<channel>", f"<channel>{channel}").encode()
        return parse(Document(body=body, url="https://jarnama.example/rss", zone="UTC", language="kk")).ttl

    sy = '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">{}</sy:updatePeriod>'
    assert ttl("<ttl>15</ttl>") == 900
    assert ttl(sy.format("hourly")) == 3600
    assert ttl("<ttl>soon</ttl>") == ttl("") == 0
