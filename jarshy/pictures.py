"""Pictures of messages for the documents: real alerts of the bundled newsroom, as a phone and a desktop show them.

newsroom told in memory -> alerts -> written as for a receiver -> bubbles in HTML -> headless Chromium -> PNG

python -m jarshy.pictures [FOLDER]: needs `chromium`, and fonts for Arabic and flags (fonts-noto-core, -color-emoji).
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from alerts.answers import TELEGRAM_MOST, TEXT_MOST, Style
from alerts.lines import FrameLanguage, ReceiverLines
from alerts.outbox_turns import Due, Part
from alerts.owing import ASIDE
from alerts.writing import write
from jarshy.demo.told import tell
from jarshy.newsroom import script
from streams.pipeline import LivePipeline
from wire.records import Alert, AlertKind, encode

ROOT = Path(__file__).parents[1]
OPENED = datetime(2026, 11, 24, 4, 20, tzinfo=UTC)
"""The morning of the pictures: the same each time that they are made."""
SENT_AFTER = timedelta(seconds=4)
ZONE = "Asia/Almaty"
SCALE = 1.5
FRAMES: tuple[FrameLanguage, ...] = ("en", "pl", "kk", "ar")
STYLE = """
* { box-sizing: border-box } body { margin: 0; width: max-content; font: 15px/1.36 "Noto Sans", sans-serif }
body { display: flex } .chat { display: flex; flex-direction: column; gap: 8px; padding: 12px }
.line { unicode-bidi: plaintext; min-height: 1.2em; overflow-wrap: anywhere; text-align: start } a { color: #2a7ab8 }
.telegram { background: #c6d9b7; width: 412px } .telegram a, .slack a { text-decoration: none }
.telegram .bubble { background: #fff; border-radius: 14px 14px 14px 4px; padding: 8px 12px; width: 100%;
  box-shadow: 0 1px 1px #0002 }
.telegram .name { color: #c0562a; font-weight: 600; font-size: 14px }
.telegram blockquote { margin: 4px 0; padding: 3px 10px; background: #eaf3fb; border-inline-start: 3px solid #3d8fd1;
  border-radius: 5px; font-size: 14px }
.telegram .at { color: #8a9a83; font-size: 12px; text-align: right }
.slack { background: #fff; width: 640px; color: #1d1c1d }
.slack .bubble { padding-inline-start: 46px; position: relative }
.slack .bubble::before { content: "Ж"; position: absolute; left: 0; width: 36px; height: 36px; border-radius: 8px;
  background: #14505c; color: #fff; font: 700 20px/36px "Noto Sans"; text-align: center }
.slack .name { font-weight: 800 } .slack .name i { font: 12px "Noto Sans"; color: #666 }
.slack blockquote { margin: 4px 0; padding-inline-start: 12px; border-inline-start: 4px solid #ddd }
"""


class Message(NamedTuple):
    """One alert as one receiver is told it."""

    alert: Alert
    frame: FrameLanguage = "en"


def telegram(message: Message) -> str:
    """Return a message's bubble as Telegram shows it."""
    body, at = _written(message, "html", TELEGRAM_MOST)
    parts = re.split(r"(<blockquote>.*?</blockquote>)", body)
    shown = "".join(_quote(part) if part.startswith("<blockquote>") else _lines(part.split("<br/>")) for part in parts)
    return f'<div class="bubble"><div class="name">Jarshy</div>{shown}<div class="at">{at}</div></div>'


def slack(message: Message) -> str:
    """Return a message as Slack shows its mrkdwn."""
    body, at = _written(message, "mrkdwn", TEXT_MOST)
    quoted: list[str] = []
    shown = ""
    for line in [*body.split("\n"), ""]:
        if line.startswith("> "):
            quoted.append(_linked(line.removeprefix("> ")))
            continue
        if quoted:
            shown += f"<blockquote>{_lines(quoted)}</blockquote>"
            quoted = []
        shown += _lines([_linked(line)])
    return f'<div class="bubble"><div class="name">Jarshy <i>{at}</i></div>{shown}</div>'


def _written(message: Message, style: Style, most: int) -> tuple[str, str]:
    """Return the text that the service is sent, and the time by the desk's clock."""
    alert = message.alert
    fresh = tuple(claim.id for claim in alert.claims if claim.new)
    due = Due(1, "dlv", "r", alert.kind.value, (Part("t", alert.kind.value, fresh, encode(alert)),), rings=True)
    lines = ReceiverLines(url="json://x", frame=message.frame, zone=ZONE)
    now = max(alert.times.seen, alert.times.told) + SENT_AFTER
    return write(due, lines, style=style, most=most, now=now).body, f"{now.astimezone(ZoneInfo(ZONE)):%H:%M}"


def _quote(part: str) -> str:
    inside = part.removeprefix("<blockquote>").removesuffix("</blockquote>")
    return f"<blockquote>{_lines(inside.split('<br/>'))}</blockquote>"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f'<div class="line" dir="auto">{line}</div>' for line in lines if line)


def _linked(line: str) -> str:
    """Return a line of mrkdwn, whose entities are HTML's, in HTML."""
    line = re.sub(r"<(https?://[^|>]+)\|([^>]*)>", r'<a href="\1">\2</a>', line)
    return re.sub(r"(?<![\w*])\*(\S|\S[^*]*\S)\*(?![\w*])", r"<b>\1</b>", line)


def page(chats: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return a page of chats side by side: (service, its bubbles)."""
    columns = "".join(f'<div class="chat {service}">{"".join(bubbles)}</div>' for service, bubbles in chats)
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><body>{columns}</body>'


def photograph(source: str, picture: Path) -> None:
    """Write a page as a PNG of its own size."""
    measure = "<script>onload=()=>document.title=`${document.body.scrollWidth}x${document.body.scrollHeight}`</script>"
    with tempfile.TemporaryDirectory(prefix="jarshy-pictures-") as folder:
        file = Path(folder) / "page.html"
        file.write_text(source + measure, encoding="utf-8")
        told = re.search(
            r"<title>(\d+)x(\d+)</title>", _chromium(folder, "--window-size=3000,400", "--dump-dom", str(file))
        )
        if told is None:
            raise RuntimeError("chromium did not say how large the page is")
        size = f"--window-size={told[1]},{told[2]}"
        _chromium(folder, size, f"--force-device-scale-factor={SCALE}", f"--screenshot={picture.resolve()}", str(file))


def _chromium(folder: str, *arguments: str) -> str:
    command = ["chromium", "--headless=new", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={folder}/profile"]
    ran = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=120, check=True)
    return ran.stdout


def pick(alerts: Iterable[Alert], partner: str, *kinds: AlertKind) -> list[Alert]:
    """Return the first alert of each kind on the first story with a partner."""
    told = [alert for alert in alerts if alert.partner.code == partner]
    story = [alert for alert in told if alert.story == told[0].story]
    return [next(alert for alert in story if alert.kind is kind) for kind in kinds]


def main(folder: Path) -> None:
    """Make every picture of the documents anew."""
    newsroom = script.load()
    alerts = tell(newsroom, LivePipeline(ROOT / "config").pipeline, OPENED, {feed.id: 0.0 for feed in newsroom.feeds})
    alerts = [each for each in alerts if any(claim.new and claim.kind not in ASIDE for claim in each.claims)]
    planned, off = pick(alerts, "FR", AlertKind.FIRST, AlertKind.STATUS_CHANGE)
    day = (planned, *pick(alerts, "CN", AlertKind.UPDATE), off)
    poland = pick(alerts, "PL", AlertKind.FIRST)
    folder.mkdir(parents=True, exist_ok=True)
    languages = [("telegram", [telegram(Message(each, frame)) for each in (*poland, off)]) for frame in FRAMES[1:]]
    pages = {
        "alert": page([("telegram", [telegram(Message(poland[0]))])]),
        "telegram": page([("telegram", [telegram(Message(each)) for each in day])]),
        "languages": page(languages),
        "slack": page([("slack", [slack(Message(each)) for each in day])]),
    }
    for name, source in pages.items():
        photograph(source, folder / f"{name}.png")
        print(folder / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
