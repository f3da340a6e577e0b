"""The whole system, feed to chat, as separate processes, on each engine."""

import io
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console

from jarshy import system
from jarshy.demo.play import Play
from jarshy.newsroom import folder, script
from jarshy.supervise import Supervisor
from wire import broker
from wire.records import Article, DeadLetter, decode
from wire.settings import Settings
from wire.topics import ARTICLES, DEAD_LETTERS, MANIFEST, MEETINGS

ROOT = Path(__file__).parent.parent
TEXTS = {
    "kk.txt": "Тоқаев Мирзиёевпен телефон арқылы сөйлесті\n\nМемлекет басшысы Қасым-Жомарт Тоқаев Өзбекстан Президенті "
    "Шавкат Мирзиёевпен телефон арқылы сөйлесті. Әңгіме барысында су мәселесі талқыланды.\n",
    "pl.txt": "Tokajew rozmawiał w Baku z Alijewem\n\nPrezydent Kazachstanu Kasym-Żomart Tokajew spotkał się w Baku z "
    "prezydentem Azerbejdżanu Ilhamem Alijewem. Rozmowy dotyczyły tranzytu.\n",
    "ar.txt": "أمير قطر يستقبل رئيس كازاخستان في الدوحة\n\nاستقبل أمير دولة قطر الشيخ تميم بن حمد آل ثاني في الدوحة "
    "الرئيس الكازاخستاني قاسم جومارت توكاييف، وبحثا تعزيز التعاون الاقتصادي.\n",
    "noise.txt": "«Қайрат» Варшавада «Легиямен» кездесті\n\nКеше Варшавада өткен кездесуде алматылық «Қайрат» клубы "
    "«Легияны» екі доппен ұтты. Қазақстан чемпионы келесі кездесуін үйінде өткізеді.\n",
}


def play(newsroom: script.Newsroom, settings: Settings, *, judged: bool) -> tuple[Play, io.StringIO]:
    said = io.StringIO()
    asked = msgspec.structs.replace(settings, config=ROOT / "config", backlog_age=1e12 if not judged else 6 * 3600)
    return Play(newsroom, asked, Console(file=said, width=140), judged=judged), said


async def test_the_bundled_newsroom_is_told_as_its_script_has_it(settings: Settings) -> None:
    told, said = play(script.load(), settings, judged=True)
    assert await told.run(once=True), said.getvalue()


async def test_a_folder_of_texts_goes_all_the_way(settings: Settings, tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    told, said = play(folder.newsroom(tmp_path), settings, judged=False)
    assert await told.run(once=True), said.getvalue()
    heard = {
        alert.partner.code: (alert.kind.value, alert.form.value, alert.status.value, alert.counterpart.names.en)
        for alert in told.seen.alerts.values()
        if alert.counterpart.names
    }
    assert heard == {
        "UZ": ("first", "phone-call", "held", "Shavkat Mirziyoyev"),
        "AZ": ("first", "meeting", "held", "Ilham Aliyev"),
        "QA": ("first", "meeting", "held", "Tamim bin Hamad Al Thani"),
    }
    assert len(told.seen.alerts) == 3


async def test_poison_goes_to_the_dead_letters_and_the_partition_goes_on(settings: Settings, tmp_path: Path) -> None:
    ours = msgspec.structs.replace(settings, config=ROOT / "config", data=tmp_path, partitions=1)
    broker.create(ours, MANIFEST)
    publisher = broker.Publisher(ours, "test")
    publisher.wait([publisher.send(ARTICLES, "poison", poison) for poison in (b"", b"no json", b"[" * 50_000)])
    article = _article()
    publisher.publish(ARTICLES, article.id, article, id=article.id, time=article.seen)
    async with Supervisor(tmp_path / "logs") as supervisor:
        supervisor.start(system.process(ours, "streams", "streams"))
        await supervisor.running(seconds=90)
        letters = _eventually(lambda: [decode(DeadLetter, m.value) for m in broker.read_all(ours, DEAD_LETTERS)], 3)
        reports = _eventually(lambda: list(broker.read_all(ours, MEETINGS)), 1)
    publisher.close()
    assert [letter.reason.code for letter in letters] == ["undecodable"] * 3
    assert {letter.value[:7] for letter in letters} == {b"", b"no json", b"[[[[[[["}
    assert [message.key for message in reports] == ["AZ"]


def _article() -> Article:
    title, _, text = TEXTS["pl.txt"].partition("\n\n")
    now = datetime.now(UTC)
    return Article(
        id="art-test", keys=("key-test",), feed="f", outlet="Gazeta", language="pl", title=title, text=text, seen=now,
        published=now,
    )  # fmt: skip


def _eventually(read: Callable[[], list], count: int, seconds: float = 60) -> list:  # type: ignore[type-arg]
    until = time.monotonic() + seconds
    while len(found := read()) < count and time.monotonic() < until:
        time.sleep(0.5)
    return found
