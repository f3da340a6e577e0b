"""The two steps of the streams, decided purely: a record and the rows kept so far -> Effects.

Article --recognise--> Reports, verdict row;  Report --gather--> Stories, Alerts, report and story rows

Effects are carried out by `app`: everything in `emit` is acknowledged before anything in `write` is
kept. A worker killed in between does the step again, and makes the same ids.
"""

from collections.abc import Iterable, Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

import msgspec

from streams.pipeline import Pipeline
from streams.stories import Kept
from streams.stories import gather as fold
from wire.records import Article, Notice, Record, Report, Story, decode, encode
from wire.topics import ALERTS, DAY, MEETINGS, NOTICES, STORIES, VERDICT_KEPT, Topic

T = TypeVar("T")
WITHDRAWAL_KEPT = timedelta(days=8)
VERDICT_DAYS = VERDICT_KEPT // DAY
VERDICTS, REPORTS, STORY_ROWS = "verdicts", "reports", "stories"


class Emission(NamedTuple):
    """One record to publish."""

    topic: Topic
    key: str
    record: Record
    id: str
    time: datetime


def told(notice: Notice) -> Emission:
    """Return what an operator should hear, to be published."""
    return Emission(NOTICES, notice.key, notice, notice.event, notice.at)


class Write(NamedTuple):
    """One table row to keep; None removes it. What is not `held` is written, and then needed no more."""

    table: str
    key: str
    value: bytes | None
    held: bool = True


class Effects(NamedTuple):
    """What a step wants done, in this order."""

    emit: tuple[Emission, ...] = ()
    write: tuple[Write, ...] = ()


class Verdict(msgspec.Struct, frozen=True, array_like=True):
    """What became of an article, in some thirty bytes; of one that reported, held so that an edit can withdraw it."""

    revision: int
    day: int = 0  # it was seen on, since 1970
    partners: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()  # codes of the reasons why not


_kept = msgspec.json.Decoder(Kept)
_verdict = msgspec.json.Decoder(Verdict)


def recognise(
    pipeline: Pipeline, article: Article, revision: int, verdicts: Mapping[str, bytes], now: datetime
) -> Effects:
    """Return an article's reports: one for each partner it tells of, an empty one for each it no longer does.

    Every article leaves its verdict. Only that of one that ever told of a partner is held: a worker's memory
    grows with the meetings of a month, not with its articles.
    """
    row = verdicts.get(article.id)
    before = _verdict.decode(row) if row else Verdict(revision=-1)
    if revision <= before.revision:
        return Effects()
    reading = pipeline.read(article, revision, now)
    gone = set(before.partners) - {report.partner.code for report in reading.reports}
    reports = [*reading.reports, *(pipeline.withdrawal(reading, partner) for partner in sorted(gone))]
    verdict = Verdict(
        revision=revision,
        day=day(article, now),
        partners=tuple(sorted(report.partner.code for report in reading.reports)),
        refused=tuple(sorted({reason.code for reason in reading.refused})),
    )
    return Effects(
        tuple(Emission(MEETINGS, report.partner.code, report, _version(report), now) for report in reports),
        (Write(VERDICTS, article.id, msgspec.json.encode(verdict), held=bool(row or verdict.partners)),),
    )


def day(article: Article, now: datetime) -> int:
    """Return the day an article was seen, counted from 1970: event time, and never ahead of our own clock."""
    return int(min(article.seen, now).timestamp()) // DAY


def outdated(verdicts: Mapping[str, bytes], today: int) -> tuple[Write, ...]:
    """Return the removal of each verdict that nobody needs any more: no edit of so old an article withdraws."""
    old = (id_ for id_, row in verdicts.items() if _verdict.decode(row).day < today - VERDICT_DAYS)
    return tuple(Write(VERDICTS, id_, None) for id_ in old)


