"""Pure: blocks -> Slack's mrkdwn, in which feed text can neither mark anything up nor call anybody.

Piece -> its signs made harmless -> bold where Slack would see it, an address behind its name -> lines
"""

from collections.abc import Sequence

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
    texts = [piece.text.translate(_HARMLESS) for piece in line]
    return "".join(
        _piece(piece, text, "".join(texts[:i])[-1:], "".join(texts[i + 1 :])[:1])
        for i, (piece, text) in enumerate(zip(line, texts, strict=True))
    )


def _piece(piece: Piece, text: str, before: str, after: str) -> str:
    body = f"<{piece.link.translate(_IN_ADDRESS)}|{text}>" if piece.link and text.strip() else text
    seen = text and text == text.strip() and not before.isalnum() and not after.isalnum()
    return f"*{body}*" if piece.bold and seen else body  # elsewhere Slack would show the stars
