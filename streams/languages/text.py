"""original text -> words -> folded (cached by surface) -> Text; words, offsets and sentences when asked for.

The pattern runs over the original, so every offset is the original's; folding works on one word at a time
and needs no table of moved positions. No branch of a word can be retried at another length, so the time is
linear on any input. 17.05, 18,2 and 16:51 are words.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import accumulate
from operator import itemgetter
from typing import Final, NamedTuple

# Letters may carry these inside a word: combining marks, Arabic points, bidi and zero-width marks, soft hyphen.
MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
INVISIBLE: Final = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
APOSTROPHES: Final = "'\u2018\u2019\u02bc\u02bb\u0060\u00b4\u2032"


def _alphanumeric() -> str:
    """Every letter and digit below U+10000, as ranges of a character class."""
    edges = [at for at in range(0x10000) if chr(at).isalnum() != (at > 0 and chr(at - 1).isalnum())]
    return "".join(rf"\u{first:04x}-\u{end - 1:04x}" for first, end in zip(edges[::2], edges[1::2], strict=True))


class Words:
    """Cuts a text into what stands between words, and words, by turns; Kazakh in the script of 2017 ends words in '.

    A class of all letters below U+10000 is a bitmap and takes three quarters of the time of \\w, which asks Python's
    tables for each; a text with anything beyond (an emoji will do) is cut by \\w, into the same words.
    """

    def __init__(self, *, final_apostrophe: bool = False) -> None:
        letter = _alphanumeric()
        self._plain = _word(rf"[{letter}]", rf"[{letter}_]", final_apostrophe)
        self._any = _word(r"[^\W_]", r"\w", final_apostrophe)

    def cut(self, original: str) -> list[str]:
        """What stands before a word, the word, and so on; what stands behind the last word is left out."""
        beyond = len(original.encode("utf-16-le", "surrogatepass")) > 2 * len(original)  # quicker than to search
        pattern = self._any if beyond else self._plain
        pieces: list[str] = pattern.split(original)
        pieces.pop()
        return pieces


def _word(first: str, further: str, final_apostrophe: bool) -> re.Pattern[str]:
    """Letters, and whatever may go on inside a word: one character decides, so a space ends the word at once."""
    marks, joints, points = MARKS + INVISIBLE, rf"\{HYPHENS}{APOSTROPHES}", ".,:٫٬"
    behind = rf"(?<=[{marks}])[{marks}]*+{further}*+|(?<=[{joints}]){first}{further}*+|(?<=\d[{points}])\d++"
    if final_apostrophe:
        behind += f"|(?<=[{APOSTROPHES}])"
    return re.compile(rf"({first}{further}*+(?:[{marks}{joints}{points}](?:{behind}))*+)")


WORDS: Final = Words()
WORDS_WITH_FINAL_APOSTROPHE: Final = Words(final_apostrophe=True)


class Token(NamedTuple):
    """A word or number: code points start to end of the original, and its folded form."""

    start: int
    end: int
    folded: str


def settle(once: Callable[[str], str], word: str, plain: re.Pattern[str]) -> str:
    """Fold until nothing changes; a result in plain letters of the language cannot change."""
    for _ in range(8):
        folded = once(word)
        if folded == word or plain.fullmatch(folded):
            return folded
        word = folded
    return word


class Folds(dict[str, str]):
    """Surface -> folded form, remembered; forgets everything when full, so memory is bounded."""

    LONGEST: Final = 96
    ROOM: Final = 200_000

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self.fold = fold

    def __missing__(self, surface: str) -> str:
        # A longer word is no word; its head is enough, and NFKC is quadratic in a run of combining marks.
        folded = self.fold(surface[: self.LONGEST])
        if folded == surface:
            folded = surface  # nine words of ten: one string in memory, not two alike
        if len(surface) <= self.LONGEST // 2:
            if len(self) >= self.ROOM:
                self.clear()
            self[surface] = folded
        return folded


Fold = Callable[[str], str]


class Reader:
    """How the words of one script are cut and folded."""

    def __init__(self, fold: Callable[[str], str], words: Words = WORDS) -> None:
        self._words = words
        self.fold: Fold = Folds(fold).__getitem__

    def cut(self, original: str) -> list[str]:
        """What stands before a word, the word, and so on; what stands behind the last word is left out."""
        return self._words.cut(original)


AS_WRITTEN: Final = Reader(str)
Bounds = Sequence[int]
Split = Callable[[Sequence[str], Fold], tuple[tuple[int, int], ...]]  # what was cut -> sentences
_token: Callable[[Iterable[object]], Token] = partial(tuple.__new__, Token)  # a third of Token(...)'s time


class Text:
    """A document read once, never changed; sentences are half-open ranges of token indexes that cover all tokens.

    All but the original is worked out when first asked for: most articles are not ours, and few of those are read.
    """

    _split: Split
    __slots__ = ("_bounds", "_folded", "_pieces", "_sentences", "_split", "_tokens", "language", "original", "reader")

    def __init__(
        self,
        original: str,
        language: str,
        tokens: Sequence[Token],
        sentences: Sequence[tuple[int, int]],
    ) -> None:
        self.original = original
        self.language = language
        self.reader = AS_WRITTEN
        self._folded: Sequence[str] | None = [token.folded for token in tokens]
        self._tokens: tuple[Token, ...] | None = tuple(tokens)
        self._sentences: tuple[tuple[int, int], ...] | None = tuple(sentences)
        self._bounds: Bounds | None = [bound for token in tokens for bound in token[:2]]
        self._pieces: Sequence[str] | None = None

    @classmethod
    def lazy(cls, original: str, language: str, reader: Reader, split: Split) -> "Text":
        """A text of which nothing is read yet."""
        text = cls.__new__(cls)
        text.original, text.language, text.reader, text._split = original, language, reader, split
        text._pieces = text._folded = text._bounds = text._tokens = text._sentences = None
        return text

    def __repr__(self) -> str:
        return f"<Text {self.language}: {self.original[:40]!r}, {len(self.folded)} tokens>"

    @property
    def pieces(self) -> Sequence[str]:
        """What stands before the first token, the token, what stands before the second, and so on."""
        if self._pieces is None:
            self._pieces = self.reader.cut(self.original)
        return self._pieces

    @property
    def words(self) -> Sequence[str]:
        """Every word and number, as it is written."""
        return self.pieces[1::2]

    @property
    def folded(self) -> Sequence[str]:
        """Every word and number, folded."""
        if self._folded is None:
            self._folded = list(map(self.reader.fold, self.words))
        return self._folded

    @property
    def bounds(self) -> Bounds:
        """Start and end of every token in turn: token i runs from bounds[2 * i] to bounds[2 * i + 1]."""
        if self._bounds is None:
            self._bounds = list(accumulate(map(len, self.pieces)))
        return self._bounds

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Every word and number."""
        if self._tokens is None:
            bounds = self.bounds
            self._tokens = tuple(map(_token, zip(bounds[0::2], bounds[1::2], self.folded, strict=True)))
        return self._tokens

    @property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Half-open ranges of token indexes, one a sentence, that cover all tokens."""
        if self._sentences is None:
            self._sentences = self._split(self.pieces, self.reader.fold)
        return self._sentences

    def surface(self, token: Token) -> str:
        """The token as it was written."""
        return self.original[token.start : token.end]

    def capital(self, token: Token) -> bool:
        """Whether the token's first letter was written in upper (or title) case."""
        first = self.original[token.start]
        return first.isupper() or first.istitle()

    def capital_at(self, token: int) -> bool:
        """The same, of the token with this index."""
        first = self.original[self.bounds[2 * token]]
        return first.isupper() or first.istitle()

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Code points from the first to the last token, both included."""
        return self.bounds[2 * first], self.bounds[2 * last + 1]

    def sentence_of(self, token: int) -> int:
        """The index of the sentence that holds the token of this index."""
        return bisect_right(self.sentences, token, key=itemgetter(0)) - 1

    def sentence_span(self, sentence: int) -> tuple[int, int]:
        """Code points of a sentence, from its first token to its last."""
        first, end = self.sentences[sentence]
        return self.span(first, end - 1)