class PartnerRows:
    """The rows of one worker's report and story tables, decoded once and found by partner."""

    def __init__(self, reports: Mapping[str, bytes], stories: Mapping[str, bytes]) -> None:
        self._tables = {REPORTS: reports, STORY_ROWS: stories}
        self._reports: dict[str, dict[str, Report]] | None = None
        self._stories: dict[str, dict[str, Kept]] = {}

    def forget(self) -> None:
        """Read the tables anew at the next use: partitions came or went."""
        self._reports = None

    def reports(self, partner: str) -> MutableMapping[str, Report]:
        """Return the partner's current reports by article, empty ones included."""
        return self._decoded().setdefault(partner, {})

    def stories(self, partner: str) -> MutableMapping[str, Kept]:
        """Return the partner's stories by id."""
        self._decoded()
        return self._stories.setdefault(partner, {})

    def applied(self, writes: Iterable[Write]) -> None:
        """Follow what was written to the tables."""
        for write in writes:
            self._follow(write)

    def _decoded(self) -> dict[str, dict[str, Report]]:
        if self._reports is None:
            self._reports, self._stories = {}, {}
            for table, rows in self._tables.items():
                self.applied(Write(table, key, value) for key, value in rows.items())
        return self._reports

    def _follow(self, write: Write) -> None:
        partner, _, id_ = write.key.partition("/")
        if write.table == REPORTS and self._reports is not None:
            _put(self._reports.setdefault(partner, {}), id_, decode(Report, write.value) if write.value else None)
        elif write.table == STORY_ROWS:
            _put(self._stories.setdefault(partner, {}), id_, _kept.decode(write.value) if write.value else None)


def gather(report: Report, rows: PartnerRows, now: datetime) -> Effects:
    """Return the stories and alerts that a report changes, and the rows to keep."""
    partner, article = report.partner.code, report.source.article
    current = rows.reports(partner)
    earlier = current.get(article)
    if earlier and report.revision < earlier.revision:
        return Effects()  # (an equal one may have been cut short between its rows; folding it again changes nothing)
    reports = {id_: each for id_, each in {**current, article: report}.items() if each.meetings}
    before = tuple(rows.stories(partner).values())
    gathered = fold(reports, before, report, now)
    return Effects(
        (
            *(Emission(STORIES, story.id, story, _version(story), now) for story in gathered.changed),
            *(Emission(ALERTS, alert.story, alert, alert.id, now) for alert in gathered.alerts),
        ),
        (
            Write(REPORTS, f"{partner}/{article}", encode(report)),
            *(
                Write(REPORTS, f"{partner}/{id_}", None)
                for id_ in (*gathered.expired, *_old_empty(current, now))
                if id_ != article
            ),
            *_story_rows(partner, gathered.kept, before, gathered.dropped),
        ),
    )


def _old_empty(current: Mapping[str, Report], now: datetime) -> Iterable[str]:
    """Yield the articles whose withdrawal nobody needs any more: older revisions are long gone from the topic."""
    for article, report in current.items():
        if not report.meetings and report.recognised < now - WITHDRAWAL_KEPT:
            yield article


def _story_rows(partner: str, kept: Iterable[Kept], before: Iterable[Kept], dropped: Iterable[str]) -> Iterable[Write]:
    """Yield the rows that changed: writing the others again would only fill the changelog."""
    known = {each.story.id: each for each in before}
    for each in kept:
        if known.get(each.story.id) != each:
            yield Write(STORY_ROWS, f"{partner}/{each.story.id}", msgspec.json.encode(each))
    for id_ in dropped:
        if id_ in known:
            yield Write(STORY_ROWS, f"{partner}/{id_}", None)


def _version(record: Report | Story) -> str:
    """Return what a repeated message shares, and an edit does not: readers drop what they have seen by it."""
    return f"{record.id}.{record.revision}"


def _put(rows: dict[str, T], key: str, value: T | None) -> None:
    if value is None:
        rows.pop(key, None)
    else:
        rows[key] = value
