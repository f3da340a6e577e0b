"""Peak memory of a process that loads a set of rules and judges articles by them, and of one that loads it twice."""

import resource
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.match.measure import judging
from benchmarks.match.setting import Told, loaded
from streams.lexicon import Lexicon


class Peak(NamedTuple):
    """The most memory a process had, in MB."""

    judging: float
    reloading: float  # while a changed set is compiled and the old one still judges


def peak(config: Path, told: Sequence[Told]) -> Peak:
    """Load a folder's rules, judge articles, load them again."""
    lexicon = Lexicon.compile(config / "lexicon")
    rules = loaded(config, lexicon).rules
    judging(rules)(told)
    before = _megabytes()
    again = loaded(config, lexicon).rules
    judging(again)(told)
    return Peak(before, _megabytes())


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
