"""What recognising costs: text -> language -> tokens -> meetings, for articles about Kazakhstan and others."""

import cProfile
import pstats
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Final, NamedTuple

from streams.pipeline import Pipeline
from wire.records import Article

ROOT: Final = Path(__file__).parents[2]


class Pace(NamedTuple):
    """Articles a second on one core, each repetition's; the first is cold."""

    cold: float
    warm: tuple[float, ...]


def pace(pipeline: Pipeline, articles: Sequence[Article], repeat: int) -> Pace:
    """Return how fast articles are recognised."""
    cold, *warm = (_once(pipeline, articles) for _ in range(repeat + 1))
    return Pace(cold, tuple(warm))


def _once(pipeline: Pipeline, articles: Sequence[Article]) -> float:
    start = process_time()
    for article in articles:
        pipeline.recognise(article)
    return len(articles) / (process_time() - start)


def where(pipeline: Pipeline, articles: Sequence[Article]) -> dict[str, float]:
    """Return the share of each of our modules in recognising, warm, by a profile: what they call in C is theirs."""
    _once(pipeline, articles)
    profile = cProfile.Profile()
    profile.runcall(_once, pipeline, articles)
    spent: dict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if file == "~":
            for (caller, _, _), told in callers.items():
                spent[_module(caller)] += told[2]
        else:
            spent[_module(file)] += own
    whole = sum(spent.values())
    ordered = sorted(spent.items(), key=lambda each: -each[1])
    return {module: seconds / whole for module, seconds in ordered}


def _module(file: str) -> str:
    path = Path(file)
    return path.relative_to(ROOT).as_posix() if ROOT in path.parents and ".venv" not in path.parts else "libraries"
