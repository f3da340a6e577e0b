"""Workers that are killed, stopped, paused and added while articles flow: each article has its report, once."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from wire import broker
from wire import settings as environment
from wire.records import Article, Report, decode
from wire.settings import Settings
from wire.topics import ARTICLES, MANIFEST, MEETINGS, STORIES

ROOT = Path(__file__).parents[3]
ARTICLES_SENT = 400
SECONDS_OF_TROUBLE = 15.0
PARTNERS = {"Өзбекстан Президенті Шавкат Мирзиёевпен": "UZ", "Ресей Президенті Владимир Путинмен": "RU"}


class Workers:
    """Stream workers as processes of ours."""

    def __init__(self, ours: Settings, logs: Path) -> None:
        self._settings, self._logs, self._all = ours, logs, list[subprocess.Popen[bytes]]()

    def add(self) -> None:
        log = (self._logs / f"worker-{len(self._all)}.log").open("wb")
        env = {"PATH": "/usr/bin:/bin", **environment.environment(self._settings)}
        self._all.append(subprocess.Popen([sys.executable, "-m", "streams"], cwd=ROOT, env=env, stderr=log, stdout=log))

    def alive(self) -> list[subprocess.Popen[bytes]]:
        return [each for each in self._all if each.poll() is None]

    def keep(self, least: int) -> None:
        while len(self.alive()) < least:
            self.add()

    def end(self) -> None:
        for each in self.alive():
            each.send_signal(signal.SIGCONT)
            each.kill()
        for each in self._all:
            each.wait()


@contextmanager
def workers(ours: Settings, logs: Path) -> Iterator[Workers]:
    crew = Workers(ours, logs)
    try:
        yield crew
    finally:
        crew.end()


def make_trouble(crew: Workers, dice: random.Random) -> str:
    """Do one thing to the workers, and return its name."""
    alive = crew.alive()
    act = dice.choice(["kill", "term", "pause", "add"])
    if act == "add" and len(alive) < 3:
        crew.add()
    elif act == "pause" and alive:
        paused = dice.choice(alive)
        paused.send_signal(signal.SIGSTOP)
        time.sleep(dice.uniform(1, 8))
        paused.send_signal(signal.SIGCONT)
    elif alive:
        dice.choice(alive).send_signal(signal.SIGKILL if act == "kill" else signal.SIGTERM)
    return act


def article(number: int) -> Article:
    who = list(PARTNERS)[number % len(PARTNERS)]
    now = datetime.now(UTC)
    return Article(
        id=f"art-{number}", keys=(f"key-{number}",), feed="f", outlet="Газет", language="kk", seen=now, published=now,
        title=f"Тоқаев {who} телефон арқылы сөйлесті",
        text=f"Мемлекет басшысы Қасым-Жомарт Тоқаев {who} телефон арқылы сөйлесті. Хабар нөмірі {number}.",
    )  # fmt: skip


def test_no_article_is_lost_and_none_reported_twice(settings: Settings, tmp_path: Path) -> None:
    ours = msgspec.structs.replace(settings, config=ROOT / "config", data=tmp_path)
    broker.create(ours, MANIFEST)
    publisher = broker.Publisher(ours, "test")
    dice, until, sent = random.Random(7), time.monotonic() + SECONDS_OF_TROUBLE, 0
    with workers(ours, tmp_path) as crew:
        crew.keep(2)
        while time.monotonic() < until or sent < ARTICLES_SENT:
            batch = [article(number) for number in range(sent, min(sent + 60, ARTICLES_SENT))]
            publisher.wait([publisher.send_record(ARTICLES, a.id, a, id=a.id, time=a.seen) for a in batch])
            sent += len(batch)
            time.sleep(dice.uniform(0.5, 2.5))
            make_trouble(crew, dice)
            crew.keep(2)
        reports = _all_reported(ours, crew)
    publisher.close()
    told = {report.source.article for report in reports}
    assert told == {f"art-{number}" for number in range(ARTICLES_SENT)}, "articles without a report"
    assert len({(report.id, report.content) for report in reports}) == ARTICLES_SENT, "one article, two verdicts"
    assert {message.key for message in broker.read_all(ours, STORIES)}, "no story came of it"


def _all_reported(ours: Settings, crew: Workers, seconds: float = 120.0) -> list[Report]:
    until = time.monotonic() + seconds
    while True:
        reports = [decode(Report, message.value) for message in broker.read_all(ours, MEETINGS)]
        if len({report.source.article for report in reports}) >= ARTICLES_SENT or time.monotonic() > until:
            return reports
        crew.keep(2)
        time.sleep(1)
