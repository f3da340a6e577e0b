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
from streams.stories.firsts import Labelled


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
        reading = pipeline.read(article, number, article.seen)
        yield Labelled(
            article=each.id,
            event=each.event,
            language=each.lang,
            positive=bool(each.meetings),
            published=article.seen,
            reports=reading.reports,
            meetings=tuple(names[each.event or each.id, meeting] for meeting in each.meetings),
            refused=reading.refused,
        )


def _names(gold: Iterable[GoldArticle]) -> Mapping[tuple[str, GoldMeeting], str]:
    """Return a name for each meeting of each event, equal for equal ones.

    The counterpart tells them apart, and of two hosts of one guest our side; where an article leaves one out, the
    one of the event on that level is meant.
    """
    meetings = [(each.event or each.id, meeting) for each in gold for meeting in each.meetings]
    theirs: dict[tuple[str, str | None, str | None], set[str]] = defaultdict(set)
    ours: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for event, meeting in meetings:
        theirs[event, meeting.with_, meeting.level] |= _plain(meeting.counterpart)
    them = {
        each: _or_the_one(each[1].counterpart, theirs[each[0], each[1].with_, each[1].level], each[1].level)
        for each in meetings
    }
    for event, meeting in meetings:
        ours[event, them[event, meeting]] |= _plain(meeting.kz_actor)
    return {
        (event, meeting): f"{meeting.with_}/{who}/{_or_the_one(meeting.kz_actor, ours[event, who], None)}"
        for (event, meeting), who in them.items()
    }


def _plain(name: str | None) -> set[str]:
    return {plain(name)} if name else set()


def _or_the_one(name: str | None, known: set[str], otherwise: str | None) -> str:
    return plain(name) if name else min(known, default=otherwise or "")
