"""A partner's rows in memory: what the streams' tables hold, for evaluation, backtests and tests.

rows + report -> Gathered -> rows
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from streams.stories.gather import Gathered, gather
from streams.stories.inherit import Kept
from wire.records import Report


class Rows(NamedTuple):
    """One partner's current reports by article, and its stories by id."""

    reports: Mapping[str, Report] = {}
    stories: Mapping[str, Kept] = {}


def follow(rows: Rows, report: Report, now: datetime) -> tuple[Rows, Gathered]:
    """Return the rows after a report, and what it changed; an empty report withdraws its article's."""
    article = report.source.article
    reports = {id: each for id, each in rows.reports.items() if id != article}
    if report.meetings:
        reports[article] = report
    gathered = gather(reports, tuple(rows.stories.values()), report, now)
    for gone in gathered.expired:
        reports.pop(gone, None)
    return Rows(reports, {kept.story.id: kept for kept in gathered.kept}), gathered
