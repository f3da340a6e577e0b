"""What the lexicon finds in a text."""

from typing import NamedTuple

from streams.languages import Text


class Mention(NamedTuple):
    """A meaning in a text: tokens first to last, both included."""

    kind: str
    id: str
    note: str
    first: int
    last: int


class Recognised(NamedTuple):
    """A text and the lexicon's words in it, in order."""

    text: Text
    mentions: tuple[Mention, ...]
