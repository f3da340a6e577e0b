"""Figures for people (tables) and for programs (JSON)."""

import json
from statistics import median

import click
from rich.console import Console
from rich.table import Table

from benchmarks.match.figures import Figures, Recognising, ratios

MOST_TIMES_TEN, LEAST_OF_BARE, MOST_MEGABYTES = 1.5, 0.35, 600
AIM = {True: 300, False: 1_500}
SHOWN = 8


def table(figures: Figures) -> None:
    """Print the figures and whether they reach what they should."""
    console = Console()
    if not console.is_terminal:
        console.width = 140
    console.print(_judging(figures), _stages(figures), *map(_recognising, figures.recognising))
    for line in _reached(figures):
        console.print(line, highlight=False)


def _titled(title: str) -> Table:
    return Table(title=title, title_justify="left", min_width=min(len(title), 120))


def _judging(figures: Figures) -> Table:
    made = Table(
        title=f"Tokens, topics and judged rules of {figures.articles} articles, one core", title_justify="left"
    )
    for heading in ("rules", "load s", "topics", "wanted", "cold /s", "of bare", "x 10 rules"):
        made.add_column(heading, justify="right")
    for heading in ("warm /s", "of bare", "x 10 rules"):
        made.add_column(heading, justify="right")
    for size, each in figures.sized.items():
        cells = [f"{size:,}", f"{each.seconds:.1f}", f"{each.topics:.1f}", f"{each.wanted:.1f}"]
        for warm in (False, True):
            found = ratios(figures, size, warm=warm)
            cells += [f"{found.a_second:,.0f}", f"{found.of_bare:.2f}", f"{found.times_ten:.2f}"]
        made.add_row(*cells)
    bare = [f"{1e6 / median(each):,.0f}" for each in (figures.bare.cold, figures.bare.warm)]
    made.add_row("bare scan", "", "", "", bare[0], "1.00", "", bare[1], "1.00", "")
    return made


def _stages(figures: Figures) -> Table:
    made = _titled(f"Where the time goes with {max(figures.sized):,} rules, warm")
    for heading in ("stage", "us an article", "share"):
        made.add_column(heading, justify="left" if heading == "stage" else "right")
    whole = sum(figures.stages.values())
    for stage, spent in figures.stages.items():
        made.add_row(stage, f"{spent:.0f}", f"{spent / whole:.0%}")
    return made


def _recognising(each: Recognising) -> Table:
    about = "about Kazakhstan" if each.ours else "about others"
    title = (
        f"Recognising articles {about}, {each.letters:,.0f} letters, {each.kilobytes:.1f} KB: "
        f"cold {each.pace.cold:,.0f}/s, warm {median(each.pace.warm):,.0f}/s"
    )
    made = _titled(title)
    made.add_column("where")
    made.add_column("share", justify="right")
    for module, share in list(each.where.items())[:SHOWN]:
        made.add_row(module, f"{share:.0%}")
    return made


def _reached(figures: Figures) -> list[str]:
    largest = ratios(figures, max(figures.sized), warm=True)
    told = [
        (largest.times_ten <= MOST_TIMES_TEN, f"10,000 rules cost {largest.times_ten:.2f} times 10 (at most 1.5)"),
        (largest.of_bare >= LEAST_OF_BARE, f"{largest.of_bare:.2f} of the bare scan, warm (at least 0.35)"),
        (figures.peak.judging < MOST_MEGABYTES, f"peak {figures.peak.judging:.0f} MB (under 600)"),
        (figures.peak.reloading < MOST_MEGABYTES, f"peak while reloading {figures.peak.reloading:.0f} MB (under 600)"),
    ]
    for each in figures.recognising:
        warm, aim = median(each.pace.warm), AIM[each.ours]
        about = "about Kazakhstan" if each.ours else "about others"
        told.append((warm >= aim, f"recognition {about}: {warm:,.0f} articles a second (aim {aim:,})"))
    return [f"{'reached' if good else 'NOT reached'}: {text}" for good, text in told]


def as_json(figures: Figures) -> None:
    """Print the figures as one JSON object."""
    sizes = {
        size: {
            "load_seconds": each.seconds, "topics": each.topics, "wanted": each.wanted,
            "cold": ratios(figures, size, warm=False)._asdict(), "warm": ratios(figures, size, warm=True)._asdict(),
        }
        for size, each in figures.sized.items()
    }  # fmt: skip
    recognising = {
        "kazakhstan" if each.ours else "others": {
            "letters": each.letters, "kilobytes": each.kilobytes, "cold_a_second": each.pace.cold,
            "warm_a_second": median(each.pace.warm), "where": dict(each.where),
        }
        for each in figures.recognising
    }  # fmt: skip
    bare = {"cold_a_second": 1e6 / median(figures.bare.cold), "warm_a_second": 1e6 / median(figures.bare.warm)}
    whole = {
        "articles": figures.articles, "bare": bare, "rules": sizes, "stages_us": dict(figures.stages),
        "peak_mb": figures.peak._asdict(), "recognition": recognising,
    }  # fmt: skip
    click.echo(json.dumps(whole, indent=1))
