"""Names alike: whether what a text writes beside an office is another spelling of somebody whom the lexicon knows.

name of the text, office, country, day --surname and given name near enough--> person, or nobody
"""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from streams.meetings.reading import Reading
from streams.meetings.who.latin import LATIN_PLAIN, latin, skeleton
from streams.meetings.who.strangers_arabic import GIVEN_AR
from streams.meetings.wordlists import words

NEAR: Final = 0.74  # of letters, of a surname
GIVEN: Final = 0.5  # of a given name, which newsrooms spell more freely
LOOSE: Final = 0.55  # without vowels, spellings of one name lie far apart
WHOLE: Final = 0.85  # of all letters, where the words are cut otherwise
CONSONANTS: Final = 0.8
ENOUGH: Final = 3  # consonants that tell
SHORT: Final = 3  # letters of a word that tells nothing alone
NUMBER: Final = re.compile(r"^[IVX]+$")  # XIV Лео
PARTICLES: Final = words("al el as ad ar an az at ash bin ben ibn abu de la der von van da do dos di del al- ul")


def spelt(reading: Reading, name: str, country: str, offices: frozenset[str]) -> str | None:
    """Return who of a country holds one of the offices that day under a name that this may be a spelling of."""
    lexicon, day = reading.lexicon, reading.published
    if day is None or not name:
        return None
    held = dict.fromkeys(id for office in sorted(offices) for id in lexicon.holders(country, office, day))
    found = [id for id in held if same_name(reading, name, id)]
    return found[0] if len(found) == 1 else None


def same_name(reading: Reading, name: str, person: str) -> bool:
    """Whether a name may be a spelling of one of a person's."""
    return any(alike(name, other) for other in reading.lexicon.aliases(person))


def some_word_alike(reading: Reading, name: str, person: str) -> bool:
    """Whether a word of an Arabic name, but for everybody's given names, is like one of a person's."""
    parts = [word for word in name.split() if len(word) >= SHORT and word not in GIVEN_AR]
    said = {part.lower() for alias in reading.lexicon.aliases(person) for part in alias.split()}
    return any(_ratio(part, word) >= LOOSE for part in parts for word in said)


@lru_cache(maxsize=4_000)
def alike(name: str, other: str) -> bool:
    """Whether two names are near enough: surname and given name, or all letters; a surname alone by itself."""
    mine, theirs = _words(name), _words(other)
    if not mine or not theirs:
        return False
    if len(mine) == 1 or len(theirs) == 1:
        return any(_near(a, b) for a in mine[-1:] for b in theirs[-1:] if len(a) >= SHORT)
    if _ratio("".join(mine), "".join(theirs)) >= WHOLE:
        return True
    return _near(mine[-1], theirs[-1]) and _given(mine[0], theirs[0])


def _given(name: str, other: str) -> bool:
    """Whether given names are alike; an initial is one."""
    if min(len(name), len(other)) == 1:
        return name[0] == other[0]
    return _ratio(name, other) >= GIVEN


def _near(word: str, other: str) -> bool:
    if _ratio(word, other) >= NEAR:
        return True
    mine, theirs = "".join(skeleton(word)), "".join(skeleton(other))
    return min(len(mine), len(theirs)) >= ENOUGH and _ratio(mine, theirs) >= CONSONANTS


def _ratio(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other).ratio()


def _words(name: str) -> list[str]:
    unnumbered = " ".join(word for word in latin(name).split() if not NUMBER.match(word))
    letters = unicodedata.normalize("NFD", unnumbered.lower().translate(LATIN_PLAIN))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return [word for word in re.findall(r"[a-z]+", plain) if word not in PARTICLES]
