"""A run as a table: faults by kind, what was expected, lost, doubled, repeated, the longest stall."""

from rich.console import Console
from rich.table import Table

from tests.chaos.suite import Verdict

MOST_SHOWN = 10


def show(verdict: Verdict, console: Console) -> None:
    """Print the run."""
    plan, course = verdict.plan, verdict.course
    name = "Apache Kafka" if verdict.engine == "apache" else "embedded broker"
    console.print()
    console.print(_faults(verdict, f"{name}: faults injected (seed {plan.seed})"))
    console.print(_things(verdict, f"{name}: {course.sent:,} articles and edits, {course.done:,} done"))
    console.print(
        f"longest stall {course.longest_stall:.1f} s (after {course.stalled_at:,} articles; no fault held), "
        f"run {course.seconds:.0f} s, with reading back {verdict.seconds:.0f} s"
    )
    if course.given_up:
        console.print("[red]given up: the group made no progress any more[/]")
    console.print("[green]nothing lost, nothing doubled[/]" if verdict.kept else "[red]the promise was not kept[/]")
    for line in findings(verdict):
        console.print(f"  {line}", highlight=False, markup=False)


def findings(verdict: Verdict) -> list[str]:
    """Return a line for each thing lost or doubled, some of each sort."""
    return [
        f"{word}: {tally.what}: {finding.id}: {finding.why}"
        for tally in verdict.tallies
        for word, found in (("lost", tally.lost), ("doubled", tally.doubled))
        for finding in found[:MOST_SHOWN]
    ]


def _faults(verdict: Verdict, title: str) -> Table:
    table = Table(title=title, title_justify="left", min_width=72)
    table.add_column("fault")
    table.add_column("times", justify="right")
    for kind, times in sorted(verdict.course.faults.items(), key=lambda pair: -pair[1]):
        table.add_row(kind.value, str(times))
    for how, times in sorted(verdict.course.endings.items()):
        table.add_row(f"(worker {how} by itself, and was started again)", str(times), style="dim")
    return table


def _things(verdict: Verdict, title: str) -> Table:
    table = Table(title=title, title_justify="left", min_width=72)
    table.add_column("what")
    for column in ("expected", "lost", "doubled", "repeated"):
        table.add_column(column, justify="right")
    for tally in verdict.tallies:
        red = "red" if tally.lost or tally.doubled else None
        numbers = (tally.expected, len(tally.lost), len(tally.doubled), tally.repeated)
        table.add_row(tally.what, *(f"{number:,}" for number in numbers), style=red)
    return table
