"""Meetings and stories anew from retained articles, in one process, through the very steps that the workers take.

articles --recognise--> Reports --gather--> Stories, Alerts: as Effects, with the rows kept in memory
"""

from collections.abc import Iterable, Iterator

import msgspec

from jarshy.history.retained import Kept
from streams import steps
from streams.pipeline import Pipeline
from streams.steps import Emission, PartnerRows, Write
from wire.records import Origin, Report
from wire.topics import ALERTS, MEETINGS, STORIES, Topic

WRITTEN: tuple[Topic, ...] = (MEETINGS, STORIES, ALERTS)
"""The topics that a replay fills, under a prefix of its own."""


class Replay:
    """One replay's tables; `live` keeps the articles' own origins, so that its alerts may be told."""

    def __init__(self, pipeline: Pipeline, *, live: bool = False) -> None:
        self._pipeline, self._live = pipeline, live
        self._tables: dict[str, dict[str, bytes]] = {steps.VERDICTS: {}, steps.REPORTS: {}, steps.STORY_ROWS: {}}
        self._rows = PartnerRows(self._tables[steps.REPORTS], self._tables[steps.STORY_ROWS])

    def take(self, kept: Kept) -> Iterator[Emission]:
        """Yield what a worker would publish for this revision of an article at the time when it came."""
        article = kept.article if self._live else msgspec.structs.replace(kept.article, origin=Origin.REPLAY)
        recognised = steps.recognise(self._pipeline, article, kept.revision, self._tables[steps.VERDICTS], kept.at)
        self._keep(recognised.write)
        for emission in recognised.emit:
            yield emission
            if isinstance(emission.record, Report):
                gathered = steps.gather(emission.record, self._rows, kept.at)
                self._keep(gathered.write)
                yield from gathered.emit

    def _keep(self, writes: Iterable[Write]) -> None:
        for write in writes:
            table = self._tables[write.table]
            if write.value is None:
                table.pop(write.key, None)
            else:
                table[write.key] = write.value
        self._rows.applied(writes)
