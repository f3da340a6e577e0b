"""What a run should have come to, by the pure steps alone, in one process that nobody disturbs.

articles --recognise--> reports, verdicts ;  reports --gather--> stories, alerts, rows
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from streams import steps
from streams.pipeline import Pipeline
from streams.stories import Kept
from wire.broker import Message
from wire.records import Alert, Article, Report, Story, decode

Told = tuple[str, int]
"""A report by its id and revision."""


class Tables:
    """The streams' tables as plain mappings: what a step wants written is written, as the app does."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, bytes]] = {steps.VERDICTS: {}, steps.REPORTS: {}, steps.STORY_ROWS: {}}
        self.partners = steps.PartnerRows(self.rows[steps.REPORTS], self.rows[steps.STORY_ROWS])

    def carry_out(self, effects: steps.Effects) -> None:
        """Write the rows."""
        for write in effects.write:
            if write.value is None:
                self.rows[write.table].pop(write.key, None)
            else:
                self.rows[write.table][write.key] = write.value
        self.partners.applied(effects.write)


class Recognised(NamedTuple):
    """What the articles tell: every report in the order of the articles, and the verdict on each article."""

    reports: list[Report]
    verdicts: dict[str, steps.Verdict]


class Gathered(NamedTuple):
    """What reports come to: the last of each story, every alert, the rows kept."""

    stories: dict[str, Story]
    alerts: dict[str, Alert]
    reports: dict[str, Report]
    kept: dict[str, Kept]


def recognised(pipeline: Pipeline, articles: Iterable[Message]) -> Recognised:
    """Read the articles, in the order of each partition."""
    tables, reports = Tables(), []
    for message in articles:
        article = decode(Article, message.value)
        effects = steps.recognise(pipeline, article, message.offset, tables.rows[steps.VERDICTS], datetime.now(UTC))
        tables.carry_out(effects)
        reports += [each.record for each in effects.emit if isinstance(each.record, Report)]
    verdicts = {id: decoded_verdict(row) for id, row in tables.rows[steps.VERDICTS].items()}
    return Recognised(reports, verdicts)


def gathered(reports: Iterable[tuple[Report, datetime]]) -> Gathered:
    """Gather the reports, each at its time, in the order of each partner."""
    tables = Tables()
    stories: dict[str, Story] = {}
    alerts: dict[str, Alert] = {}
    for report, now in reports:
        effects = steps.gather(report, tables.partners, now)
        tables.carry_out(effects)
        for each in effects.emit:
            if isinstance(each.record, Alert):
                alerts[each.id] = each.record
            elif isinstance(each.record, Story):
                stories[each.record.id] = each.record
    rows = tables.rows
    return Gathered(
        stories,
        alerts,
        {key: decode(Report, row) for key, row in rows[steps.REPORTS].items()},
        {key: decoded_kept(row) for key, row in rows[steps.STORY_ROWS].items()},
    )


encoded = msgspec.json.encode
decoded_verdict = msgspec.json.Decoder(steps.Verdict).decode
decoded_kept = msgspec.json.Decoder(Kept).decode
