"""What is wrong with somebody's file, where it stands, and what to do about it."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from wire.files import syntax

Path_ = tuple[str | int, ...]


class Problem(NamedTuple):
    """A fault in somebody's file: where, what, and what to do about it."""

    file: str
    line: int
    column: int
    what: str
    mend: str = ""

    def __str__(self) -> str:
        mend = f" ({self.mend})" if self.mend else ""
        return f"{self.file}:{self.line}:{self.column}: {self.what}{mend}"


class Problems(ValueError):
    """A file or a set of files cannot be used; `problems` holds every fault found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Document(NamedTuple):
    """A read file: its plain value, and where each part of it stands."""

    file: str
    value: Any
    marks: Mapping[Path_, tuple[int, int]]

    def problem(self, path: Path_, what: str, mend: str = "") -> Problem:
        """Return a Problem at `path`, or at its nearest part that stands in the file."""
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return Problem(self.file, line, column, what, mend)


def suggest(word: str, known: Iterable[str]) -> str:
    """Return `did you mean ...?` when a known word is near, else the known words."""
    words = [str(each) for each in known]
    near = difflib.get_close_matches(word, words, 1)
    if near:
        strange = syntax.strange_letter(word) if near[0].isascii() else ""
        return f"did you mean {near[0]!r}?{strange and f' {strange}'}"
    return f"one of: {', '.join(words)}" if 0 < len(words) <= 12 else ""
