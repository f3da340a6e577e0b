"""Articles with what they report, for evaluation: JSON lines --read--> GoldArticles."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec

from wire.records import Article, Quality


class GoldMeeting(msgspec.Struct, frozen=True):
    """A meeting as the gold has it; None is not judged."""

    with_: str | None = msgspec.field(name="with", default=None)
    kz_actor: str | None = None
    kz_office: str | None = None
    counterpart: str | None = None
    level: str | None = None
    form: str | None = None
    status: str | None = None
    place: str | None = None
    date: str | None = None


class GoldArticle(msgspec.Struct, frozen=True):
    """A line of an evaluation file."""

    id: str
    lang: str
    title: str
    text: str
    published: datetime | None = None
    label: str = "negative"
    event: str | None = None
    meetings: tuple[GoldMeeting, ...] = ()
    why: str = ""

    @property
    def article(self) -> Article:
        """The article as a feed would bring it; its time is `now`."""
        now = self.published or datetime.fromisoformat("1970-01-01T00:00:00+00:00")
        quality = Quality.EXACT if self.published else Quality.MISSING
        return Article(
            id=self.id, keys=(), feed="evaluation", outlet="", language=self.lang, title=self.title, text=self.text,
            seen=now, published=self.published, quality=quality, zone=_zone(now),
        )  # fmt: skip


def _zone(when: datetime) -> str:
    """Return the zone whose clock a time shows, in whole hours: the day of publication is that of its place."""
    hours = int((when.utcoffset() or timedelta()).total_seconds() // 3600)
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def read_gold(lines: Iterable[bytes | str]) -> Iterator[GoldArticle]:
    """Read an evaluation file's lines.

    Raises msgspec.ValidationError with the line's number for what is no gold article.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield msgspec.json.decode(line, type=GoldArticle)
            except msgspec.MsgspecError as error:
                raise msgspec.ValidationError(f"line {number}: {error}") from error
