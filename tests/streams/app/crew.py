"""Stream workers as child processes, the articles they are given, and what they left on the broker."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from jarshy.children import Child, free_port, wait_until
from wire import broker
from wire import settings as environment
from wire.broker import Message
from wire.records import Article
from wire.settings import Settings
from wire.topics import ARTICLES, CHANGELOGS

ROOT = Path(__file__).parents[3]
REHEARSAL = "tests.streams.app.rehearsal"
CALL = (
    "Тоқаев Өзбекстан Президентімен телефон арқылы сөйлесті",
    "Мемлекет басшысы Қасым-Жомарт Тоқаев Өзбекстан Президенті Шавкат Мирзиёевпен телефон арқылы сөйлесті.",
)
RAIN = ("Ертең Астанада жаңбыр жауады", "Синоптиктер түстен кейін жел тұрады деп отыр.")


@contextmanager
def worker(ours: Settings, log: Path, module: str = "streams", *words: str) -> Iterator[Child]:
    """A worker that runs until the test lets go of it."""
    child = Child((sys.executable, "-m", module, *words), log, environment.environment(ours))
    child.start()
    try:
        yield child
    finally:
        child.resume()
        child.kill()


def with_health(ours: Settings) -> Settings:
    """The same settings with a health page of one worker's own."""
    return msgspec.structs.replace(ours, health_port=free_port())


def article(id: str, said: tuple[str, str] = RAIN, feed: str = "gazet") -> Article:
    now = datetime.now(UTC)
    return Article(
        id=id, keys=(f"key-{id}",), feed=feed, outlet="Газет", language="kk", seen=now, published=now,
        title=said[0], text=said[1],
    )  # fmt: skip


def publish(ours: Settings, *articles: Article) -> None:
    publisher = broker.Publisher(ours, "test")
    publisher.wait([publisher.send_record(ARTICLES, a.id, a, id=a.id, time=a.seen) for a in articles])
    publisher.close()


def verdicts(ours: Settings) -> dict[str, Message]:
    """The last message of each key in the changelog of verdicts."""
    return {message.key: message for message in broker.read_all(ours, CHANGELOGS[0])}


def done(ours: Settings) -> int:
    """How many messages of `articles` the workers have committed as done."""
    standing = broker.Standing(ours, "streams", (ARTICLES,))
    try:
        return sum(done for done, _ in standing.ask().values())
    finally:
        standing.close()


def eventually(true: Callable[[], bool], seconds: float = 180.0) -> bool:
    """Whether it comes true; a worker starts in two seconds, and in forty on a machine with much else to do."""
    return wait_until(true, seconds, every=0.5)
