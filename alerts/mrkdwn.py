"""Pure: blocks -> Slack's mrkdwn, in which feed text can neither mark anything up nor call anybody.

Piece -> its signs made harmless -> bold where Slack would see it, an address behind its name -> lines
"""

from collections.abc import Iterator, Sequence

from alerts.markup import RIGHT_TO_LEFT_MARK, Block, Line, Piece

_HARMLESS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
"""Slack knows no way to write `*`, `_`, `~` and the backtick as themselves; these look like them."""
_IN_ADDRESS = str.maketrans({"|": "%7C", "<": "%3C", ">": "%3E", "&": "&amp;"})


def as_mrkdwn(blocks: Sequence[Block], direction: str) -> str:
    """Return text as Slack's `text` field takes it."""
    out: list[str] = []
    for i, block in enumerate(blocks):
        if i and block.apart:
            out.append("")
        for line in block.lines:
            mark = RIGHT_TO_LEFT_MARK if direction == "rtl" and not block.quote else ""
            out.append(f"{'> ' if block.quote else mark}{_line(line)}")
    return "\n".join(out)


def _line(line: Line) -> str:
    whole = "".join(piece.text for piece in line)
    return "".join(_piece(piece, whole[:at], whole[at + len(piece.text) :]) for at, piece in _placed(line))


def _placed(line: Line) -> Iterator[tuple[int, Piece]]:
    at = 0
    for piece in line:
        yield at, piece
        at += len(piece.text)


def _piece(piece: Piece, before: str, after: str) -> str:
    body = piece.text.translate(_HARMLESS)
    if piece.link and body.strip():
        body = f"<{piece.link.translate(_IN_ADDRESS)}|{body}>"
    return f"*{body}*" if piece.bold and _seen(piece.text, before, after) else body


def _seen(text: str, before: str, after: str) -> bool:
    """Return whether Slack would take stars around it for bold: not beside a letter, nor beside a space inside."""
    inside = text == text.strip() and bool(text)
    return inside and not before[-1:].isalnum() and not after[:1].isalnum()
