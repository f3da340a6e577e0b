"""The streams' two steps, decided purely: what is emitted, what is kept, and what is left alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from streams import steps
from streams.pipeline import LivePipeline, Pipeline
from streams.steps import Effects, PartnerRows
from wire.records import Alert, AlertKind, Article, Notice, NoticeState, Report, Story
from wire.topics import ALERTS, MEETINGS, STORIES

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
CALL = Article(
    id="art-1", keys=("key-1",), feed="f", outlet="Газет", language="kk", seen=NOW, published=NOW,
    title="Тоқаев пен Мирзиёев телефон арқылы сөйлесті",
    text="Қазақстан Президенті Қасым-Жомарт Тоқаев бүгін Өзбекстан Президенті Шавкат Мирзиёевпен "
    "телефон арқылы сөйлесті.",
)  # fmt: skip
RAIN = msgspec.structs.replace(CALL, title="Ертең Астанада жаңбыр жауады", text="Синоптиктер осылай дейді.")


class Tables:
    """Tables as plain mappings: what a step wants written is written, as the app does."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, bytes]] = {name: {} for name in ("verdicts", "reports", "stories")}
        self.noted: set[tuple[str, str]] = set()
        self.partners = PartnerRows(self.rows["reports"], self.rows["stories"])

    def held(self, name: str) -> dict[str, bytes]:
        return {key: value for key, value in self.rows[name].items() if (name, key) not in self.noted}

    def carry_out(self, effects: Effects) -> Effects:
        for write in effects.write:
            (self.noted.discard if write.held else self.noted.add)((write.table, write.key))
            if write.value is None:
                self.rows[write.table].pop(write.key, None)
            else:
                self.rows[write.table][write.key] = write.value
        self.partners.applied(effects.write)
        return effects


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return LivePipeline(ROOT / "config").pipeline


@pytest.fixture
def tables() -> Tables:
    return Tables()


def recognised(tables: Tables, pipeline: Pipeline, article: Article, revision: int) -> list[Report]:
    effects = steps.recognise(pipeline, article, revision, tables.rows["verdicts"], NOW)
    emitted = [each.record for each in tables.carry_out(effects).emit]
    return [each for each in emitted if isinstance(each, Report)]


def gathered(tables: Tables, report: Report, now: datetime = NOW) -> tuple[list[Story], list[Alert]]:
    effects = tables.carry_out(steps.gather(report, tables.partners, now))
    stories = [each.record for each in effects.emit if each.topic is STORIES]
    alerts = [each.record for each in effects.emit if each.topic is ALERTS]
    return stories, alerts  # type: ignore[return-value]


def test_an_article_is_reported_under_its_partner_and_leaves_a_verdict(tables: Tables, pipeline: Pipeline) -> None:
    effects = steps.recognise(pipeline, CALL, 0, tables.rows["verdicts"], NOW)
    assert [(each.topic, each.key) for each in effects.emit] == [(MEETINGS, "UZ")]
    assert [(each.table, each.key) for each in effects.write] == [("verdicts", "art-1")]


def test_a_redelivered_or_older_revision_is_left_alone(tables: Tables, pipeline: Pipeline) -> None:
    recognised(tables, pipeline, CALL, 5)
    assert recognised(tables, pipeline, CALL, 5) == []
    assert recognised(tables, pipeline, RAIN, 4) == []


def test_an_edit_that_says_no_more_withdraws(tables: Tables, pipeline: Pipeline) -> None:
    (before,) = recognised(tables, pipeline, CALL, 0)
    (after,) = recognised(tables, pipeline, RAIN, 1)
    assert (after.id, after.meetings) == (before.id, ())
    assert recognised(tables, pipeline, RAIN, 2) == []


def test_a_reader_that_drops_what_it_has_seen_loses_no_edit(tables: Tables, pipeline: Pipeline) -> None:
    first = steps.recognise(pipeline, CALL, 0, tables.rows["verdicts"], NOW)
    again = steps.recognise(pipeline, CALL, 0, tables.rows["verdicts"], NOW)
    edited = steps.recognise(pipeline, CALL, 1, tables.rows["verdicts"], NOW)
    assert [each.id for each in again.emit] == [each.id for each in first.emit]
    assert {each.id for each in edited.emit}.isdisjoint(each.id for each in first.emit)


def test_that_a_trouble_ended_is_another_message_than_that_it_began() -> None:
    firing = Notice(source="streams", subject="rules", state=NoticeState.FIRING, text="broken", at=NOW)
    resolved = msgspec.structs.replace(firing, state=NoticeState.RESOLVED, at=NOW + timedelta(minutes=1))
    assert steps.told(firing).key == steps.told(resolved).key
    assert steps.told(firing).id != steps.told(resolved).id


