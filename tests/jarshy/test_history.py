"""Backtest, replay and verify on each engine, after a real worker has read; the quiet corpus."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import Result

from jarshy import system
from jarshy.cli.times import MOMENT
from jarshy.history import verify
from jarshy.supervise import Supervisor
from streams.steps import Verdict
from tests.jarshy.commands import ROOT, SHIPPED, run, written
from wire import broker
from wire import settings as environment
from wire.records import Alert, Article, Origin, Story, decode
from wire.settings import Settings
from wire.topics import ALERTS, ARTICLES, CHANGELOGS, MANIFEST, STORIES, Topic, named

TEXTS = {
    "baku": ("pl", "Tokajew rozmawiał w Baku z Alijewem", "Prezydent Kazachstanu spotkał się w Baku z prezydentem "
             "Azerbejdżanu Ilhamem Alijewem. Rozmowy dotyczyły tranzytu."),
    "bakuda": ("kk", "Тоқаев Бакуде Әлиевпен келіссөз жүргізді", "Мемлекет басшысы Қасым-Жомарт Тоқаев Бакуде "
               "Әзербайжан Президенті Ильхам Әлиевпен келіссөз жүргізді."),
    "doha": ("ar", "أمير قطر يستقبل رئيس كازاخستان في الدوحة", "استقبل أمير دولة قطر الشيخ تميم بن حمد آل ثاني في "
             "الدوحة الرئيس الكازاخستاني قاسم جومارت توكاييف."),
    "football": ("kk", "«Қайрат» Варшавада «Легиямен» кездесті", "Алматылық «Қайрат» клубы «Легияны» екі доппен ұтты."),
}  # fmt: skip
RULE = """\
id: qatar
title: Qatar
priority: urgent
desks: [gulf]
when:
  with: [QA]
tests:
  - match: "أمير قطر يستقبل رئيس كازاخستان توكاييف في الدوحة"
    at: 2024-05-01
