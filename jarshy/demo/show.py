"""What a person sees of the demo: progress, each message as the desk reads it, a summary table."""

from collections.abc import Mapping
from html.parser import HTMLParser
from statistics import median
from typing import NamedTuple

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from jarshy.chat.records import ChatMessage
from jarshy.demo.expect import Verdicts
from jarshy.demo.watch import Seen

STYLES = {"b": "bold", "i": "italic", "u": "underline", "s": "strike", "code": "cyan", "blockquote": "green"}


class _Html(HTMLParser):
    """Telegram's HTML -> rich's Text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href")
        self._styles.append(f"link {link} blue underline" if link else STYLES.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if self._styles:
            self._styles.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data, " ".join(style for style in self._styles if style) or None)


def telegram(source: str) -> Text:
    """Return Telegram's HTML as it reads in a terminal."""
    parser = _Html()
    parser.feed(source)
    parser.close()
    return parser.text


def message(console: Console, told: ChatMessage, seconds: float | None) -> None:
    """Show one message of the desk's chat."""
    after = f"{seconds:.1f} s after it stood in the feed" if seconds is not None else ""
    edge = "yellow" if told.silent else "green"
    width = min(100, console.width)
    console.print(Panel(telegram(told.source), title="diplomacy desk", subtitle=after, border_style=edge, width=width))


class Figures(NamedTuple):
    """What the run measured; seconds."""

    entries: int
    latencies: tuple[float, ...]
    first_alert: float | None
    chats: Mapping[str, int]


def summary(console: Console, seen: Seen, run: Figures) -> None:
    """Show the figures of the run."""
    table = Table(title="The run in figures", show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    kinds = {kind: sum(alert.kind.value == kind for alert in seen.alerts.values()) for kind in _KINDS}
    for name, figure in (
        ("entries read", run.entries),
        ("articles", len(seen.articles)),
        ("meetings", seen.meetings),
        ("stories", len(seen.stories)),
        ("alerts", f"{len(seen.alerts)} ({', '.join(f'{number} {kind}' for kind, number in kinds.items() if number)})"),
        ("messages", f"{sum(run.chats.values())} in {len(run.chats)} chats"),
        ("dead letters", len(seen.dead)),
        ("feed to chat, median", f"{median(run.latencies):.2f} s" if run.latencies else "-"),
        ("feed to chat, slowest", f"{max(run.latencies):.2f} s" if run.latencies else "-"),
        ("start to first alert", f"{run.first_alert:.1f} s" if run.first_alert is not None else "-"),
    ):
        table.add_row(name, str(figure))
    console.print(table)


_KINDS = ("first", "update", "status-change", "correction")


def verdicts(console: Console, judged: Verdicts) -> None:
    """Show how each event was told, and what should not have been."""
    table = Table(title="Told as the script has it?")
    table.add_column("event")
    table.add_column("alerts")
    table.add_column("verdict")
    for event in judged.events:
        right = Text("right", "green") if not event.faults else Text("; ".join(event.faults), "bold red")
        table.add_row(event.event, "\n".join(event.alerts), right)
    for stray in judged.stray:
        table.add_row("-", stray, Text("no event of the script", "bold red"))
    console.print(table)
