"""Invented words that bend as real ones do: (language, number) -> Word -> any of its forms.

Nobody wrote these words, so a rule's topics can be as many as wanted, and no article repeats another.
"""

from collections.abc import Mapping
from random import Random
from typing import Final, NamedTuple

from streams.languages import Code

CASES: Final = ("nom", "gen", "dat", "acc", "loc", "ins")


class Word(NamedTuple):
    """A noun in the dictionary's form, and in every case."""

    lemma: str
    forms: Mapping[str, str]


def word(code: Code, random: Random) -> Word:
    """Return an invented noun of a language."""
    return _MAKERS[code](random)


def _kazakh(random: Random) -> Word:
    back = random.random() < 0.5
    vowels, a, y = ("аоұы", "а", "ы") if back else ("еөүі", "е", "і")
    syllables = random.choice((2, 2, 3))
    stem = "".join(random.choice("бтсжмнд") + random.choice(vowels) for _ in range(syllables - 1))
    stem += random.choice("лнрсз") + random.choice(vowels)
    hard = random.random() < 0.5
    stem += random.choice("стш" if hard else "р")
    g = ("қ" if back else "к") if hard else ("ғ" if back else "г")
    d = "т" if hard else "д"
    plural = f"{d if hard else 'л'}{a}р" if random.random() < 0.3 else ""
    if plural:
        d, g = "д", "ғ" if back else "г"
    whole = stem + plural
    forms = {
        "nom": whole, "gen": f"{whole}{d}{y}ң", "dat": f"{whole}{g}{a}", "acc": f"{whole}{d}{y}",
        "loc": f"{whole}{d}{a}", "ins": f"{whole}{'пен' if d == 'т' else 'мен'}",
    }  # fmt: skip
    return Word(stem, forms)


_POLISH: Final = {
    "acja": ("acja", "acji", "acji", "ację", "acji", "acją"),
    "ownia": ("ownia", "owni", "owni", "ownię", "owni", "ownią"),
    "izm": ("izm", "izmu", "izmowi", "izm", "izmie", "izmem"),
    "ator": ("ator", "atora", "atorowi", "ator", "atorze", "atorem"),
}


def _polish(random: Random) -> Word:
    syllables = random.choice((1, 2, 2))
    onsets = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "w", "z", "pr", "kr", "st", "tr", "gr", "pl")
    stem = "".join(random.choice(onsets) + random.choice("aeou") for _ in range(syllables)) + random.choice("lmnrstwz")
    ending = random.choice(tuple(_POLISH))
    forms = dict(zip(CASES, (stem + each for each in _POLISH[ending]), strict=True))
    return Word(stem + ending, forms)


_PATTERNS: Final = ("{}{}ا{}", "{}{}ي{}", "ت{}{}ي{}", "م{}{}و{}", "{}{}ا{}ة", "است{}{}ا{}", "ان{}{}ا{}", "{}{}{}ية")


def _arabic(random: Random) -> Word:
    root = random.sample("بتثجحخدرزسشصضطظعغفقكلمنه", 3)
    lemma = random.choice(_PATTERNS).format(*root)
    forms = {"nom": f"ال{lemma}", "gen": f"ال{lemma}", "dat": f"لل{lemma}", "acc": lemma, "loc": f"بال{lemma}"}
    return Word(lemma, {**forms, "ins": f"وال{lemma}"})


_MAKERS: Final = {"kk": _kazakh, "pl": _polish, "ar": _arabic}
