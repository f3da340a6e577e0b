"""How else a word of a phrase may be written: foreign names as newsrooms vary them, words inside a phrase.

word --spellings--> a name's other spellings; word --variants--> what it also looks like inside a phrase
"""

import re
from collections.abc import Iterator
from typing import Final

# Inside a Kazakh phrase possessives and genitives come and go: мемлекет басшысы, мемлекеттің басшысы.
_GENITIVE: Final = re.compile(r"(?:[ндт][ыі]ң)$")
_POSSESSIVE_S: Final = re.compile(r"(?<=[аәеоөұүыіиуя])с[ыі]$")
_POSSESSIVE: Final = re.compile(r"(?<=[^аәеоөұүыіиуя])[ыі]$")
_HARD: Final = {"ғ": "қ", "г": "к", "б": "п"}
_SHORTEST_BARE: Final = 3

_SPELT: Final = {  # how newsrooms of one language vary in writing foreign names
    "ar": (
        ("غ", "ج"),
        ("ق", "ك"),
        ("ك", "ق"),
        ("يي", "ي"),
        ("ييف", "ياف"),
        ("تش", "ش"),
        ("زا", "ظا"),
        ("ض", "ز"),
        ("ط", "ت"),
    ),
    "kk": (
        ("дж", "ж"),
        ("тт", "т"),
        ("лл", "л"),
        ("сс", "с"),
        ("нн", "н"),
        ("иё", "ие"),
        ("айе", "аи"),
        ("бен", "бин"),
    ),
    "pl": (("yev", "jew"), ("ijew", "jew"), ("ll", "l"), ("tt", "t")),
}
_SPELT_WHOLE: Final = {
    "bin": ("ibn", "ben"), "ibn": ("bin", "ben"), "Mohammed": ("Muhammad", "Mohammad", "Mohamed", "Muhammed"),
    "бен": ("бин", "ибн"), "Мұхаммед": ("Мохаммед", "Мухаммед", "Мухаммад", "Мұхаммад"), "Зайед": ("Заид", "Зайд"),
    "Әл": ("Аль", "әл", "аль"),
}  # fmt: skip
_LONG_NAME: Final = 5


def spellings(code: str, word: str) -> Iterator[str]:
    """Yield other spellings of a foreign name's word."""
    yield from _SPELT_WHOLE.get(word, ())
    if len(word) < _LONG_NAME and "غ" not in word:
        return
    for old, new in _SPELT[code]:
        if old in word:
            yield word.replace(old, new)


def variants(code: str, word: str) -> Iterator[str]:
    """Yield what a word may also look like inside a phrase."""
    if code == "kk":
        yield from bare_kazakh(word)
    if code == "ar" and len(word) <= _SHORTEST_BARE:  # شي alone bears no clitics, in شي جين بينغ it does
        yield from (clitic + word for clitic in ("و", "ل", "ب", "ول", "وب"))


def bare_kazakh(word: str) -> tuple[str, ...]:
    """Return what a Kazakh word may be without its genitive and its possessive: кеңесінің is of кеңес."""
    owned = _GENITIVE.sub("", word)
    stems = {ending.sub("", owned) for ending in (_POSSESSIVE_S, _POSSESSIVE)} - {word}
    plain = {stem[:-1] + _HARD.get(stem[-1], stem[-1]) for stem in stems if len(stem) >= _SHORTEST_BARE}
    return tuple(sorted(plain))
