"""The judge itself: an undisturbed run is clean, and whatever is taken from it or added to it is found."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from streams import steps
from streams.pipeline import LivePipeline, Pipeline
from tests.chaos import rebuilt
from tests.chaos.articles import stream
from tests.chaos.outcome import Found, Tally, judged, newest
from wire.broker import Message
from wire.records import Alert, Article, Record, Report, decode, encode
from wire.topics import ALERTS, ARTICLES, MEETINGS, STORIES, Topic

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return LivePipeline(ROOT / "config").pipeline


@pytest.fixture(scope="module")
def articles(pipeline: Pipeline) -> list[Article]:
    return stream(pipeline.lexicon, 7, 1200, NOW)


class Log:
    """Topics of one partition each, filled by the steps as one worker would."""

    def __init__(self) -> None:
        self.topics: dict[Topic, list[Message]] = {topic: [] for topic in (ARTICLES, MEETINGS, STORIES, ALERTS)}
        self.tables = rebuilt.Tables()

    def add(self, topic: Topic, key: str, record: Record) -> Message:
        offset = len(self.topics[topic])
        moment = int(NOW.timestamp() * 1000) + offset
        self.topics[topic].append(Message(topic.name, 0, offset, key, encode(record), moment))
        return self.topics[topic][-1]

    def carry_out(self, effects: steps.Effects) -> None:
        for each in effects.emit:
            self.add(each.topic, each.key, each.record)
        self.tables.carry_out(effects)


@pytest.fixture(scope="module")
def found(pipeline: Pipeline, articles: list[Article]) -> Found:
    log = Log()
    for article in articles:
        message = log.add(ARTICLES, article.id, article)
        verdicts = log.tables.rows[steps.VERDICTS]
        log.carry_out(steps.recognise(pipeline, article, message.offset, verdicts, NOW))
    for message in log.topics[MEETINGS]:
        log.carry_out(steps.gather(decode(Report, message.value), log.tables.partners, NOW))
    told, meetings, stories, alerts = log.topics.values()
    return Found(told, meetings, stories, alerts, [], log.tables.rows)


def tally(tallies: list[Tally], what: str) -> Tally:
    return next(each for each in tallies if each.what == what)


def faulty(tallies: list[Tally]) -> set[str]:
    return {each.what for each in tallies if each.lost or each.doubled}


def test_an_undisturbed_run_has_lost_and_doubled_nothing(
    pipeline: Pipeline, articles: list[Article], found: Found
) -> None:
    tallies = judged(found, articles, pipeline)
    assert faulty(tallies) == set()
    assert all(each.expected > 20 for each in tallies if each.what != "dead letters")


def without_last(messages: list[Message]) -> list[Message]:
    return messages[:-1]


def rows_without_first(rows: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return dict(list(rows.items())[1:])


def tables(found: Found, name: str, rows: Mapping[str, bytes]) -> Found:
    return found._replace(tables={**found.tables, name: rows})


@pytest.mark.parametrize(
    ("taken", "what"),
    [
        (lambda found: found._replace(articles=without_last(found.articles)), "articles"),
        (lambda found: found._replace(meetings=without_last(found.meetings)), "reports"),
        (lambda found: found._replace(stories=[]), "stories"),
        (lambda found: found._replace(alerts=without_last(found.alerts)), "alerts"),
        (lambda found: tables(found, "verdicts", rows_without_first(found.tables["verdicts"])), "verdicts"),
        (lambda found: tables(found, "reports", rows_without_first(found.tables["reports"])), "report rows"),
        (lambda found: tables(found, "stories", rows_without_first(found.tables["stories"])), "story rows"),
        (lambda found: tables(found, "stories", rows_without_first(found.tables["stories"])), "stories by article"),
        (lambda found: found._replace(dead=found.articles[:1]), "dead letters"),
    ],
)
def test_what_is_lost_is_found(
    taken: Callable[[Found], Found], what: str, pipeline: Pipeline, articles: list[Article], found: Found
) -> None:
    assert tally(judged(taken(found), articles, pipeline), what).lost


def test_what_comes_again_is_counted_and_harmless(pipeline: Pipeline, articles: list[Article], found: Found) -> None:
    again = found._replace(
        meetings=[*found.meetings, found.meetings[-1]],
        stories=[*found.stories, found.stories[-1]],
        alerts=[*found.alerts, found.alerts[-1]],
    )
    tallies = judged(again, articles, pipeline)
    assert faulty(tallies) == set()
    assert [tally(tallies, what).repeated for what in ("reports", "stories", "alerts")] == [1, 1, 1]


def test_a_second_alert_on_the_same_news_is_doubled(pipeline: Pipeline, articles: list[Article], found: Found) -> None:
    first = decode(Alert, found.alerts[0].value)
    second = found.alerts[0]._replace(value=encode(replace(first, id="alr-another")))
    doubled = tally(judged(found._replace(alerts=[*found.alerts, second]), articles, pipeline), "alerts").doubled
    assert {each.why.partition(" of ")[0] for each in doubled} == {first.kind.value, "news"}


def test_the_same_alert_with_other_words_is_doubled(pipeline: Pipeline, articles: list[Article], found: Found) -> None:
    first = decode(Alert, found.alerts[0].value)
    other = found.alerts[0]._replace(value=encode(replace(first, desks=("nobody",))))
    doubled = tally(judged(found._replace(alerts=[*found.alerts, other]), articles, pipeline), "alerts").doubled
    assert [each.why for each in doubled] == ["told again otherwise: desks"]


def test_an_older_row_is_found(pipeline: Pipeline, articles: list[Article], found: Found) -> None:
    edited = next(id for id in found.tables["verdicts"] if sum(each.key == id for each in found.articles) == 2)
    row = rebuilt.decoded_verdict(found.tables["verdicts"][edited])
    older = steps.Verdict(revision=row.revision - 1, partners=row.partners, refused=row.refused)
    stale = tables(found, "verdicts", {**found.tables["verdicts"], edited: rebuilt.encoded(older)})
    assert [each.id for each in tally(judged(stale, articles, pipeline), "verdicts").lost] == [edited]


def row(offset: int, value: bytes | None, **headers: int) -> Message:
    told = tuple((name, b"%d" % revision) for name, revision in headers.items())
    return Message("changelog", 0, offset, "key", value, 0, told)


def test_a_table_is_what_recovery_would_make_of_its_changelog() -> None:
    assert newest([row(0, b"one"), row(1, b"two")]) == {"key": b"two"}
    assert newest([row(0, b"one"), row(1, None)]) == {}
    assert newest([row(0, b"seven", revision=7), row(1, b"five", revision=5)]) == {"key": b"seven"}
    assert newest([row(0, None, revision=7), row(1, b"five", revision=5)]) == {}
    assert newest([row(0, b"seven", noted=7), row(1, b"five", revision=5)]) == {"key": b"seven"}
