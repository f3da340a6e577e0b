"""Markup -> the text a reader would see.

markup -> from_markup (tags out, paragraphs to newlines) -> tidy (characters) -> cut
"""

import re
import unicodedata
from html.parser import HTMLParser

_BLOCKS = (
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody thead tr ul"
)
_BLOCK_TAGS = frozenset(_BLOCKS.split())
_BLOCK_TAG = re.compile(rf"<(?:{_BLOCKS.replace(' ', '|')})\b", re.IGNORECASE)
_CELLS = frozenset(("td", "th"))
_DROPPED = frozenset(("script", "style", "svg", "template"))
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|img|ul|ol|li|h[1-6]|script|style|font|blockquote|table|td|tr|figure)\b[^<>]*>"
    r"|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|quot|apos|nbsp|lt|gt|laquo|raquo|[lr][ds]quo|bdquo|[nm]dash|hellip|shy);",
    re.IGNORECASE,
)
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, bidi embeddings and marks, zero-width fillers, soft hyphen, surrogates, noncharacters, tags.
# ZWNJ and ZWJ stay: they are letters' business.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
    "|[" + "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF)) + "]"
)
_SPACES = re.compile(r"[^\S\n]+")


def tidy(text: str) -> str:
    """Return `text` in NFC without unseen characters, spaces single, paragraphs one a line.

    tidy(tidy(text)) == tidy(text), and the result always encodes.
    """
    text = _UNSEEN.sub("", _NEWLINES.sub("\n", text))
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """Return `text` tidied into a single line, as a title is."""
    return tidy(text).replace("\n", " ")


def from_markup(markup: str) -> str:
    """Return the text of an HTML fragment; scripts and styles are gone."""
    reader = _Text(own_lines=not _BLOCK_TAG.search(markup))
    reader.feed(markup)
    reader.close()
    return tidy("".join(reader.pieces))


def readable(value: str, is_markup: bool) -> str:
    """Return the text of a feed's value, once more unwrapped when its markup was escaped twice."""
    text = from_markup(value) if is_markup else tidy(value)
    return from_markup(text.replace("\n", "<br>")) if _MARKUP.search(text) else text


def cut(text: str, size: int) -> tuple[str, bool]:
    """Return at most `size` bytes of UTF-8 of `text`, ended at a space where one is near, and whether it was cut."""
    raw = text.encode()
    if len(raw) <= size:
        return text, False
    kept = raw[:size].decode("utf-8", "ignore")
    head, _, tail = kept.rpartition(" ")
    return (head if head and len(tail) < 200 else kept).rstrip(), True


class _Text(HTMLParser):
    """Collects what is seen between the tags."""

    def __init__(self, own_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.own_lines = own_lines  # text without block tags, whose line breaks are all it has
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _DROPPED:
            self.unseen += 1
        elif tag in _BLOCK_TAGS:
            self.pieces.append("\n")
        elif tag in _CELLS:
            self.pieces.append(" ")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag in _BLOCK_TAGS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _BLOCK_TAGS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(data if self.own_lines else data.replace("\r", " ").replace("\n", " "))
