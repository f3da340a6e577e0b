"""Whether a headline may be of interest: text -> folded -> does a word begin with one of the prefixes?

The prefixes come from config/interest.txt, which `jarshy lexicon interest` makes: collectors know no lexicon.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

_SAME = str.maketrans("ةىکیڤٱ", "هيكيفا", "ـ\u200c\u200d")
_WORD = re.compile(r"\w+")
_CLITICS = re.compile("[وفبكل]{0,2}(?:ال)?")
"""What is written together with an Arabic word: and, so, in, as, for; the article."""


def folded(text: str) -> str:
    """Return `text` without case, marks and variant letters, single-spaced."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())  # 𝐀 is a capital after all
    kept = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(_WORD.findall(kept.translate(_SAME)))


class Interest:
    """The prefixes, ready to be looked for."""

    def __init__(self, prefixes: Iterable[str]) -> None:
        self._prefixes = frozenset(prefixes)
        self._lengths = sorted({len(each) for each in self._prefixes})

    def __len__(self) -> int:
        return len(self._prefixes)

    def found(self, text: str) -> str | None:
        """Return the first prefix that begins a word of `text`."""
        plain = folded(text)
        for start in _starts(plain):
            for length in self._lengths:
                if plain[start : start + length] in self._prefixes:
                    return plain[start : start + length]
        return None


def _starts(text: str) -> Iterator[int]:
    for word in _WORD.finditer(text):
        yield word.start()
        if clitics := _CLITICS.match(text, word.start(), word.end()):
            yield from range(word.start() + 1, clitics.end() + 1)


def load(path: Path) -> Interest:
    """Read a list of prefixes, one a line; without a file, nothing is of interest."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return Interest(())
    return Interest(line for line in lines if line and not line.startswith("#"))
