"""The bundled newsroom is whole and consistent, and a broken one says where."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jarshy.newsroom import calendar
from jarshy.newsroom.script import Newsroom, load
from wire.files import Problems

LETTERS = {"kk": "әіңғүұқөһ", "pl": "ąćęłńóśźż", "ar": "ابتثجحخ"}


@pytest.fixture(scope="module")
def bundled() -> Newsroom:
    return load()


def _words(text: str) -> set[str]:
    words = text.split()
    return {" ".join(words[i : i + 4]) for i in range(len(words) - 3)}


def test_it_tells_enough_in_three_languages(bundled: Newsroom) -> None:
    articles = [entry for entry in bundled.entries if entry.guid]
    assert len([event for event in bundled.events if event.alerts]) >= 14
    assert len([entry for entry in articles if entry.noise]) >= 18
    assert {feed.language for feed in bundled.feeds} == {"kk", "pl", "ar"}
    several = [
        event.id
        for event in bundled.events
        if len({bundled.feed(e.feed).language for e in articles if event.id in e.tells}) > 1
    ]
    assert len(several) >= 10


def test_no_event_is_news_before_the_feeds_had_a_first_reader(bundled: Newsroom) -> None:
    alerting = {event.id for event in bundled.events if event.alerts}
    assert all(entry.at >= 2 for entry in bundled.entries if alerting & set(entry.tells))
    assert bundled.lasts <= 25


def test_each_event_has_one_first_and_it_comes_first(bundled: Newsroom) -> None:
    for event in bundled.events:
        kinds = [alert.kind for alert in event.alerts]
        assert kinds[:1] in ([], ["first"]), event.id
        assert kinds.count("first") == (1 if event.alerts else 0), event.id


def test_expectations_are_consistent(bundled: Newsroom) -> None:
    changes = []
    for event in bundled.events:
        for alert in event.alerts:
            if alert.date is not None:
                assert alert.date == event.day, event.id
            if alert.status == "planned":
                assert alert.date is not None
                assert alert.date >= 0, event.id
            if alert.status == "held" and alert.date is not None:
                assert alert.date <= 0, event.id
            if alert.form in {"phone-call", "video-call"}:
                assert alert.place == "", event.id
        changes += [alert.status for alert in event.alerts if alert.kind == "status-change"]
    assert sorted(str(change) for change in changes) == ["cancelled", "held"]


def test_a_status_change_has_articles_before_and_after(bundled: Newsroom) -> None:
    for event in bundled.events:
        if any(alert.kind == "status-change" for alert in event.alerts):
            moments = sorted(entry.at for entry in bundled.entries if event.id in entry.tells)
            assert len(moments) >= 3
            assert max(b - a for a, b in pairwise(moments)) >= 5, event.id


def test_articles_have_the_length_and_the_letters_of_news(bundled: Newsroom) -> None:
    for entry in bundled.entries:
        if entry.text:
            assert 400 <= len(entry.text) <= 1800, (entry.feed, entry.guid)
            assert any(letter in entry.text for letter in LETTERS[bundled.feed(entry.feed).language])


def test_nobody_copies_but_the_one_reprint(bundled: Newsroom) -> None:
    texts = {f"{e.feed}/{e.guid}": _words(e.text) for e in bundled.entries if e.guid}
    alike = [
        (a, b)
        for (a, one), (b, other) in combinations(texts.items(), 2)
        if len(one & other) > 0.25 * min(len(one), len(other))
    ]
    assert len(alike) == 1
    assert [e.guid for e in bundled.entries if e.reprint] == [alike[0][1].split("/")[1]]


def test_edits_change_something(bundled: Newsroom) -> None:
    edits = [entry for entry in bundled.entries if entry.revises]
    assert len(edits) >= 3
    assert any(edit.title and not edit.text for edit in edits), "one is only retitled"
    assert Counter(bool(edit.text) for edit in edits)[True] >= 2


def test_broken_scripts_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "newsroom.yaml").write_text(
        "feeds:\n"
        "  - {id: one, format: rss, language: kk, outlet: A, country: KZ}\n"
        "events:\n"
        "  - {id: talks, day: 0, alerts: []}\n"
        "  - {id: lost, day: 0, alerts: []}\n"
        "zone: UTC\n"
    )
    (tmp_path / "articles" / "kk.yaml").write_text(
        "articles:\n"
        "  - {feed: one, at: 1, guid: a, path: a, title: T, text: 'x {dat:+0}', tells: [talk]}\n"
        "  - {feed: two, at: 1, guid: a, path: a, title: T, text: x, tells: [talks]}\n"
        "  - {feed: one, at: 2, guid: a, path: a, title: T, text: x, tells: [talks], noise: sport}\n"
        "  - {feed: one, at: 3, revises: nothing, title: T}\n"
    )
    with pytest.raises(Problems) as raised:
        load(tmp_path / "newsroom.yaml")
    told = str(raised.value)
    for expected in (
        "kk.yaml:2:5: there is no event 'talk': did you mean 'talks'?",
        "kk.yaml:2:5: nobody renders {dat:+0}",
        "kk.yaml:3:5: there is no feed 'two'",
        "kk.yaml:4:5: an article tells events or is noise",
        "kk.yaml:4:5: guid 'a' stands twice",
        "kk.yaml:5:5: revises 'nothing'",
        "newsroom.yaml:5:5: no article tells 'lost'",
    ):
        assert expected in told


def test_unknown_keys_and_kinds_are_told(tmp_path: Path) -> None:
    (tmp_path / "newsroom.yaml").write_text(
        "feeds: []\nevents:\n  - {id: a, day: 0, alerts: [{kind: frist, with: CN, satus: held}]}\nzone: UTC\n"
    )
    with pytest.raises(Problems, match=r"newsroom\.yaml:3.*unknown key 'satus'.*status"):
        load(tmp_path / "newsroom.yaml")
    with pytest.raises(Problems, match="'first'"):
        load(tmp_path / "newsroom.yaml")


TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("pl", "{on:+0}, {date:+7}", "we wtorek, 1 grudnia"),
        ("pl", "{On:+1} i {dm:-24}", "W środę i 31.10"),
        ("kk", "{on:-1}, {date-in:+0}", "дүйсенбі күні, 24 қарашада"),
        ("ar", "{weekday:+0} {date-dual:+0}", "الثلاثاء 24 تشرين الثاني/نوفمبر"),
        ("pl", "{nothing:+0}", "{nothing:+0}"),
    ],
)
def test_days_are_named_in_the_language(language: str, text: str, told: str) -> None:
    assert calendar.told(text, language, TUESDAY) == told


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-40, 40), st.sampled_from(["kk", "pl", "ar"]))
def test_every_day_has_its_words(today: date, away: int, language: str) -> None:
    words = calendar.told(f"{{date:{away:+d}}} {{weekday:{away:+d}}}", language, today)
    day = today + timedelta(days=away)
    assert words.startswith(f"{day.day} ")
    assert words.endswith(calendar.WORDS[language].weekdays[day.weekday()])
    assert not list(calendar.unknown(words))
