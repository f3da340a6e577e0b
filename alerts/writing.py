"""Pure: a message that is due -> its body, as one receiver takes it.

alert | digest | agenda | notice -> blocks -> fitted -> html | mrkdwn | text; a second try is plain and short
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from alerts.agenda import AGENDA, Agenda
from alerts.answers import Style
from alerts.frames import FRAMES, Frame
from alerts.gathered import Entry, agenda_blocks, digest_blocks
from alerts.lines import ReceiverLines
from alerts.markup import Block, as_html, as_text, fit
from alerts.message import alert_blocks, notice_blocks
from alerts.mrkdwn import as_mrkdwn
from alerts.outbox_turns import Due, Part
from alerts.owing import NOTICE
from alerts.telling import Telling
from wire.records import Alert, AlertKind, Notice, decode

BARE_MOST = 1500


class Written(NamedTuple):
    """A message as one receiver takes it, and when what it tells became known."""

    body: str
    style: Style
    event: datetime | None


def write(due: Due, lines: ReceiverLines, *, style: Style, most: int, now: datetime) -> Written:
    """Return the message of a delivery."""
    frame = FRAMES[lines.frame]
    replaces = lines.edits and due.anchor.own is not None
    blocks, event = _blocks(due, frame, ZoneInfo(lines.zone), now, replaces=replaces)
    if due.plain:
        bare = fit(map(_bare, blocks), max(most // 2, BARE_MOST) if len(due.parts) > 1 else BARE_MOST, links=True)
        return Written(as_text(bare, frame.direction), "text", event)
    return Written(laid_out(fit(blocks, most, links=style != "html"), frame.direction, style), style, event)


def laid_out(blocks: Sequence[Block], direction: str, style: Style) -> str:
    """Return blocks as the text of a style."""
    if style == "html":
        return as_html(blocks, direction)
    return as_mrkdwn(blocks, direction) if style == "mrkdwn" else as_text(blocks, direction)


def _blocks(
    due: Due, frame: Frame, zone: ZoneInfo, now: datetime, *, replaces: bool
) -> tuple[tuple[Block, ...], datetime | None]:
    """Return what a message says, and the event time of the newest thing in it."""
    (*_, last) = due.parts
    if due.kind == NOTICE:
        return notice_blocks(decode(Notice, last.raw), frame), None
    if due.kind == AGENDA:
        return agenda_blocks(decode(Agenda, last.raw), frame), None
    if len(due.parts) == 1:
        alert = decode(Alert, last.raw)
        kind = AlertKind(due.kind)
        replaces = replaces and kind is AlertKind.UPDATE
        return alert_blocks(alert, Telling(kind, frozenset(last.claims), frame, zone, now, replaces)), known(alert)
    entries = [_entry(part) for part in due.parts]
    return digest_blocks(entries, frame), max(known(each.alert) for each in entries)


def _entry(part: Part) -> Entry:
    return Entry(decode(Alert, part.raw), AlertKind(part.kind), frozenset(part.claims))


def known(alert: Alert) -> datetime:
    """Return the event time: when it was published, or seen if that was earlier."""
    return min(filter(None, (alert.times.published, alert.times.seen)))


def _bare(block: Block) -> Block:
    lines = tuple(tuple(piece._replace(bold=False, link=None) for piece in line) for line in block.lines)
    return block._replace(lines=lines, quote=False)
