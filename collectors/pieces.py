"""What of a document was read before: only the rest needs to be parsed.

text -> opening | one piece an entry | closing -> hashes -> the same document without the pieces that are known

A news feed of forty entries changes by one, or by no more than its lastBuildDate, and feedparser takes the better
part of a millisecond an entry. A document whose entries do not stand plainly in one row is read whole.
"""

import hashlib
import re
from collections.abc import Container, Iterator
from typing import NamedTuple

_ROOT = re.compile(r"<(rss|rdf:RDF|feed)[\s>]")
_SPACE = re.compile(r"\s*")
_HASH_BYTES = 10


class Piece(NamedTuple):
    """The markup of one entry, and what it is known by."""

    markup: str
    hash: str


class Row(NamedTuple):
    """A document whose entries stand one after the other."""

    opening: str
    pieces: tuple[Piece, ...]
    closing: str

    def without(self, known: Container[str]) -> "Row":
        """Return the document without the pieces that are known."""
        return self._replace(pieces=tuple(piece for piece in self.pieces if piece.hash not in known))

    @property
    def text(self) -> str:
        """Return the document as text."""
        return "".join((self.opening, *(piece.markup for piece in self.pieces), self.closing))


def row(text: str) -> Row | None:
    """Cut a document into its entries' pieces; None when it cannot be done without doubt."""
    root = _ROOT.search(text)
    if root is None:
        return None
    name = "entry" if root[1] == "feed" else "item"
    starts = re.compile(rf"<{name}[\s/>]")
    first = starts.search(text, root.end())
    if first is None:
        return None
    opening = text[: first.start()]
    markups = tuple(_markups(text, first.start(), starts, f"</{name}>"))
    closing = text[len(opening) + sum(map(len, markups)) :]
    if starts.search(closing) or not all(map(_is_whole, (opening, *markups, closing))):
        return None
    if any(len(starts.findall(markup)) != 1 for markup in markups):
        return None
    # What stands above the first element (entities, namespaces, the base of links) gives an entry its sense.
    sense = hashlib.blake2b(text[: text.find(">", root.start())].encode(), digest_size=_HASH_BYTES)
    return Row(opening, tuple(Piece(markup, _hash(sense, markup)) for markup in markups), closing)


def _markups(text: str, at: int, starts: re.Pattern[str], end: str) -> Iterator[str]:
    """Yield the entries that stand in a row from `at`, each with the space behind it."""
    while starts.match(text, at):
        found = text.find(end, at)
        if found < 0:
            return
        after = _SPACE.match(text, found + len(end)).end()  # type: ignore[union-attr]  # it always matches
        yield text[at:after]
        at = after


def _is_whole(markup: str) -> bool:
    """Return whether nothing that hides markup is open at its end."""
    return markup.count("<![CDATA[") == markup.count("]]>") and markup.count("<!--") == markup.count("-->")


def _hash(sense: "hashlib.blake2b", markup: str) -> str:
    digest = sense.copy()
    digest.update(markup.rstrip().encode())
    return digest.hexdigest()