"""


def command(ours: Settings, *words: str, config: Path = SHIPPED) -> Result:
    env = {name: value for name, value in environment.environment(ours).items() if name != "JARSHY_CONFIG"}
    return run(*words, config=config, **env)


def article(name: str, now: datetime) -> Article:
    language, title, text = TEXTS[name]
    return Article(
        id=f"art-{name}", keys=(f"key-{name}",), feed="f", outlet=name, language=language, title=title, text=text,
        seen=now, published=now,
    )  # fmt: skip


@pytest.fixture
async def read(settings: Settings, tmp_path: Path) -> Settings:
    """The settings of a broker on which a worker has read the articles, one of them twice (an edit), and stopped."""
    ours = msgspec.structs.replace(settings, config=ROOT / "config")
    broker.create(ours, MANIFEST)
    publisher = broker.Publisher(ours, "test")
    now = datetime.now(UTC)
    told = [article(name, now) for name in TEXTS]
    edited = msgspec.structs.replace(told[0], text=told[0].text + " Podpisano umowę o tranzycie.")
    publisher.wait([publisher.send_record(ARTICLES, a.id, a, id=a.id, time=now) for a in (*told, edited)])
    publisher.close()
    async with Supervisor(tmp_path / "logs") as supervisor:
        supervisor.start(system.process(ours, "streams", "streams"))
        await supervisor.running(seconds=90)
        until = time.monotonic() + 60
        while len(_stories(ours)) < 2 or len(verify.rows(ours)) < len(TEXTS):
            assert time.monotonic() < until
            await asyncio.sleep(0.5)
    return ours


def test_times_are_read_as_people_type_them() -> None:
    week = MOMENT.convert("7d", None, None)
    assert timedelta(days=6, hours=23) < datetime.now(UTC) - week < timedelta(days=7, hours=1)
    assert MOMENT.convert("2026-11-08", None, None) == datetime(2026, 11, 8, tzinfo=UTC)
    assert MOMENT.convert("2026-11-08T09:30+05:00", None, None) == datetime(2026, 11, 8, 4, 30, tzinfo=UTC)
    assert "7d, 12h, 30m (ago)" in run("rules", "backtest", "--since", "last week").stderr


async def test_the_past_is_backtested_replayed_and_verified(read: Settings, tmp_path: Path) -> None:
    told = command(read, "rules", "backtest", "--since", "1h", "--rule", "any-bilateral")
    assert told.exit_code == 0
    assert "4 articles read: 3 matches in 3 articles" in told.stdout
    assert "football" not in told.stdout

    older = written(tmp_path / "older", rules_mine=RULE)
    against = command(read, "rules", "backtest", "--since", "1h", "--against", str(older), "--rule", "qatar")
    assert "4 articles read: +0 / -1" in against.stdout
    assert "there is no such rule any more" in against.stdout

    replayed = command(read, "replay", "--from", "1h", "--into", "again")
    assert f"{read.prefix}.again.stories" in replayed.stdout
    theirs = msgspec.structs.replace(read, prefix=f"{read.prefix}.again")
    assert _stories(theirs) == _stories(read) == {("art-baku", "art-bakuda"), ("art-doha",)}
    assert {alert.origin for alert in _records(theirs, ALERTS, Alert)} == {Origin.REPLAY}
    heard = len(list(_records(read, ALERTS, Alert)))

    again = command(read, "replay", "--from", "1h", "--into", "told", "--tell")
    assert f"given to {read.prefix}.alerts" in again.stdout
    alerts = list(_records(read, ALERTS, Alert))
    assert len(alerts) > heard, "the replay of before told nobody; this one tells"
    assert {alert.origin for alert in alerts} == {Origin.LIVE}

    verified = command(read, "verify", "--from", "1h")
    assert verified.exit_code == 0
    assert "4 articles: 4 same, 0 missing, 0 differs, 0 pending, 0 edited" in verified.stdout
    _spoil(read)
    spoilt = command(read, "verify", "--from", "1h")
    assert spoilt.exit_code == 1
    assert "2 same, 1 missing, 1 differs, 0 pending" in spoilt.stderr
    assert "partners none, now QA" in spoilt.stdout

    noisy = command(read, "rules", "quiet", named(ARTICLES, read.prefix), "--since", "1h", config=older)
    assert (noisy.exit_code, "1 match in 4 texts" in noisy.stderr) == (1, True)


def _spoil(ours: Settings) -> None:
    """Take one verdict away and change another, as nothing of ours would."""
    (changelog,) = (topic for topic in CHANGELOGS if "verdicts" in topic.name)
    rows = {message.key: message for message in broker.read_all(ours, changelog) if message.value}
    kept = msgspec.json.decode(rows["art-doha"].value or b"", type=Verdict)
    spoilt = msgspec.structs.replace(kept, partners=())
    publisher = broker.Publisher(ours, "test")
    publisher.wait(
        [
            publisher.send(changelog, "art-football", None),
            publisher.send(changelog, "art-doha", msgspec.json.encode(spoilt)),
        ]
    )
    publisher.close()


def _stories(ours: Settings) -> set[tuple[str, ...]]:
    """Return the articles of each story as it stands now."""
    newest = {story.id: story for story in _records(ours, STORIES, Story)}
    return {tuple(sorted(source.article for source in story.sources)) for story in newest.values()}


def _records(ours: Settings, topic: Topic, kind: type) -> Iterator:  # type: ignore[type-arg]
    return (decode(kind, message.value) for message in broker.read_all(ours, topic) if message.value)


QUIET = "Қазақстан Президенті\n\nТоқаев Өзбекстан Президенті Шавкат Мирзиёевке жеделхат жолдады."
LOUD = "Тоқаев Ташкентте Мирзиёевпен келіссөз жүргізді\n\nМемлекет басшысы Ташкентте Өзбекстан Президентімен кездесті."


def test_a_quiet_folder_is_quiet_and_an_alert_in_it_needs_a_reason(tmp_path: Path) -> None:
    (tmp_path / "telegram.txt").write_text(QUIET, encoding="utf-8")
    assert "quiet: 1 text, 0 alerts allowed" in run("rules", "quiet", tmp_path).stdout
    (tmp_path / "loud.txt").write_text(LOUD, encoding="utf-8")
    loud = run("rules", "quiet", tmp_path)
    assert loud.exit_code == 1
    assert "in 2 texts that must be quiet" in loud.stderr
    assert "loud.txt" in loud.stdout
    beside = tmp_path / "allowed.yaml"
    beside.write_text('allowed:\n  - {article: loud.txt, reason: "a real meeting"}\n', encoding="utf-8")
    assert "quiet: 2 texts, 1 alert allowed" in run("rules", "quiet", tmp_path).stdout
    beside.write_text(beside.read_text() + '  - {article: gone.txt, reason: "was noise"}\n', encoding="utf-8")
    idle = run("rules", "quiet", tmp_path)
    assert (idle.exit_code, "allowed.yaml:3:" in idle.stdout) == (1, True)


def test_what_is_neither_folder_nor_topic_is_said(tmp_path: Path) -> None:
    assert "neither a folder nor the topic jarshy.articles" in run("rules", "quiet", "nowhere").stderr
    assert "no .txt file" in run("rules", "quiet", tmp_path).stderr
    assert "holds no rule file" in run("rules", "backtest", "--against", tmp_path).stderr
