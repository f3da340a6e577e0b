"""Blocks of marked pieces -> Telegram HTML or plain text, cut by meaning and safe for feed text.

feed text -> clean -> Piece -> Line -> Block -> fit -> html | text
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_FIRST_STRONG, _POP, RIGHT_TO_LEFT_MARK = "\u2068", "\u2069", "\u200f"
_WORD_JOINER, _BLANK = "\u2060", "\u200b"
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\uffff]")
_MENTION = re.compile(r"([@＠])(?=\w)")
_LINK = re.compile(r"https?://[^\s<>\"'`|\\\x00-\x1f\u2066-\u2069\u202a-\u202e]{3,1000}", re.IGNORECASE)
ELLIPSIS = "…"
LONGEST_PIECE = 600


class Piece(NamedTuple):
    """A run of text with one look."""

    text: str
    bold: bool = False
    link: str | None = None


Line = tuple[Piece, ...]


class Block(NamedTuple):
    """Lines that belong together; `drop` says how early they may go when space is short, 0 never."""

    lines: tuple[Line, ...]
    drop: int = 0
    quote: bool = False
    apart: bool = False  # a blank line before it
    heads: int = 0  # lines that mean nothing without the ones below


def clean(text: str, most: int = LONGEST_PIECE) -> str:
    """Return feed text as one line that calls nobody, turns no direction and is at most `most` long."""
    text = _CONTROL.sub(" ", _BIDI.sub("", text))
    text = " ".join(text.split())
    return _MENTION.sub(lambda match: match[1] + _WORD_JOINER, shorten(text, most))


def shorten(text: str, most: int) -> str:
    """Return at most `most` UTF-16 units of text, cut between words."""
    if units(text) <= most:
        return text
    kept = text[: most - 1]
    while units(kept) > most - 1:
        kept = kept[:-1]
    head, space, _ = kept.rpartition(" ")
    kept = head if space and len(head) > most // 2 else kept
    while kept and unicodedata.combining(kept[-1]):
        kept = kept[:-1]
    return kept.rstrip(" ,;:-–") + ELLIPSIS


def safe_link(url: str | None) -> str | None:
    """Return the address when it is a plain web address, else None."""
    return url if url and _LINK.fullmatch(url) else None


def isolate(text: str, direction: str) -> str:
    """Wrap text that runs against the line's direction, so that neither reorders the other."""
    against = {"R", "AL"} if direction == "ltr" else {"L"}
    if any(unicodedata.bidirectional(letter) in against for letter in text):
        return f"{_FIRST_STRONG}{text}{_POP}"
    return text


def units(text: str) -> int:
    """Return the length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def as_html(blocks: Sequence[Block], direction: str) -> str:
    """Return HTML for Apprise's Telegram reducer, which turns <br/> into line ends and eats empty lines."""
    out: list[str] = []
    for i, block in enumerate(blocks):
        body = "<br/>".join(_html_line(line, direction, mark=not block.quote) for line in block.lines)
        if i and block.apart:
            out.append(f"{_BLANK}<br/>")
        out.append(f"<blockquote>{body}</blockquote>" if block.quote else f"{body}<br/>")
    return "".join(out)


def _html_line(line: Line, direction: str, *, mark: bool) -> str:
    return (RIGHT_TO_LEFT_MARK if mark and direction == "rtl" else "") + "".join(map(_html_piece, line))


def _html_piece(piece: Piece) -> str:
    body = html.escape(piece.text, quote=False)
    if piece.link:
        body = f'<a href="{html.escape(piece.link)}">{body}</a>'
    return f"<b>{body}</b>" if piece.bold else body


def as_text(blocks: Sequence[Block], direction: str) -> str:
    """Return plain text: of each line the first link is written out, or addresses would bury the words."""
    out: list[str] = []
    for i, block in enumerate(blocks):
        if i and block.apart:
            out.append("")
        for line in block.lines:
            mark = RIGHT_TO_LEFT_MARK if direction == "rtl" and not block.quote else ""
            body = _text_line(line)
            out.append(f"> {body}" if block.quote else mark + body)
    return "\n".join(out)


def _text_line(line: Line) -> str:
    linked = next((i for i, piece in enumerate(line) if piece.link), None)
    return "".join(f"{piece.text} {piece.link}" if i == linked else piece.text for i, piece in enumerate(line))


def fit(blocks: Iterable[Block], most: int, *, links: bool) -> tuple[Block, ...]:
    """Return the blocks without what matters least, until they are at most `most` units long.

    `links`: addresses count, as they do where they are written out.
    """
    kept = [block for block in blocks if block.lines]
    while _size(kept, links=links) > most:
        last = max(range(len(kept)), key=lambda i: (kept[i].drop, i), default=None)
        if last is None or kept[last].drop == 0:
            return _squeeze(kept, most)
        lines = kept[last].lines[:-1]
        if len(lines) > kept[last].heads:
            kept[last] = kept[last]._replace(lines=lines)
        else:
            del kept[last]
    return tuple(kept)


def _squeeze(blocks: list[Block], most: int) -> tuple[Block, ...]:
    """Shorten every piece alike: the last way, when what must stay is too long by itself."""
    share = max(8, most // (2 * sum(len(line) for block in blocks for line in block.lines)))
    return tuple(
        block._replace(
            lines=tuple(
                tuple(piece._replace(text=_closed(shorten(piece.text, share - 1)), link=None) for piece in line)
                for line in block.lines
            )
        )
        for block in blocks
    )


def _closed(text: str) -> str:
    """Return cut text whose isolates end within it."""
    return text + _POP * (text.count(_FIRST_STRONG) - text.count(_POP))


def _size(blocks: Sequence[Block], *, links: bool) -> int:
    """Return what the blocks will count: text, marks, two for each line's end."""
    return sum(
        4 * block.apart
        + sum(
            5 + sum(units(piece.text) + (4 + len(piece.link) if piece.link and links else 2) for piece in line)
            for line in block.lines
        )
        for block in blocks
    )
