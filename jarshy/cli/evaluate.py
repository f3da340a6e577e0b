"""`jarshy evaluate`: how well the languages, the meetings and the stories are read, against gold.

file --read--> gold --the code that reads articles--> figures: a table, or one JSON object on standard output
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from jarshy.cli import compiled, shown
from jarshy.gold import labelled, read_files
from streams.lexicon import forms as language_forms
from streams.meetings import evaluate as meeting_gold
from streams.meetings.gold import GoldArticle
from streams.stories import evaluate as story_gold
from streams.stories.firsts import Fault

FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
JSON = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object on standard output, the rest on the other."
)
HEADINGS: Final = ("precision", "recall", "f1", "meeting_f1", *meeting_gold.FIELDS)
STORY_FIGURES: Final = (
    "stories", "events", "bcubed_precision", "bcubed_recall", "bcubed_f1", "first_alerts_per_event",
    "events_with_one_first", "first_alerts_of_negatives",
)  # fmt: skip


@click.group()
def evaluate() -> None:
    """Measure forms, meetings and stories against files with the right answers."""


@evaluate.command()
@click.argument("file", type=FILE)
@JSON
@click.option("--errors", is_flag=True, help="Also every form missed and every word that matched wrongly.")
def forms(file: Path, as_json: bool, errors: bool) -> None:
    """Look up the inflected forms of FILE (JSON: classes of lemmas and forms, words that must not match)."""
    try:
        with compiled.waiting("looking forms up"):
            figures = language_forms.evaluate(file.read_bytes())
    except (msgspec.MsgspecError, ValueError) as error:
        raise click.ClickException(f"{file} is no evaluation file of forms: {error}") from error
    if as_json:
        _print_json({code: each.row() for code, each in figures.items()})
    else:
        rows = [
            (code, str(each.forms), _share(each.recall), str(each.false), str(each.words), _share(_of(each)))
            for code, each in figures.items()
        ]
        headings = ("language", "forms", "recall", "false", "words", "false share")
        shown.console().print(shown.table("", headings, rows))
    for code, each in figures.items() if errors else ():
        missed = [(code, "missed", form, name) for name, form in each.missed]
        wrong = [(code, "false", word, ", ".join(found)) for word, found in each.wrong]
        _print_errors(as_json, ("language", "what", "form", "class"), [*missed, *wrong])


def _of(figures: language_forms.Figures) -> float:
    return figures.false / figures.words if figures.words else 0.0


@evaluate.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@JSON
@click.option("--errors", is_flag=True, help="Also each miss, with the explanation.")
def meetings(files: tuple[Path, ...], as_json: bool, errors: bool) -> None:
    """Recognise the articles of FILES (JSON lines) and set what was found against their meetings."""
    gold = _gold(files)
    pipeline = compiled.pipeline(compiled.folder())
    judged = meeting_gold.judge(
        compiled.progress("reading", gold, len(gold)),
        lambda article: pipeline.recognise(article).recognition,
        pipeline.lexicon,
    )
    figures = msgspec.to_builtins(meeting_gold.figures(judged))
    if as_json:
        _print_json(figures)
    else:
        rows = [
            (code, str(each["articles"]), *(_share(each[name]) for name in HEADINGS)) for code, each in figures.items()
        ]
        shown.console().print(shown.table("", ("language", "articles", *HEADINGS), rows))
    if errors:
        _print_errors(as_json, ("article", "what", "gold", "found", "why"), list(meeting_gold.misses(judged)))


@evaluate.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@JSON
@click.option("--errors", is_flag=True, help="Also what went wrong: events split, mixed, told never or twice, and why.")
def stories(files: tuple[Path, ...], as_json: bool, errors: bool) -> None:
    """Take the articles of FILES (JSON lines) to stories in order of publication, and set those against the events."""
    gold = _gold(files)
    pipeline = compiled.pipeline(compiled.folder())
    articles = list(compiled.progress("reading", labelled(gold, pipeline), len(gold)))
    with compiled.waiting("telling stories"):
        score = story_gold.score(articles)
    figures = {name: _rounded(getattr(score, name)) for name in STORY_FIGURES}
    if as_json:
        _print_json(figures)
    else:
        rows = [(name.replace("_", " "), str(figure)) for name, figure in figures.items()]
        shown.console().print(shown.table("", ("figure", ""), rows))
    if errors:
        _print_errors(as_json, ("what", "event or story", "articles", "why"), _story_errors(score))


def _story_errors(score: story_gold.Score) -> list[tuple[str, str, str, str]]:
    odd = [("split", each) for each in score.split] + [("mixed", each) for each in score.mixed]
    rows = [(what, each.name, " | ".join(" ".join(part) for part in each.parts), "") for what, each in odd]
    rows += [(_often(each), each.event, " ".join(each.firsts), _because(each)) for each in score.faults]
    rows += [("missed", article, "", "no meeting was recognised") for article in score.missed]
    return [*rows, *(("alarm", article, "", "a negative raised a first alert") for article in score.alarms)]


def _often(fault: Fault) -> str:
    return f"{len(fault.firsts)} first, not {fault.expected}" if fault.firsts else "no first"


def _because(fault: Fault) -> str:
    return "\n".join(f"{why.code}: {why.text}" for why in fault.why)


def _gold(files: Sequence[Path]) -> list[GoldArticle]:
    try:
        return read_files(files)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def _print_json(value: Mapping[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


def _print_errors(aside: bool, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Show what went wrong; `aside` on standard error, since JSON has the other."""
    to = shown.console(stderr=aside)
    to.print(shown.table("", headings, rows) if rows else "no errors")


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _rounded(value: float | int) -> float | int:
    return round(value, 4) if isinstance(value, float) else value
