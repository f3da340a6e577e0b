"""What ships in config/: compiled when a test first asks for it, and shared by all tests of a process."""

from functools import cache
from pathlib import Path

from streams.lexicon import Lexicon

CONFIG = Path(__file__).parents[1] / "config"


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon; not at a module's import, or each process of xdist compiles it before its first test."""
    return Lexicon.compile(CONFIG / "lexicon")
