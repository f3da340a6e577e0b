"""`jarshy rules backtest|quiet`, `jarshy replay`, `jarshy verify`: the retained articles through the pure pipeline."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
import msgspec
from rich.text import Text

from jarshy.cli import compiled, shown
from jarshy.cli.times import MOMENT
from jarshy.history import backtest as backtests
from jarshy.history import quiet as quiets
from jarshy.history import retained
from jarshy.history import verify as verifying
from jarshy.history.backtest import Change, Match
from jarshy.history.replay import WRITTEN, Replay
from jarshy.history.retained import Kept, Span
from jarshy.newsroom.folder import CannotServe
from streams.pipeline import Pipeline
from streams.rules.finder import finder
from streams.rules.known import known
from streams.rules.load import load_rules
from streams.steps import Emission
from wire import broker, settings
from wire.records import Alert, Article, Origin
from wire.settings import Settings
from wire.topics import ALERTS, ARTICLES, named

FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
UNACKNOWLEDGED: Final = 500


@click.command()
@click.option("--since", type=MOMENT, default="7d", show_default=True, help="From when on: 7d, 12h, 2026-11-08.")
@click.option("--against", type=FOLDER, help="A folder of older rules (or one that holds rules/): show what changed.")
@click.option("--rule", "ids", multiple=True, metavar="ID", help="Only this rule; may be given again.")
def backtest(since: datetime, against: Path | None, ids: tuple[str, ...]) -> None:
    """Say what the rules would have matched in the retained articles; with --against, what they gain and lose.

    An edited article counts once, as it stood last. Nothing is published.
    """
    ours = settings.read()
    pipeline = compiled.pipeline(compiled.folder())
    older = _older(pipeline, compiled.folder(), against) if against else None
    span = Span(since=since)
    kept = retained.newest(_reading(ours, span))
    articles = compiled.progress("judging", (each.article for each in kept), len(kept))
    if older:
        changed = [each for found in backtests.changes(pipeline, older, articles) for each in found]
        _show_changes([each for each in changed if not ids or each.match.rule in ids], len(kept))
    else:
        matched = [each for found in backtests.matches(pipeline, articles) for each in found]
        _show_matches([each for each in matched if not ids or each.rule in ids], len(kept))


def _older(pipeline: Pipeline, config: Path, against: Path) -> Pipeline:
    """Return the pipeline of an older folder of rules, with the lexicon and topics of today."""
    folder = against / "rules" if (against / "rules").is_dir() else against
    files = sorted(path for kind in ("*.yaml", "*.yml") for path in folder.glob(kind))
    if not files:
        raise click.ClickException(f"{against} holds no rule file: name a folder of rules, or one with rules/ in it")
    return Pipeline(pipeline.lexicon, load_rules(config, known(pipeline.lexicon, config), finder, files))


def _reading(ours: Settings, span: Span) -> Iterator[Kept | None]:
    return compiled.progress("reading", retained.articles(ours, span), retained.total(ours, span))


def _show_matches(matches: Sequence[Match], read: int) -> None:
    rows = [(*_where(match), match.rule, match.why) for match in matches]
    if rows:
        shown.console().print(shown.table("", ("published", "headline", "meeting", "rule", "why"), rows))
        counts = sorted(Counter(match.rule for match in matches).items(), key=lambda each: (-each[1], each[0]))
        shown.console().print(shown.table("", ("rule", "matches"), [(rule, str(count)) for rule, count in counts]))
    articles = len({match.article.id for match in matches})
    click.echo(
        f"{shown.counted(read, 'article')} read: {_matched(len(matches))} in {shown.counted(articles, 'article')}"
    )


def _matched(number: int) -> str:
    return f"{number} match{'' if number == 1 else 'es'}"


def _show_changes(changes: Sequence[Change], read: int) -> None:
    rows = [(_sign(each.gained), *_where(each.match), each.match.rule, each.match.why) for each in changes]
    if rows:
        shown.console().print(shown.table("", ("", "published", "headline", "meeting", "rule", "why"), rows))
    gained = sum(each.gained for each in changes)
    click.echo(f"{shown.counted(read, 'article')} read: +{gained} / -{len(changes) - gained}")


def _sign(gained: bool) -> Text:
    return Text("+", style="bold green") if gained else Text("-", style="bold red")


def _where(match: Match) -> tuple[str, str, str]:
    meeting = match.meeting
    day = match.article.published or match.article.seen
    what = f"{meeting.partner.code} {meeting.form.value} {meeting.status.value}"
    return f"{day:%Y-%m-%d}", shown.cut(match.article.title, 80), what


@click.command()
@click.argument("source", metavar="DIR|TOPIC")
@click.option("--allow", type=FILE, help="A YAML file of alerts that are allowed, each with its reason.")
@click.option("--since", type=MOMENT, default="7d", show_default=True, help="Of a topic: from when on.")
def quiet(source: str, allow: Path | None, since: datetime) -> None:
    """Run the rules over texts that must not alert; status 1 and the list when one does.

    DIR holds *.txt, and *.jsonl in the form of the evaluation data (articles that report a meeting are left out);
    its file allowed.yaml is read unless --allow names another. TOPIC is the articles' topic.
    """
    pipeline = compiled.pipeline(compiled.folder())
    beside = Path(source) / "allowed.yaml"
    pardons = quiets.allowed(allow or beside) if allow or beside.is_file() else quiets.Pardons()
    articles = _quiet_articles(source, since)
    reading = compiled.progress("judging", articles, len(articles))
    found = list(quiets.noise(backtests.matches(pipeline, reading), pardons))
    noise = [match for match, pardon in found if pardon is None]
    used = [pardon for _, pardon in found if pardon is not None]
    idle = pardons.idle(used) if Path(source).is_dir() else []
    shown.problems(shown.console(), idle)
    if noise:
        rows = [(match.article.id, *_where(match)[1:], match.rule, match.why) for match in noise]
        shown.console().print(shown.table("", ("article", "headline", "meeting", "rule", "why"), rows))
    if noise or idle:
        raise click.ClickException(
            f"{_matched(len(noise))} in {shown.counted(len(articles), 'text')} that must be quiet"
        )
    click.echo(f"quiet: {shown.counted(len(articles), 'text')}, {shown.counted(len(set(used)), 'alert')} allowed")


def _quiet_articles(source: str, since: datetime) -> Sequence[Article]:
    if Path(source).is_dir():
        try:
            return quiets.articles(Path(source))
        except (CannotServe, ValueError) as error:
            raise click.ClickException(str(error)) from error
    ours = settings.read()
    if source not in (ARTICLES.name, named(ARTICLES, ours.prefix)):
        raise click.ClickException(f"{source} is neither a folder nor the topic {named(ARTICLES, ours.prefix)}")
    return [each.article for each in retained.newest(_reading(ours, Span(since=since)))]


FROM = click.option("--from", "since", type=MOMENT, required=True, help="From when on: 7d, 12h, 2026-11-08.")
TO = click.option("--to", "until", type=MOMENT, help="Until when; else until now.")


@click.command()
@FROM
@TO
@click.option("--into", metavar="NAME", help="The replay's topics are PREFIX.NAME.*; else replay-DATE-TIME.")
@click.option(
    "--tell", is_flag=True, help="Give its alerts to the desks, which hear only what they have not yet heard."
)
def replay(since: datetime, until: datetime | None, into: str | None, tell: bool) -> None:
    """Rebuild meetings and stories from the retained articles, into topics of their own.

    Nobody is alerted unless --tell is given.
    """
    ours = settings.read()
    pipeline = compiled.pipeline(compiled.folder())
    name = into or f"replay-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    theirs = msgspec.structs.replace(ours, prefix=f"{ours.prefix}.{name}")
    broker.create(theirs, WRITTEN)
    publisher = broker.Publisher(theirs, "replay")
    try:
        tables = Replay(pipeline, live=tell)
        emitted = (each for kept in _reading(ours, Span(since, until)) if kept for each in tables.take(kept))
        counts, alerts = _publish(publisher, emitted)
    finally:
        publisher.close()
    for topic in WRITTEN:
        click.echo(f"{named(topic, theirs.prefix)}: {counts[topic.name]} published")
    if tell:
        _tell(ours, [alert for alert in alerts if alert.origin is Origin.LIVE])


def _publish(publisher: broker.Publisher, emitted: Iterable[Emission]) -> tuple[Counter[str], list[Alert]]:
    counts: Counter[str] = Counter()
    alerts, pending = [], []
    for each in emitted:
        pending.append(publisher.send_record(each.topic, each.key, each.record, id=each.id, time=each.time))
        counts[each.topic.name] += 1
        if isinstance(each.record, Alert):
            alerts.append(each.record)
        if len(pending) >= UNACKNOWLEDGED:
            publisher.wait(pending)
            pending.clear()
    publisher.wait(pending)
    return counts, alerts


def _tell(ours: Settings, alerts: Sequence[Alert]) -> None:
    publisher = broker.Publisher(ours, "replay")
    try:
        publisher.wait([publisher.send_record(ALERTS, a.story, a, id=a.id, time=a.times.told) for a in alerts])
    finally:
        publisher.close()
    click.echo(f"{shown.counted(len(alerts), 'alert')} given to {named(ALERTS, ours.prefix)}")


@click.command()
@FROM
@TO
def verify(since: datetime, until: datetime | None) -> None:
    """Recompute the verdicts of a stretch; status 1 when an article has none, or another than it would get now.

    What the workers have not come to yet is counted as pending.
    """
    ours = settings.read()
    pipeline = compiled.pipeline(compiled.folder())
    done = verifying.done(ours)
    kept = retained.newest(_reading(ours, Span(since, until)))
    with compiled.waiting("reading the verdicts"):
        rows = verifying.rows(ours)
    articles = compiled.progress("verifying", kept, len(kept))
    findings = list(verifying.verify(pipeline, articles, rows, done, datetime.now(UTC)))
    faults = [each for each in findings if each.kind in verifying.FAULTS]
    if faults:
        table = [
            (each.kind, each.kept.article.id, shown.cut(each.kept.article.title, 80), each.text) for each in faults
        ]
        shown.console().print(shown.table("", ("what", "article", "headline", "why"), table))
    counts = Counter(each.kind for each in findings)
    told = ", ".join(f"{counts[kind]} {kind}" for kind in verifying.KINDS)
    if faults:
        raise click.ClickException(told)
    click.echo(f"{shown.counted(len(findings), 'article')}: {told}")
