"""`jarshy rules`: what an analyst needs to write rules: check, test, explain, a first file, a schema for editors."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from jarshy.cli import Lazy, compiled, explained, shown, texts
from streams.languages import LANGUAGES, Code
from streams.rules.judge import explain as explain_rule
from streams.rules.judge import sight
from streams.rules.known import known
from streams.rules.ruleset import Rule, RuleSet
from streams.rules.schema import schema_text
from streams.rules.starter import STARTER
from streams.rules.trials import Outcome, run_tests
from wire.files import Problems, suggest

DAY = click.DateTime(["%Y-%m-%d"])


class _Rules(Lazy):
    later: Mapping[str, str] = {"backtest": "history", "quiet": "history"}  # they read Kafka


@click.group(cls=_Rules)
def rules() -> None:
    """Check, test and explain the rules of config/rules."""


@rules.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Show every fault of the rule files at once, or of FILES alone; status 1 when there is one.

    A line is file:line:column: what is wrong (what to do).
    """
    config = compiled.folder()
    try:
        checked, problems = compiled.rules(config, files or None)
    except Problems as faults:  # of the lexicon, which rules are checked against
        checked, problems = None, faults.problems
    if checked is None:
        number = shown.problems(shown.console(), problems)
        raise click.ClickException(f"{shown.counted(number, 'problem')}; the rules in force stay until they are mended")
    click.echo(
        f"all is well: {shown.counted(len(checked.rules), 'rule')}, "
        f"{shown.counted(len(checked.blocks.asking), 'topic')}, "
        f"{shown.counted(len(checked.tests), 'test')}"
    )
    _say_untested(checked.rules)


@rules.command()
@click.option("--rule", "ids", multiple=True, metavar="ID", help="Only this rule's tests; may be given again.")
def test(ids: tuple[str, ...]) -> None:
    """Run the tests: of the rule files through the recogniser that reads articles; status 1 when one fails."""
    pipeline = compiled.pipeline(compiled.folder())
    wanted = [_rule(pipeline.rules, id) for id in ids] or pipeline.rules.rules
    total = sum(len(rule.tests) for rule in wanted)
    running = run_tests(pipeline.rules, texts.recogniser(pipeline), {rule.id for rule in wanted})
    failed = [each for each in compiled.progress("testing", running, total) if not each.passed]
    if failed:
        shown.console().print(shown.table("", ("rule", "where", "test", "what happened"), map(_failure, failed)))
        raise click.ClickException(f"{len(failed)} of {shown.counted(total, 'test')} failed")
    click.echo(f"all is well: {shown.counted(total, 'test')} of {shown.counted(len(wanted), 'rule')}")
    _say_untested(wanted)


def _say_untested(rules: Sequence[Rule]) -> None:
    if untested := [rule.id for rule in rules if not rule.tests]:
        click.echo(f"without a test, so nobody knows what they do: {shown.cut(', '.join(untested))}", err=True)


def _failure(outcome: Outcome) -> tuple[str, ...]:
    trial = outcome.trial
    expected = "match" if trial.match else "no-match"
    return trial.rule, f"{Path(trial.file).name}:{trial.line}", f"{expected}: {shown.cut(trial.text)}", outcome.told


def _rule(rules: RuleSet, id: str) -> Rule:
    rule = rules.rule(id)
    if rule is None:
        mend = suggest(id, [rule.id for rule in rules.rules])
        raise click.ClickException(f"there is no rule {id!r}{f': {mend}' if mend else ''}")
    return rule


@rules.command()
@click.argument("source", metavar="FILE|URL|TEXT|-")
@click.option("--rule", "ids", multiple=True, metavar="ID", help="Only this rule, with all its lines.")
@click.option("--at", type=DAY, metavar="DATE", help="The day of publication, 2024-08-08; else the text's dateline.")
@click.option("--lang", type=click.Choice([*LANGUAGES]), help="The feed's word on the language.")
@click.option("--allow-private", is_flag=True, help="URL may be in this network, as a feed's allow_private says.")
def explain(source: str, ids: tuple[str, ...], at: datetime | None, lang: Code | None, *, allow_private: bool) -> None:
    """Show what a text says and which rules want it, and why not.

    The text is FILE's, that of the article at URL, TEXT itself, or standard input (-); of several lines a short
    first one is the title. URL is fetched as a feed's pages are: by its site's robots.txt, guarded, within seconds.
    """
    if texts.is_address(source):
        from jarshy.cli import pages  # asks for collectors, which nobody else here needs

        with compiled.waiting(f"fetching {source}"):
            text = pages.text(source, lang or "", allow_private=allow_private)
    else:
        text = texts.given(source)
    pipeline = compiled.pipeline(compiled.folder())
    wanted = [_rule(pipeline.rules, id) for id in ids] or pipeline.rules.rules
    article = texts.article(text, at.date() if at else None, lang)
    read = pipeline.recognise(article)
    judged: list[explained.Judged] = []
    if read.text is not None:
        sighted = sight(pipeline.rules, read.text, len(article.title))
        judged = [
            explained.Judged(meeting, tuple(explain_rule(pipeline.rules, rule, meeting, sighted) for rule in wanted))
            for meeting in read.recognition.meetings
        ]
    explained.show(shown.console(), article, read, judged, in_full=bool(ids))


@rules.command()
def new() -> None:
    """Print a rule file to start from, with a comment on every line."""
    click.echo(STARTER, nl=False)


@rules.command()
def schema() -> None:
    """Print the JSON Schema by which editors complete and check rule files."""
    config = compiled.folder()
    knows = known(compiled.lexicon(config), config)
    click.echo(schema_text(knows.names, sorted(knows.desks or ())), nl=False)
