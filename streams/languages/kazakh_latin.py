"""Kazakh in Latin letters -> which script it is -> Cyrillic, word by word.

Four scripts are read: 2017 (a', s'), 2018 (á, sh), 2021 (ä, ş, y for ы) and QazAqparat (ä, ş, ı for ы, w, ï).
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

from streams.languages.text import APOSTROPHES, HYPHENS, INVISIBLE, WORDS, WORDS_WITH_FINAL_APOSTROPHE, Reader

Script = Literal["2017", "2018", "2021", "qazaqparat"]
SAMPLE: Final = 4_000
_FEW: Final = 8
_TELLING: Final = re.compile(r"[äöüğşñūáǵńóúýıŋ]|q(?!u)", re.IGNORECASE)
_CYRILLIC: Final = re.compile(r"[Ѐ-ӿ]+")
_LATIN: Final = re.compile(r"[A-Za-z]")
_APOSTROPHES_OF_2017: Final = re.compile(rf"[aougnsciy][{APOSTROPHES}]", re.IGNORECASE)
_ACUTE: Final = re.compile(r"[áǵńóúý]", re.IGNORECASE)
_MACRON: Final = re.compile(r"[ūŪ]")
_Y_AS_VOWEL: Final = re.compile(r"(?<![aeiouyäöüūəıéáóúý])y", re.IGNORECASE)
_QAZAQPARAT: Final = re.compile(r"[ïw]", re.IGNORECASE)
_DOTLESS: Final = re.compile(r"ı")
_I_AS_VOWEL: Final = re.compile(r"ı|(?<=[bdgjklmnpqrstvzş])i(?=[bdgjklmnpqrstvzş])", re.IGNORECASE)
_SMOOTH: Final = {ord(c): "'" for c in APOSTROPHES} | {ord(c): "-" for c in HYPHENS}
_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]")
_MARKS: Final = re.compile(r"[\u0300-\u036f]")

_PLAIN: Final = dict(zip("abdefghjklmnopqrstvzxc", "абдефгхжклмнопқрствзхк", strict=True))
_PAIRS: Final = (("sz", "цз"), ("ts", "ц"), ("sh", "ш"), ("ch", "ч"))
_GLIDE: Final = "\ufffc"  # stands for и or й until its neighbours are known
_LETTERS: Final[dict[Script, dict[str, str]]] = {
    "2017": {"y": "ы", "i": "і", "u": "ұ"},
    "2018": {
        "á": "ә",
        "ǵ": "ғ",
        "ń": "ң",
        "ó": "ө",
        "ú": "ү",
        "ý": "у",
        "y": "ы",
        "i": "і",
        "ı": _GLIDE,
        "u": "ұ",
    },
    "2021": {"ä": "ә", "ğ": "ғ", "ñ": "ң", "ö": "ө", "ş": "ш", "ü": "ү", "ū": "ұ", "ŋ": "ң", "ç": "ч"}
    | {"u": "у", "y": "ы", "ı": "і", "i": _GLIDE},
    "qazaqparat": {"ä": "ә", "ğ": "ғ", "ñ": "ң", "ö": "ө", "ş": "ш", "ü": "ү", "ç": "ч", "h": "һ", "c": "ц"}
    | {"u": "ұ", "w": "у", "ı": "ы", "i": "і", "ï": "и", "y": _GLIDE},
}
_WITH_APOSTROPHE: Final = (
    ("a'", "ә"), ("g'", "ғ"), ("i'", _GLIDE), ("n'", "ң"), ("o'", "ө"),
    ("s'", "ш"), ("c'", "ч"), ("u'", "ү"), ("y'", "у"),
)  # fmt: skip
_SHORT_I: Final = re.compile(rf"(?<=[аәеоөұүыіиуюя]){_GLIDE}")
_I_AFTER_VOWEL: Final = re.compile("(?<=[аәеоөұүы])[іи](?![аәеоөұүыіиуюя])")
_SOFT: Final = (("йа", "я"), ("йу", "ю"), ("иа", "ия"), ("иу", "ию"))


def script_of(text: str) -> Script:
    """The script that Kazakh text in Latin letters is written in; 2021 when nothing tells."""
    if len(_ACUTE.findall(text)) > len(re.findall(r"[äöüğşñ]", text)):
        return "2018"
    if len(_APOSTROPHES_OF_2017.findall(text)) > 1 and not re.search(r"[äöüğşñū]", text):
        return "2017"
    vowels = len(_Y_AS_VOWEL.findall(text))
    if _MACRON.search(text) or (vowels and vowels >= len(_DOTLESS.findall(text)) / 2):
        return "2021"
    return "qazaqparat" if _QAZAQPARAT.search(text) or _I_AS_VOWEL.search(text) else "2021"


def to_cyrillic(word: str, script: Script) -> str:
    """One word in Cyrillic, lower case."""
    word = _INVISIBLE.sub("", unicodedata.normalize("NFKC", word).translate(_SMOOTH))
    if script != "2017":
        word = word.replace("I", "ı").replace("İ", "i")
    word = unicodedata.normalize("NFKC", word.lower())
    for pair, letter in (*(_WITH_APOSTROPHE if script == "2017" else ()), *_PAIRS):
        word = word.replace(pair, letter)
    letters = _PLAIN | _LETTERS[script]
    word = "".join(letters.get(letter, letter) for letter in word)
    word = _SHORT_I.sub("й", word).replace(_GLIDE, "и")
    word = _I_AFTER_VOWEL.sub("й", word)  # Qytaımen, whatever script wrote it
    for pair, letter in _SOFT:
        word = word.replace(pair, letter)
    return _MARKS.sub("", unicodedata.normalize("NFKC", word)).replace("_", "-").strip("-'")


@lru_cache(maxsize=4)
def _reader(script: Script) -> Reader:
    words = WORDS_WITH_FINAL_APOSTROPHE if script == "2017" else WORDS
    return Reader(lambda word: to_cyrillic(word, script), words)


def latin_reader(original: str) -> Reader | None:
    """How to read this Kazakh text if it is in Latin letters, else None."""
    head = original[:100]
    if sum(map(len, _CYRILLIC.findall(head))) > len(head) // 3:
        return None
    sample = original[:SAMPLE]
    if sum(map(len, _CYRILLIC.findall(sample))) >= len(_LATIN.findall(sample)):
        return None
    if len(sample) < _FEW and not _TELLING.search(sample):
        return None  # NATO, SMS
    return _reader(script_of(sample))
