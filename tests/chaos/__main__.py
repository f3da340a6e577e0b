"""`python -m tests.chaos --articles 20000 --seed 7 --broker both`: a run on each, status 0 when nothing was lost."""

import argparse
import shutil
import sys
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from jarshy.embedded import EmbeddedBroker
from tests.brokers.kafka import KafkaBroker, jars
from tests.chaos.report import show
from tests.chaos.suite import Plan, Verdict, put_through
from tests.chaos.workers import FEWEST, MOST
from wire.settings import Settings

ARTICLES_FOR_A_FAULT = 400


def main() -> int:
    """Run, report, and say by the exit status whether anything was lost or doubled."""
    asked = _asked()
    console = Console(width=None if sys.stdout.isatty() else 120)
    folder = Path(tempfile.mkdtemp(prefix="jarshy-chaos-"))
    plan = Plan(
        asked.seed, asked.articles, asked.faults or max(12, asked.articles // ARTICLES_FOR_A_FAULT), asked.workers
    )
    verdicts = []
    for engine in ("apache", "embedded") if asked.broker == "both" else (asked.broker,):
        with _broker(engine, folder / engine, asked.memory) as broker:
            settings = Settings(
                kafka=broker.address, embedded=broker.embedded, prefix="chaos", data=folder / engine,
                partitions=asked.partitions, session_timeout=asked.session,
            )  # fmt: skip
            verdicts.append(_watched(plan, engine, broker, settings, console))
        show(verdicts[-1], console)
    if all(verdict.kept for verdict in verdicts):
        shutil.rmtree(folder)
        return 0
    console.print(f"The logs are in {folder}")
    return 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.chaos", description="Articles, workers, and what goes wrong."
    )
    parser.add_argument("--articles", type=int, default=20_000, help="how many, all different (20000)")
    parser.add_argument("--seed", type=int, default=7, help="decides articles and faults (7)")
    parser.add_argument("--workers", type=int, default=3, choices=range(FEWEST, MOST + 1), help="at the start (3)")
    parser.add_argument("--broker", default="both", choices=("apache", "embedded", "both"))
    parser.add_argument("--faults", type=int, default=0, help=f"how many (one for {ARTICLES_FOR_A_FAULT} articles)")
    parser.add_argument("--session", type=float, default=6.0, help="session timeout, seconds (6)")
    parser.add_argument("--partitions", type=int, default=6, help="of articles and meetings (6)")
    parser.add_argument("--memory", type=int, default=8192, help="what the embedded broker may hold, MB (8192)")
    return parser.parse_args()


def _broker(engine: str, folder: Path, memory: int) -> AbstractContextManager[EmbeddedBroker | KafkaBroker]:
    folder.mkdir()
    if engine == "embedded":
        return EmbeddedBroker(folder / "broker.log", max_memory_mb=memory)
    return KafkaBroker(folder / "kafka", jars())


def _watched(
    plan: Plan, engine: str, broker: EmbeddedBroker | KafkaBroker, settings: Settings, console: Console
) -> Verdict:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task(engine, total=plan.articles)

        def say(done: int, news: str) -> None:
            progress.update(bar, completed=done, total=max(done, plan.articles))
            if news:
                progress.console.print(f"{done:>7,}  {news}", highlight=False)

        return put_through(plan, broker, settings, say)


if __name__ == "__main__":
    raise SystemExit(main())
