"""Names in Latin letters, and names alike by sound: a name as written --letters--> Latin --consonants--> skeleton.

A name that the lexicon lacks is shown in Latin letters to those who read no Cyrillic or Arabic. No table restores
the vowels that Arabic leaves out, or tells Rutte from Рютте: whether two spellings are of one name is asked of
their consonants, put into classes that no newsroom confuses with each other.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Final

from wire.records import Names

CYRILLIC: Final = str.maketrans({
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "ng", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "һ": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
})  # fmt: skip
CYRILLIC_PAIRS: Final = (("тх", "th"), ("дж", "j"), ("кс", "x"), ("ий", "iy"))
ARABIC: Final = str.maketrans({
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h",
    "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t",
    "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "ة": "a", "و": "u", "ي": "i", "ی": "i", "ى": "a", "ء": "", "ئ": "i", "ؤ": "u", "ـ": "",
})  # fmt: skip
ARABIC_MARKS: Final = re.compile("[\u064b-\u065f\u0670]")
ARABIC_PAIRS: Final = (("تش", "ch"), ("آل ", "Al "), ("بن ", "bin "))
LATIN_PLAIN: Final = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "e"})
CLASSES: Final = (  # what newsrooms write for one sound, longest first
    (r"tsch|tch|dsch|dzh|dj|cz|sch|sh|sz|zh|rz|ch(?=[aeiouy])|ts|tz|c(?=[eiy])|[szjx]", "s"),
    (r"kh|gh|ch|ck|[kqgc]", "k"), (r"ph|[fvw]", "f"), ("th|[td]", "t"), ("[pb]", "b"), ("[aeiouyh']", ""),
)  # fmt: skip
ALIKE: Final = 0.75
TELLING: Final = 3  # consonants of a surname that tell whose it is


def latin(name: str) -> str:
    """Return a name in Latin letters."""
    if not any("\u0400" <= letter <= "\u06ff" for letter in name):
        return name
    written = ARABIC_MARKS.sub("", name).lower()
    for pair, instead in (*CYRILLIC_PAIRS, *ARABIC_PAIRS):
        written = written.replace(pair, instead)
    words = written.translate(CYRILLIC).translate(ARABIC).split(" ")
    return " ".join("-".join(part[:1].upper() + part[1:] for part in word.split("-")) for word in words)


def names(written: str, language: str) -> Names | None:
    """Return a name that the lexicon lacks for every reader: as written where it can be read, else in Latin."""
    if not written:
        return None
    plain = latin(written)
    here = {code: written if code == language else plain for code in ("kk", "pl", "ar")}
    return Names(en=plain, **here)


def skeleton(name: str) -> list[str]:
    """Return the consonants of a name, word by word, in classes of like sounds."""
    letters = unicodedata.normalize("NFD", latin(name).lower().translate(LATIN_PLAIN))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return [bare for word in re.findall(r"[a-z']+", plain) if (bare := _consonants(word))]


def _consonants(word: str) -> str:
    for pattern, instead in CLASSES:
        word = re.sub(pattern, instead, word)
    return re.sub(r"(.)\1+", r"\1", word)


def sound_alike(name: str, other: str) -> bool:
    """Whether two spellings, in whatever script, may be of one name: the surname's consonants, or those of all."""
    mine, theirs = skeleton(name), skeleton(other)
    if not mine or not theirs:
        return False
    if mine[-1] == theirs[-1] and len(mine[-1]) >= TELLING:
        return True
    return SequenceMatcher(None, "".join(mine), "".join(theirs)).ratio() >= ALIKE
