"""Evaluation files: lines -> gold articles -> what stories are judged by (eval/README.md has the format).

files --read--> GoldArticles --pipeline, as if each were read when it was published--> Labelled
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from pathlib import Path

import msgspec
from msgspec.structs import replace

from streams.languages import LANGUAGES
from streams.meetings.evaluate import plain
from streams.meetings.gold import GoldArticle, GoldMeeting, read_gold
from streams.pipeline import Pipeline
from streams.stories.evaluate import Labelled


def read_files(files: Iterable[Path]) -> list[GoldArticle]:
    """Return the articles of the files, in their order.

    Raises ValueError that names the file, and the line where there is one.
    """
    found: list[GoldArticle] = []
    seen: dict[str, Path] = {}
    for file in files:
        for article in _read(file):
            if article.lang not in LANGUAGES:
                raise ValueError(f"{file}: article {article.id!r} is in {article.lang!r}, not in kk, pl or ar")
            if article.id in seen:
                raise ValueError(f"{file}: article {article.id!r} is already in {seen[article.id]}")
            seen[article.id] = file
            found.append(article)
    if not found:
        raise ValueError("there is no article in what was given")
    return found


def _read(file: Path) -> list[GoldArticle]:
    try:
        return [_zoned(article) for article in read_gold(file.read_bytes().splitlines())]
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: {error}") from error
    except OSError as error:
        raise ValueError(f"{file}: {error.strerror}") from error


def _zoned(article: GoldArticle) -> GoldArticle:
    """Return an article whose time of publication has a zone: UTC where the file gives none."""
    if article.published is None or article.published.tzinfo is not None:
        return article
    return replace(article, published=article.published.replace(tzinfo=UTC))


def labelled(gold: Sequence[GoldArticle], pipeline: Pipeline) -> Iterator[Labelled]:
    """Yield each article with its event and what was recognised in it on the day of its publication."""
    names = _names(gold)
    for number, each in enumerate(gold):
        article = each.article
        yield Labelled(
            article=each.id,
            event=each.event,
            language=each.lang,
            positive=bool(each.meetings),
            published=article.seen,
            reports=pipeline.read(article, number, article.seen).reports,
            meetings=tuple(names[each.event or each.id, meeting] for meeting in each.meetings),
        )


def _names(gold: Iterable[GoldArticle]) -> Mapping[tuple[str, GoldMeeting], str]:
    """Return a name for each meeting of each event, equal for equal ones.

    The counterpart tells them apart; where an article leaves it out, the one meeting of the event on that
    level is meant.
    """
    meetings = [(each.event or each.id, meeting) for each in gold for meeting in each.meetings]
    people: dict[tuple[str, str | None, str | None], set[str]] = defaultdict(set)
    for event, meeting in meetings:
        if meeting.counterpart:
            people[event, meeting.with_, meeting.level].add(plain(meeting.counterpart))
    found = {}
    for event, meeting in meetings:
        known = people[event, meeting.with_, meeting.level]
        who = plain(meeting.counterpart) if meeting.counterpart else min(known, default=meeting.level or "")
        found[event, meeting] = f"{meeting.with_}/{who}"
    return found
