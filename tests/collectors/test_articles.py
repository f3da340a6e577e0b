"""Entries become articles once, keep their ids, and say whether they are news."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.articles import Sifted, identities, sift
from collectors.entries import Entry, Parsed
from collectors.feeds import Feed
from collectors.states import FeedState, packed
from wire.records import Origin, Quality

FEED = Feed(
    id="jarnama",
    url="https://jarnama.example/rss",
    language="kk",
    outlet="Жарнама",
    country="KZ",
    zone="Asia/Almaty",
    interval=60,
)
SEEN = datetime(2025, 11, 3, 12, tzinfo=UTC)
SIX_HOURS = 6 * 3600.0
READ_BEFORE = FeedState(feed="jarnama", body="x")


def entry(number: int = 1, **changes: object) -> Entry:
    link = f"https://jarnama.example/kk/{number}"
    known = {"title": f"Тақырып {number}", "text": "Мәтін.", "link": link, "guid": f"guid-{number}"}
    return Entry(**{**known, **changes})  # type: ignore[arg-type]


def after(state: FeedState, sifted: Sifted) -> FeedState:
    return msgspec.structs.replace(state, body="x", known=packed(sifted.known))


def read(*entries: Entry, state: FeedState = READ_BEFORE, seen: datetime = SEEN) -> Sifted:
    return sift(FEED, state, Parsed(entries=entries), seen, SIX_HOURS)


def test_an_article_says_what_its_entry_and_feed_say() -> None:
    (article,) = read(entry(published=SEEN - timedelta(hours=1), quality=Quality.EXACT)).articles
    assert (article.feed, article.outlet, article.language, article.country) == ("jarnama", "Жарнама", "kk", "KZ")
    assert (article.url, article.seen, article.zone) == ("https://jarnama.example/kk/1", SEEN, "Asia/Almaty")
    assert (article.published, article.quality) == (SEEN - timedelta(hours=1), Quality.EXACT)
    assert len(article.keys) == 2


def test_the_same_entries_again_are_nothing_new() -> None:
    first = read(entry(1), entry(2))
    again = read(entry(1), entry(2), state=after(READ_BEFORE, first))
    assert (len(first.articles), again.articles, again.known) == (2, (), first.known)


def test_articles_come_oldest_first() -> None:
    assert [article.title for article in read(entry(2), entry(1)).articles] == ["Тақырып 1", "Тақырып 2"]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Басқа тақырып"},
        {"text": "Басқа мәтін."},
        {"title": "Басқа тақырып", "link": "https://jarnama.example/kk/basqa-taqyryp"},
        {"title": "Басқа тақырып", "guid": "guid-99"},
        {"text": "Басқа.", "link": "http://m.jarnama.example/kk/1/?utm_source=rss", "guid": None},
        {"text": "Басқа.", "link": None},
    ],
)
def test_an_edited_entry_is_told_again_under_its_first_id(changes: dict[str, Any]) -> None:
    first = read(entry())
    edited = read(entry(**changes), state=after(READ_BEFORE, first), seen=SEEN + timedelta(hours=1))
    assert [article.id for article in edited.articles] == [first.articles[0].id]
    assert read(entry(**changes), state=after(READ_BEFORE, edited)).articles == ()


def test_a_new_date_alone_is_no_edit() -> None:
    """Some feeds stamp every entry with the time of the answer."""
    first = read(entry(published=SEEN - timedelta(hours=2), quality=Quality.EXACT))
    assert not read(entry(published=SEEN, quality=Quality.EXACT), state=after(READ_BEFORE, first)).articles


def test_ids_do_not_depend_on_memory_feed_or_dress() -> None:
    other = msgspec.structs.replace(FEED, id="other", url="http://feeds.example/x")
    dressed = entry(link="http://amp.jarnama.example/kk/1/amp?utm_medium=rss#top", guid="another")
    (one,) = read(entry()).articles
    (two,) = sift(other, READ_BEFORE, Parsed(entries=(dressed,)), SEEN, SIX_HOURS).articles
    assert one.id == two.id
    assert set(one.keys) & set(two.keys)


def test_without_link_the_guid_identifies_and_without_both_the_title() -> None:
    (by_guid,) = read(entry(link=None)).articles
    (by_title,) = read(entry(link=None, guid=None)).articles
    assert by_guid.id != by_title.id
    assert by_guid.url is None
    assert read(entry(link=None, guid=None)).articles[0].id == by_title.id


def test_entries_that_all_lead_to_one_page_are_told_apart() -> None:
    for link in ("https://jarnama.example/", "https://jarnama.example/news"):
        found = read(*(entry(n, link=link) for n in range(5)))
        assert len({article.id for article in found.articles}) == 5
        assert not read(*(entry(n, link=link) for n in range(5)), state=after(READ_BEFORE, found)).articles
        bare = read(*(entry(n, link=link, guid=None) for n in range(5)))
        assert len({article.id for article in bare.articles}) == 5


def test_a_guid_that_several_entries_share_identifies_none() -> None:
    assert len({article.id for article in read(*(entry(n, guid="news") for n in range(5))).articles}) == 5


def test_row_numbers_are_no_identity() -> None:
    first = read(entry(1, guid="1"), entry(2, guid="2"))
    later = read(entry(3, guid="1"), entry(1, guid="2"), entry(2, guid="3"), state=after(READ_BEFORE, first))
    assert [article.title for article in later.articles] == ["Тақырып 3"]
    assert later.articles[0].id not in {article.id for article in first.articles}


def test_one_document_tells_an_article_once() -> None:
    twice = (entry(1), entry(1, text="Басқа нұсқа."))
    first = read(*twice)
    assert [article.text for article in first.articles] == ["Мәтін."]
    assert not read(*twice, state=after(READ_BEFORE, first)).articles


def test_a_link_that_another_article_takes_too_leaves_the_first_its_id() -> None:
    elsewhere = msgspec.structs.replace(FEED, url="https://feeds.example/jarnama")
    first = sift(elsewhere, READ_BEFORE, Parsed(entries=(entry(1),)), SEEN, SIX_HOURS)
    both = Parsed(entries=(entry(2, link=entry(1).link), entry(1)))
    told = sift(elsewhere, after(READ_BEFORE, first), both, SEEN, SIX_HOURS)
    assert [article.title for article in told.articles] == ["Тақырып 2"]


def test_the_very_same_entry_twice_is_one_though_its_id_came_from_less() -> None:
    state = after(READ_BEFORE, read(entry(1, link=None)))
    both = read(entry(1), entry(1), state=state)
    assert len({known.id for known in both.known}) == 1
    assert not both.articles


def test_an_entry_that_comes_back_is_remembered() -> None:
    first = read(*(entry(n) for n in range(10)))
    gone = read(entry(99), state=after(READ_BEFORE, first))
    assert not read(entry(3), entry(99), state=after(READ_BEFORE, gone)).articles


def test_memory_is_bounded() -> None:
    state = READ_BEFORE
    for round_ in range(20):
        state = after(state, read(*(entry(1000 * round_ + n) for n in range(100)), state=state))
    assert len(state.entries) == 200


def test_at_first_sight_the_old_is_backlog_and_stays_it() -> None:
    new = FeedState(feed="jarnama")
    fresh = entry(1, published=SEEN - timedelta(hours=5), quality=Quality.EXACT)
    old = entry(2, published=SEEN - timedelta(hours=7), quality=Quality.EXACT)
    found = read(fresh, old, state=new)
    assert {article.title: article.origin for article in found.articles} == {
        "Тақырып 1": Origin.LIVE,
        "Тақырып 2": Origin.BACKLOG,
    }
    edited = entry(2, text="Түзетілді.", published=old.published, quality=Quality.EXACT)
    (again,) = read(fresh, edited, state=after(new, found)).articles
    assert again.origin is Origin.BACKLOG
    (late,) = read(entry(3, published=old.published, quality=Quality.EXACT), state=after(new, found)).articles
    assert late.origin is Origin.LIVE


def test_what_has_no_date_is_news_at_first_sight_too() -> None:
    (article,) = read(entry(), state=FeedState(feed="jarnama")).articles
    assert (article.origin, article.published, article.quality) == (Origin.LIVE, None, Quality.MISSING)


@pytest.mark.parametrize("published", [datetime(1970, 1, 1, tzinfo=UTC), SEEN + timedelta(hours=5)])
def test_nonsense_of_a_clock_is_replaced_by_the_time_first_seen(published: datetime) -> None:
    (article,) = (first := read(entry(published=published, quality=Quality.EXACT))).articles
    assert (article.published, article.quality) == (SEEN, Quality.CLAMPED)
    later = entry(text="Түзетілді.", published=published, quality=Quality.EXACT)
    (edited,) = read(later, state=after(READ_BEFORE, first), seen=SEEN + timedelta(minutes=90)).articles
    if published < SEEN:
        assert (edited.published, edited.quality) == (SEEN, Quality.CLAMPED)


ENTRIES = st.lists(
    st.builds(
        Entry,
        title=st.sampled_from(["а", "б", "в"]),
        text=st.sampled_from(["", "x"]),
        link=st.sampled_from([None, "https://a.kz/", "https://a.kz/1", "https://a.kz/2", "https://a.kz/3"]),
        guid=st.sampled_from([None, "1", "guid-1", "guid-2", "guid-3"]),
    ),
    max_size=6,
)


@given(ENTRIES)
def test_whatever_a_document_holds_it_is_told_once(entries: list[Entry]) -> None:
    first = read(*entries)
    told = [article.id for article in first.articles]
    assert len(told) == len(set(told))
    assert read(*entries, state=after(READ_BEFORE, first)).articles == ()
    assert identities(FEED, entries) == identities(FEED, entries)


@given(ENTRIES, ENTRIES)
def test_two_documents_taking_turns_come_to_rest(one: list[Entry], two: list[Entry]) -> None:
    state = READ_BEFORE
    for entries in (one, two, one, two):
        found = read(*entries, state=state)
        assert len({known.id for known in found.known}) == len(found.known)
        state = after(state, found)