def test_an_article_that_tells_of_nothing_leaves_a_verdict_all_the_same(tables: Tables, pipeline: Pipeline) -> None:
    assert recognised(tables, pipeline, RAIN, 0) == []
    assert "art-1" in tables.rows["verdicts"]


def test_only_the_verdict_of_one_that_ever_told_of_a_partner_is_held(tables: Tables, pipeline: Pipeline) -> None:
    def held(article: Article, revision: int) -> list[bool]:
        effects = tables.carry_out(steps.recognise(pipeline, article, revision, tables.held("verdicts"), NOW))
        return [write.held for write in effects.write]

    assert held(RAIN, 0) == [False]
    assert held(CALL, 1) == [True]
    assert held(RAIN, 2) == [True], "a row that is held must not be left behind by a newer one that is not"


def test_a_verdict_is_small(tables: Tables, pipeline: Pipeline) -> None:
    effects = steps.recognise(pipeline, RAIN, 1_000_000, {}, NOW)
    assert len(effects.write[0].value or b"") < 50


def test_a_verdict_is_given_up_by_event_time_and_not_before(tables: Tables, pipeline: Pipeline) -> None:
    recognised(tables, pipeline, CALL, 0)
    today = steps.day(CALL, NOW)
    rows = tables.rows["verdicts"]
    assert steps.outdated(rows, today + steps.VERDICT_DAYS) == ()
    assert steps.outdated(rows, today + steps.VERDICT_DAYS + 1) == (steps.Write("verdicts", "art-1", None),)


def test_a_feed_that_lives_in_the_future_makes_nothing_old() -> None:
    ahead = msgspec.structs.replace(CALL, seen=NOW + timedelta(days=4000))
    assert steps.day(ahead, NOW) == steps.day(CALL, NOW)


def test_a_report_makes_a_story_and_its_first_alert_once(tables: Tables, pipeline: Pipeline) -> None:
    (report,) = recognised(tables, pipeline, CALL, 0)
    (story,), (alert,) = gathered(tables, report)
    assert (alert.story, alert.kind) == (story.id, AlertKind.FIRST)
    assert gathered(tables, report) == ([], [])


def test_a_withdrawn_report_is_a_correction_and_the_story_goes(tables: Tables, pipeline: Pipeline) -> None:
    (report,) = recognised(tables, pipeline, CALL, 0)
    (story,), _ = gathered(tables, report)
    (withdrawal,) = recognised(tables, pipeline, RAIN, 1)
    (gone,), (alert,) = gathered(tables, withdrawal)
    assert (gone.id, gone.state.value) == (story.id, "withdrawn")
    assert (alert.story, alert.kind) == (story.id, AlertKind.CORRECTION)
    assert gathered(tables, report) == ([], []), "an older revision came back and was believed"


def test_an_empty_report_is_forgotten_when_no_older_one_can_come(tables: Tables, pipeline: Pipeline) -> None:
    (report,) = recognised(tables, pipeline, CALL, 0)
    gathered(tables, report)
    gathered(tables, recognised(tables, pipeline, RAIN, 1)[0])
    assert "UZ/art-1" in tables.rows["reports"]
    later = NOW + timedelta(days=9)
    other = msgspec.structs.replace(CALL, id="art-2", keys=("key-2",), seen=later, published=later)
    gathered(tables, recognised(tables, pipeline, other, 0)[0], later)
    assert "UZ/art-1" not in tables.rows["reports"]


def test_rows_read_anew_are_the_rows_that_were_followed(tables: Tables, pipeline: Pipeline) -> None:
    (report,) = recognised(tables, pipeline, CALL, 0)
    gathered(tables, report)
    followed = dict(tables.partners.stories("UZ")), dict(tables.partners.reports("UZ"))
    tables.partners.forget()
    assert (dict(tables.partners.stories("UZ")), dict(tables.partners.reports("UZ"))) == followed


def test_a_worker_killed_between_emitting_and_keeping_makes_the_same_ids_again(
    tables: Tables, pipeline: Pipeline
) -> None:
    (report,) = recognised(tables, pipeline, CALL, 0)
    first = steps.gather(report, tables.partners, NOW)
    again = steps.gather(report, tables.partners, NOW + timedelta(seconds=30))
    assert [each.id for each in first.emit] == [each.id for each in again.emit]
