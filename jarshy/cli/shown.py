"""How commands show things: Problems line by line, tables, a figure; long lines stay whole where nobody watches."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wire.files import Problem

WIDE = 200  # columns of a table that goes to a file or a pipe


def console(*, stderr: bool = False) -> Console:
    """Return a console that shows texts as they are: no markup, no guessed colours."""
    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not made.is_terminal:
        made.width = WIDE
    return made


def problems(to: Console, found: Iterable[Problem]) -> int:
    """Show every problem as file:line:column: what (mend), and return how many there are."""
    listed = list(found)
    for problem in listed:
        where = (f"{problem.file}:{problem.line}:{problem.column}: ", "bold")
        mend = (f" ({problem.mend})" if problem.mend else "", "cyan")
        to.print(Text.assemble(where, (problem.what, "red"), mend), soft_wrap=True)
    return len(listed)


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> Table:
    """Return a table; texts in it are never markup."""
    made = Table(title=Text(title) if title else None, title_justify="left")
    for heading in headings:
        made.add_column(Text(heading), overflow="fold")
    for row in rows:
        made.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    return made


def counted(number: int, noun: str) -> str:
    """Return `1 rule`, `2 rules`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def cut(text: str, most: int = 100) -> str:
    """Return a text as one line of at most `most` letters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
