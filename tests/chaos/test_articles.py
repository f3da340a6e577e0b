"""The made-up press: all different, in three languages, with enough meetings, edits and withdrawals to lose."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from streams.pipeline import LivePipeline, Pipeline
from tests.chaos.articles import LANGUAGES, stream
from wire.records import Article, Form, Report, Status

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
COUNT = 3000
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return LivePipeline(ROOT / "config").pipeline


@pytest.fixture(scope="module")
def articles(pipeline: Pipeline) -> list[Article]:
    return stream(pipeline.lexicon, 7, COUNT, NOW)


@pytest.fixture(scope="module")
def told(pipeline: Pipeline, articles: list[Article]) -> list[tuple[Article, tuple[Report, ...]]]:
    return [(article, pipeline.read(article, number, NOW).reports) for number, article in enumerate(articles)]


def test_a_seed_gives_the_same_articles_again_and_another_seed_others(
    pipeline: Pipeline, articles: list[Article]
) -> None:
    assert stream(pipeline.lexicon, 7, COUNT, NOW) == articles
    assert stream(pipeline.lexicon, 8, COUNT, NOW) != articles


def test_all_are_different_and_none_is_of_the_future(articles: list[Article]) -> None:
    assert len({article.id for article in articles}) == COUNT
    assert len({article.body for article in articles}) == len(articles)
    assert all(article.seen < NOW and article.published and article.published < NOW for article in articles)
    assert {article.language for article in articles} == set(LANGUAGES)


def test_an_edit_comes_after_what_it_edits(articles: list[Article]) -> None:
    ids = [article.id for article in articles]
    assert 0.01 < (len(articles) - COUNT) / COUNT < 0.1
    assert max(Counter(ids).values()) == 2


def test_a_few_percent_tell_of_meetings_with_many_partners(
    told: list[tuple[Article, tuple[Report, ...]]],
) -> None:
    partners = Counter(report.partner.code for _, reports in told for report in reports)
    meetings = [meeting for _, reports in told for report in reports for meeting in report.meetings]
    assert 0.03 < sum(bool(reports) for _, reports in told) / len(told) < 0.1
    assert len(partners) > 30
    assert {meeting.status for meeting in meetings} == {Status.HELD, Status.PLANNED, Status.CANCELLED}
    assert {meeting.form for meeting in meetings} == {Form.MEETING, Form.PHONE_CALL}
    assert all(meeting.rules for meeting in meetings), "nobody would be alerted"
    assert all(any(article.language == code and reports for article, reports in told) for code in LANGUAGES)


def test_some_tell_of_two_partners_and_some_edits_withdraw(told: list[tuple[Article, tuple[Report, ...]]]) -> None:
    last = {article.id: reports for article, reports in told}
    assert any(len(reports) == 2 for _, reports in told)
    assert any(reports and not last[article.id] for article, reports in told)
    assert any(reports and reports == last[article.id] for article, reports in told)


def test_events_of_the_same_two_are_days_apart(told: list[tuple[Article, tuple[Report, ...]]]) -> None:
    days: dict[tuple[str | None, str], set[datetime]] = {}
    for _, reports in told:
        for meeting in (meeting for report in reports for meeting in report.meetings):
            if meeting.date:
                day = datetime.combine(meeting.date.start, datetime.min.time())
                days.setdefault((meeting.counterpart.person, meeting.mode), set()).add(day)
    assert all(abs(a - b) >= timedelta(days=3) for each in days.values() for a in each for b in each if a != b)
