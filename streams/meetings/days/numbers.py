"""Numbers as they are written, or spoken in words: 18,2 | 1 200 | он үш | trzydzieści pięć | ثلاث عشرة -> value."""

import re
from typing import Final, NamedTuple

from streams.meetings.days import calendar
from streams.meetings.reading import Reading
from streams.meetings.wordlists import words

DIGITS: Final = re.compile(r"^\d+(?:[.,٫٬]\d+)*$")
GROUPED_AR: Final = re.compile(r"^\d{1,3}(?:[,٬]\d{3})+$")
TEN: Final = 10


def _counted(text: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * n for n, word in enumerate(text.split())}


TENS: Final[dict[str, dict[str, int]]] = {
    "kk": _counted("он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан", 10, 10),
    "pl": _counted("dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt", 20, 10),
    "ar": _counted("عشر", 10) | _counted("عشرة", 10) | _counted("عشرون ثلاثون اربعون خمسون", 20, 10)
    | _counted("عشرين ثلاثين اربعين خمسين", 20, 10),
}  # fmt: skip
MORE: Final[dict[str, dict[str, int]]] = {
    "kk": {},
    "pl": _counted(
        "jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście", 11
    )
    | _counted("jednego dwóch trzech czterech pięciu sześciu siedmiu ośmiu dziewięciu dziesięciu", 1),
    "ar": {"ثماني": 8, "ثمان": 8, "احدي": 1, "اثنتا": 2, "اثنتي": 2, "اثني": 2, "اثنا": 2},
}
HALF: Final = {"kk": words("жарым"), "pl": words("półtora"), "ar": words("")}


class Number(NamedTuple):
    """A value, and the first token that tells it."""

    value: float
    first: int


def number(reading: Reading, at: int, first: int) -> Number | None:
    """Return the number whose last word is a token, not looking before `first`."""
    word, before = reading.folded(at), reading.folded(at - 1) if at > first else ""
    if DIGITS.match(word):
        if len(word) == 3 and before.isdigit() and len(before) < 4 and len(reading.gap(at - 1, at)) == 1:
            return Number(float(before + word), at - 1)
        return Number(_written(word, reading.language), at)
    if word in HALF[reading.language]:
        whole = _word(reading.language, before)
        return Number(whole + 0.5, at - 1) if whole else Number(1.5, at)
    value = _word(reading.language, word)
    if not value:
        return None
    earlier = _word(reading.language, before)
    teen = reading.language == "ar" and value == TEN and 0 < earlier < TEN
    if teen or (value < TEN and earlier >= TEN and before in TENS[reading.language]):
        return Number(float(value + earlier), at - 1)
    return Number(float(value), at)


def _word(language: str, word: str) -> int:
    return calendar.NUMBERS[language].get(word) or TENS[language].get(word) or MORE[language].get(word, 0)


def _written(word: str, language: str) -> float:
    if language == "ar" and GROUPED_AR.match(word):
        return float(re.sub("[,٬]", "", word))
    whole, _, rest = re.sub("[,٫٬]", ".", word).partition(".")
    return float(f"{whole}.{rest.replace('.', '')}") if rest else float(whole)
