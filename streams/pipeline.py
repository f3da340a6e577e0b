"""Article -> Reports, judged; pure, and used alike by the agents, explain, backtest and evaluation.

title and text --identify--> language --text--> tokens --meetings--> Meetings --judge--> Report for each partner
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import msgspec

from streams.languages import LANGUAGES
from streams.languages.identify import identify
from streams.languages.text import Text
from streams.lexicon import Lexicon
from streams.meetings import Recognition, meetings
from streams.rules.finder import finder
from streams.rules.judge import judged
from streams.rules.known import known
from streams.rules.load import RuleSource
from streams.rules.ruleset import RuleSet
from streams.rules.subjects import with_subjects
from wire import ids
from wire.records import Article, Meeting, Notice, NoticeState, Reason, Report, Source

HALVES = re.compile("[\ud800-\udfff]")
FOREIGN = "A bridge is opened", "The bridge across the river was opened on Monday morning."
NO_LANGUAGE = Reason(code="other-language", text="neither Kazakh, Polish nor Arabic")


class Recognised(NamedTuple):
    """An article, read."""

    language: str
    text: Text | None
    recognition: Recognition


class Reading(NamedTuple):
    """What an article says, judged by the rules."""

    language: str
    reports: tuple[Report, ...]
    refused: tuple[Reason, ...]
    rule_set: str
    blank: Report  # with nobody's meetings in it: what a withdrawal is made of


class Pipeline:
    """One lexicon and one rule set."""

    def __init__(self, lexicon: Lexicon, rules: RuleSet) -> None:
        self.lexicon, self.rules = lexicon, rules

    def recognise(self, article: Article) -> Recognised:
        """Read an article in its own language."""
        article = encodable(article)
        language = identify(article.title, article.text, article.language)
        if language not in LANGUAGES:
            return Recognised(language, None, Recognition(language, (), (NO_LANGUAGE,), None))
        text = LANGUAGES[language].text(article.body)
        return Recognised(language, text, meetings(article, text, self.lexicon))

    def judged(self, article: Article, read: Recognised) -> tuple[Meeting, ...]:
        """Return the article's meetings, each with the rules that want it."""
        if read.text is None or not read.recognition.meetings:
            return ()
        title_end = len(article.title)
        finds = tuple(self.rules.find(read.text))
        found = with_subjects(self.rules, read.recognition.meetings, article.id, read.text, finds, title_end)
        hits = judged(self.rules, found, read.text, title_end, finds)
        return tuple(msgspec.structs.replace(meeting, rules=rules) for meeting, rules in zip(found, hits, strict=True))

    def read(self, article: Article, revision: int, now: datetime) -> Reading:
        """Return the article's reports, one for each partner that it tells of."""
        article = encodable(article)
        read = self.recognise(article)
        blank = self._blank(article, read, revision, now)
        by_partner = groupby(sorted(self.judged(article, read), key=_partner), key=_partner)
        reports = tuple(_report(blank, self.lexicon, partner, found) for partner, found in by_partner)
        return Reading(read.language, reports, read.recognition.refused, self.rules.hash, blank)

    def withdrawal(self, reading: Reading, partner: str) -> Report:
        """Return the empty report that takes back what an article said of a partner."""
        return _report(reading.blank, self.lexicon, partner, ())

    def _blank(self, article: Article, read: Recognised, revision: int, now: datetime) -> Report:
        return Report(
            id="",
            partner=self.lexicon.country("KZ"),
            source=_source(article, read, self.lexicon),
            revision=revision,
            meetings=(),
            content="",
            rule_set=self.rules.hash,
            recognised=now,
            origin=article.origin,
        )


def encodable(article: Article) -> Article:
    """Return the article without halves of characters, which no record can carry; nothing moves by it."""
    try:
        article.body.encode()
    except UnicodeEncodeError:
        title, text = (HALVES.sub("\ufffd", each) for each in (article.title, article.text))
        return msgspec.structs.replace(article, title=title, text=text)
    return article


def _partner(meeting: Meeting) -> str:
    return meeting.partner.code


def _report(blank: Report, lexicon: Lexicon, partner: str, found: Iterable[Meeting]) -> Report:
    told = tuple(found)
    return msgspec.structs.replace(
        blank,
        id=ids.report_id(blank.source.article, partner),
        partner=lexicon.country(partner),
        meetings=told,
        content=ids.content_hash(msgspec.json.encode(told)),
    )


def _source(article: Article, read: Recognised, lexicon: Lexicon) -> Source:
    credited = read.recognition.credits
    return Source(
        article=article.id,
        title=article.title,
        outlet=article.outlet,
        feed=article.feed,
        language=read.language,
        seen=article.seen,
        url=article.url,
        published=article.published,
        quality=article.quality,
        credits=credited,
        credits_names=lexicon.source_names.get(credited or ""),
        country=article.country,
        keys=article.keys,
    )


class LivePipeline:
    """The pipeline of a running worker: follows the rule files, keeps the last good set."""

    def __init__(self, config: Path) -> None:
        self._lexicon = Lexicon.compile(config / "lexicon")
        self._source = RuleSource(config, known(self._lexicon, config), finder)
        self.pipeline = Pipeline(self._lexicon, self._source.current())
        identify(*FOREIGN)  # else the first such article waits a second for the classifier's model, and all behind it

    @property
    def problems(self) -> int:
        """How many faults keep changed rule files from being in force."""
        return len(self._source.problems())

    def refresh(self) -> list[Notice]:
        """Follow changed rule files; return the notices that the change is worth."""
        if not self._source.refresh():
            return []
        problems = self._source.problems()
        if not problems:
            self.pipeline = Pipeline(self._lexicon, self._source.current())
        return [_notice(tuple(map(str, problems)), datetime.now(UTC))]


def _notice(problems: tuple[str, ...], now: datetime) -> Notice:
    text = "the rules are in force"
    if problems:
        text = f"{len(problems)} problems in the rule files: the last good rules stay in force"
    state = NoticeState.FIRING if problems else NoticeState.RESOLVED
    return Notice(source="streams", subject="rules", state=state, text=text, at=now, details=problems[:20])
