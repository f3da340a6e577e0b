"""Whether every article has its verdict, and the one that it would get now.

newest revisions, rows of the verdicts' changelog, committed offsets --recompute--> Findings
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

from jarshy.history.retained import Kept
from streams import steps
from streams.pipeline import Pipeline
from streams.steps import Verdict
from wire import broker
from wire.settings import Settings
from wire.topics import ARTICLES, CHANGELOGS

Kind = Literal["same", "missing", "differs", "pending", "edited"]
KINDS: tuple[Kind, ...] = ("same", "missing", "differs", "pending", "edited")
FAULTS = frozenset({"missing", "differs"})
_verdict = msgspec.json.Decoder(Verdict)
_CHANGELOG = next(topic for topic in CHANGELOGS if f"-{steps.VERDICTS}-" in topic.name)


class Finding(NamedTuple):
    """How an article's kept verdict compares with a fresh one."""

    kind: Kind
    kept: Kept
    text: str = ""


def rows(settings: Settings) -> dict[str, bytes]:
    """Return the verdicts that the workers keep, by article; raises BrokerAway."""
    found: dict[str, bytes] = {}
    for message in broker.read_all(settings, _CHANGELOG):
        if message.value is None:
            found.pop(message.key, None)
        else:
            found[message.key] = message.value
    return found


def done(settings: Settings) -> dict[int, int]:
    """Return how far the workers have come with the articles, by partition."""
    standing = broker.Standing(settings, "streams", [ARTICLES])
    try:
        return {partition: done for (_, partition), (done, _) in standing.ask().items()}
    finally:
        standing.close()


def verify(
    pipeline: Pipeline, articles: Iterable[Kept], rows: Mapping[str, bytes], done: Mapping[int, int], now: datetime
) -> Iterator[Finding]:
    """Yield a finding for each article: its newest revision against the verdict that is kept."""
    for kept in articles:
        row = rows.get(kept.article.id)
        verdict = _verdict.decode(row) if row else None
        if verdict and verdict.revision > kept.revision:
            yield Finding("edited", kept, "a later revision was judged")
        elif verdict and verdict.revision == kept.revision:
            yield _compared(pipeline, kept, verdict, now)
        elif kept.revision >= done.get(kept.partition, 0):
            yield Finding("pending", kept, "no worker has come to it yet")
        else:
            yield Finding("missing", kept, "it was read, and there is no verdict" if not verdict else _older(verdict))


def _older(verdict: Verdict) -> str:
    return f"only its revision {verdict.revision} has a verdict"


def _compared(pipeline: Pipeline, kept: Kept, verdict: Verdict, now: datetime) -> Finding:
    (write,) = steps.recognise(pipeline, kept.article, kept.revision, {}, now).write
    assert write.value is not None
    fresh = _verdict.decode(write.value)
    differing = [name for name in ("partners", "refused") if getattr(fresh, name) != getattr(verdict, name)]
    if not differing:
        return Finding("same", kept)
    text = "; ".join(f"{name} {_said(verdict, name)}, now {_said(fresh, name)}" for name in differing)
    return Finding("differs", kept, text)


def _said(verdict: Verdict, name: str) -> str:
    return ", ".join(getattr(verdict, name)) or "none"
