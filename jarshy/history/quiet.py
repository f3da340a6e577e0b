"""Texts over which no rule may raise an alert, and the few that may, each with its reason.

DIR/*.txt, DIR/*.jsonl --pipeline--> Matches --allowed--> what is left is noise ; what allows nothing is a Problem
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec

from jarshy import gold
from jarshy.history.backtest import Match
from jarshy.newsroom.folder import CannotServe, newsroom
from jarshy.newsroom.script import Entry
from wire import files
from wire.files import Document, Problem, Problems
from wire.records import Article, Quality

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Pardon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An alert that the quiet texts may raise."""

    article: str
    reason: Annotated[str, msgspec.Meta(min_length=3)]
    rule: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    allowed: tuple[Pardon, ...] = ()


class Pardons(NamedTuple):
    """The pardons of a file, in its order."""

    each: tuple[Pardon, ...] = ()
    document: Document = Document("", None, {})

    def of(self, match: Match) -> int | None:
        """Return the number of the pardon that covers a match."""
        covers = (
            number
            for number, each in enumerate(self.each)
            if each.article == match.article.id and each.rule in (None, match.rule)
        )
        return next(covers, None)

    def idle(self, used: Iterable[int]) -> list[Problem]:
        """Return a Problem for each pardon that nothing needed."""
        needed = set(used)
        return [
            self.document.problem(("allowed", number), f"nothing needs this: {each.article}", "remove it")
            for number, each in enumerate(self.each)
            if number not in needed
        ]


def allowed(path: Path) -> Pardons:
    """Read a file of pardons; raises Problems."""
    document, problems = files.read(path)
    value, faults = files.check(document, _File) if not problems else (None, [])
    if value is None:
        raise Problems([*problems, *faults])
    return Pardons(value.allowed, document)


def articles(folder: Path) -> list[Article]:
    """Return the texts of a folder: *.txt, and of *.jsonl (eval's format) the articles without a meeting.

    Raises ValueError that names the file.
    """
    texts = [_article(entry) for entry in newsroom(folder).entries] if any(folder.glob("*.txt")) else []
    labelled = sorted(folder.glob("*.jsonl"))
    found = [each.article for each in gold.read_files(labelled) if not each.meetings] if labelled else []
    if not texts and not found:
        raise CannotServe(f"{folder}: there is no .txt file and no .jsonl file with articles that report no meeting")
    return [*texts, *found]


def _article(entry: Entry) -> Article:
    published = entry.published if isinstance(entry.published, datetime) else None
    return Article(
        id=entry.guid,
        keys=(),
        feed=entry.feed,
        outlet="",
        language=entry.feed.removeprefix("folder-"),
        title=entry.title,
        text=entry.text,
        seen=published or NEVER,
        published=published,
        quality=Quality.EXACT if published else Quality.MISSING,
    )


def noise(told: Iterable[tuple[Match, ...]], pardons: Pardons) -> Iterator[tuple[Match, int | None]]:
    """Yield every match with the number of the pardon that allows it, None for noise."""
    for matches in told:
        for match in matches:
            yield match, pardons.of(match)
