"""Article -> Reports, and the rules of a running worker: followed when they change, kept when they break."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from streams.pipeline import LivePipeline
from wire.records import Article, Form, NoticeState, Status

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
CALL = Article(
    id="art-1", keys=("key-1",), feed="f", outlet="Газет", language="kk", seen=NOW, published=NOW,
    title="Тоқаев пен Мирзиёев телефон арқылы сөйлесті",
    text="Қазақстан Президенті Қасым-Жомарт Тоқаев бүгін Өзбекстан Президенті Шавкат Мирзиёевпен "
    "телефон арқылы сөйлесті.",
)  # fmt: skip
WEATHER = msgspec.structs.replace(
    CALL, title="Ертең Астанада қар жауады", text="Синоптиктер жел күшейеді деп ескертті."
)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A config folder of its own: the shipped lexicon, one rule."""
    folder = tmp_path_factory.mktemp("config")
    shutil.copytree(ROOT / "config/lexicon", folder / "lexicon")
    (folder / "rules").mkdir()
    return folder


@pytest.fixture
def live(config: Path) -> LivePipeline:
    write(config, "id: calls\ntitle: Calls\npriority: urgent\ndesks: [asia]\nwhen: {form: phone-call}\n")
    return LivePipeline(config)


def write(config: Path, rule: str) -> None:
    """Write the one rule file, with a time of its own: two writes within a clock tick look alike."""
    path = config / "rules/calls.yaml"
    later = path.stat().st_mtime_ns + 1_000_000_000 if path.exists() else 0
    path.write_text(rule, encoding="utf-8")
    if later:
        os.utime(path, ns=(later, later))


def test_an_article_gives_one_report_for_each_partner_with_the_rules_that_want_it(live: LivePipeline) -> None:
    reading = live.pipeline.read(CALL, 7, NOW)
    (report,) = reading.reports
    (meeting,) = report.meetings
    assert (report.partner.code, report.revision, report.source.language) == ("UZ", 7, "kk")
    assert (meeting.form, meeting.status) == (Form.PHONE_CALL, Status.HELD)
    assert [hit.rule for hit in meeting.rules] == ["calls"]
    assert all(CALL.body[each.start : each.end] == each.quote for each in meeting.evidence)


def test_an_article_that_tells_of_none_says_why_not(live: LivePipeline) -> None:
    reading = live.pipeline.read(WEATHER, 1, NOW)
    assert reading.reports == ()
    assert reading.language == "kk"


def test_an_article_in_another_language_is_left_alone(live: LivePipeline) -> None:
    english = msgspec.structs.replace(
        CALL, language="kk", title="Tokayev meets Mirziyoyev", text="The two presidents met in Tashkent on Friday."
    )
    assert [reason.code for reason in live.pipeline.read(english, 1, NOW).refused] == ["other-language"]


def test_equal_content_has_an_equal_hash_and_a_withdrawal_another(live: LivePipeline) -> None:
    first, again = (live.pipeline.read(CALL, revision, NOW) for revision in (1, 2))
    assert first.reports[0].content == again.reports[0].content
    withdrawn = live.pipeline.withdrawal(again, "UZ")
    assert (withdrawn.id, withdrawn.meetings, withdrawn.partner.code) == (first.reports[0].id, (), "UZ")
    assert withdrawn.content != first.reports[0].content


def test_a_broken_rule_file_changes_nothing_and_is_told_until_it_is_mended(live: LivePipeline, config: Path) -> None:
    before = live.pipeline.rules.hash
    assert live.refresh() == []
    write(config, "id: calls\ntitle: Calls\npriority: urgent\ndesks: [asia]\nwhen: {form: fone-call}\n")
    (notice,) = live.refresh()
    assert notice.state is NoticeState.FIRING
    assert "calls.yaml:5" in notice.details[0]
    assert live.pipeline.rules.hash == before
    write(config, "id: calls\ntitle: Calls\npriority: flash\ndesks: [asia]\nwhen: {form: phone-call}\n")
    (notice,) = live.refresh()
    assert notice.state is NoticeState.RESOLVED
    assert live.pipeline.rules.hash != before
