"""Polish: lemma -> every inflected form, by Morfeusz (SGJP) and our rules for names it lacks; token -> itself.

Expansion happens when lexicon and rules are compiled (0.5 ms a lemma); a token is then one look-up.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from typing import Final

from streams.languages import polish_names
from streams.languages.polish_dictionary import agreeing, generated
from streams.languages.sentences import splitter
from streams.languages.shape import Code, Pos, Reading, Stem
from streams.languages.text import APOSTROPHES, HYPHENS, INVISIBLE, MARKS, Reader, Text, settle

NAME: Final = 1  # only when capitalised: Mali is a country, mali are small
WORD: Final = 2
ALL: Final = NAME | WORD
LETTERS: Final = frozenset("ąćęłńóśźż")
_MARKS: Final = re.compile(f"[{MARKS}{INVISIBLE}]")
_PLAIN_WORD: Final = re.compile("[a-ząćęłńóśźż]+")
_PLAIN: Final = (
    {ord(c): "-" for c in HYPHENS + "_"}
    | {ord(c): "'" for c in APOSTROPHES}
    | {
        ord("ß"): "ss",
        ord("đ"): "d",
        ord("ø"): "o",
        ord("æ"): "ae",
        ord("œ"): "oe",
        ord("ı"): "i",
        ord("þ"): "th",
    }
)
_LOOKALIKES: Final = str.maketrans("аеорсухікмтһѕј", "aeopcyxikmthsj")
_LATIN: Final = re.compile("[a-z]")
_SOUNDED: Final = str.maketrans({"š": "sz", "č": "cz", "ž": "ż", "Š": "Sz", "Č": "Cz", "Ž": "Ż"})
_NATIVE: Final = str.maketrans(dict.fromkeys("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "a"))
_FOREIGN_MARK: Final = re.compile("[\u0300-\u036f]")
_TAGS: Final[dict[Pos, tuple[str, ...]]] = {
    "noun": ("subst", "ger"),
    "adj": ("adj", "adja", "adjp", "adjc", "ppas", "pact"),
    "verb": (
        "fin",
        "praet",
        "imps",
        "inf",
        "pant",
        "pcon",
        "pact",
        "ppas",
        "bedzie",
        "cond",
        "winien",
    ),
}
_ACRONYM_ENDINGS: Final = ("u", "owi", "em", "iem", "ie", "a", "y", "i", "om", "ów", "ami", "ach", "ecie")
# The endings of words that Morfeusz lacks.
_CONSONANT: Final = re.compile("[^aeiouyąęó]$")
_VERBAL: Final = re.compile(r"(?:[oiy]wać|ić)$")
_ADJECTIVAL: Final = re.compile(r"(?:[sc]k|dzk|[nw]n|[aeiou]ln|czn|[oe]w|[aeiouy]jn)[iyae]$")
_PREFIXES: Final = re.compile(r"(?:wice|eks|super|anty|pro|post|pre|ponad|między|mikro|makro|nano|bio|tele|euro|cyber)")


def _without_foreign_marks(letter: str) -> str:
    return letter if letter in LETTERS else unicodedata.normalize("NFD", letter)


def _fold_once(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).translate(_PLAIN).lower().translate(_PLAIN)
    if plain.isascii():
        return plain.strip("-'")
    plain = "".join(map(_without_foreign_marks, unicodedata.normalize("NFC", plain)))
    plain = _MARKS.sub("", plain)
    if _LATIN.search(plain):
        plain = plain.translate(_LOOKALIKES)
    return unicodedata.normalize("NFKC", plain).strip("-'")


def fold(word: str) -> str:
    """NFKC, lower case, Polish letters kept, foreign marks dropped (Erdoğan is Erdogan)."""
    return settle(_fold_once, word, _PLAIN_WORD)


class Polish:
    """Polish."""

    code: Code = "pl"
    capital_kinds = NAME

    def __init__(self) -> None:
        self._reader = Reader(fold)
        self._split = splitter(self.code)

    def text(self, original: str) -> Text:
        """The text, to be read when asked for."""
        return Text.lazy(original, self.code, self._reader, self._split)

    def fold(self, word: str) -> str:
        """A word as tokens are folded."""
        return fold(word)

    def guess(self, word: str, beside: Sequence[str] = ()) -> tuple[Pos, ...]:
        """A capital means a name; else what Morfeusz knows, else the ending."""
        return _guessed(word)

    def stems(self, word: str, pos: Pos) -> frozenset[Stem]:
        """Every form of the lemma, folded."""
        return _stems(unicodedata.normalize("NFKC", word).strip(), pos)

    def readings(self, folded: str, known: Container[str] | None = None) -> Sequence[Reading]:
        """The token itself, and the parts of a hyphenated one."""
        if "-" not in folded:
            return (Reading(folded, ALL),)
        return (Reading(folded, ALL), *(Reading(part, ALL) for part in folded.split("-") if len(part) > 1))

    def endings(self) -> Iterator[tuple[str, str, int]]:
        """Nothing stands around a Polish key: it is the form."""
        yield "", "", ALL


@lru_cache(maxsize=4_096)  # titles say "szef" and "rządu" with the adjective of every country
def _guessed(word: str) -> tuple[Pos, ...]:
    if word[:1].isupper():
        return ("name",)
    tags = {tag.split(":")[0] for _, tag in (tuple(generated(word)) or agreeing(word))}
    found: list[Pos] = []
    if "inf" in tags or (not tags and _VERBAL.search(word)):
        found.append("verb")
    if tags & {"adj", "adja", "ppas", "pact"} or (not tags and _ADJECTIVAL.search(word)):
        found.append("adj")
    if "subst" in tags:
        found.append("noun")
    return tuple(found) or ("noun",)


@lru_cache(maxsize=4_096)
def _stems(word: str, pos: Pos) -> frozenset[Stem]:
    if not fold(word):
        return frozenset()
    kind = NAME if pos == "name" else WORD
    forms = _name_forms(word) if pos == "name" else _word_forms(word, pos)
    return frozenset(Stem(key, kind) for key in map(fold, forms) if key)


def _name_forms(word: str) -> set[str]:
    known = {form for form, tag in generated(word) if not tag.startswith("depr")}
    if len(word) > 1 and word.isupper():
        return known | {word} | {f"{word}-{ending}" for ending in _ACRONYM_ENDINGS}
    name = fold(word)
    if "-" not in word and (len(known) > 1 or (known and word[-1] in "iuoe")):
        other = _CONSONANT.search(word) and not any(form[:-1].startswith(word) for form in known)  # Radew, not Radwi
        foreign = polish_names.decline(name) if other else ()
        return known | {word, *foreign, *polish_names.beside_the_dictionary(name, declined=len(known) > 1)}
    agreed = {form for form, _ in agreeing(word.lower())}  # Stany Zjednoczone, Wielka Brytania
    respelt = _respelt(word)
    found = known | agreed | set(polish_names.decline(name))
    return found.union(*(polish_names.decline(fold(other)) for other in respelt))


def _respelt(word: str) -> Iterator[str]:
    """A foreign name as newsrooms also write it: Babiš is Babisz, Szijjártó is Szijjarto."""
    plain = word.translate(_SOUNDED)
    if plain != word:
        yield plain
    if _FOREIGN_MARK.search(unicodedata.normalize("NFD", word.translate(_NATIVE))):
        yield "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _word_forms(word: str, pos: Pos) -> set[str]:
    known = _known(word, pos) | (_plural(word) if pos == "noun" else set())
    return known or _agreeing(word, pos) or _prefixed(word, pos) or _OWN[pos](word)


def _plural(word: str) -> set[str]:
    """Forms of the noun whose plural this is: prawa człowieka are of prawo."""
    return {form for form, tag in agreeing(word) if tag.startswith(("subst:pl", "ger:pl"))}


def _agreeing(word: str, pos: Pos) -> set[str]:
    every = agreeing(word)
    return {form for form, tag in every if tag.split(":")[0] in _TAGS[pos]} or {form for form, _ in every}


def _known(word: str, pos: Pos) -> set[str]:
    """Morfeusz's forms of this class (all, where the class was wrong), without depreciatives and negations."""
    every = [(form, tag.split(":")) for form, tag in generated(word)]
    allowed = [(form, tag) for form, tag in every if tag[0] not in ("depr", "impt") and "neg" not in tag]
    return {form for form, tag in allowed if tag[0] in _TAGS[pos]} or {form for form, _ in allowed}


def _prefixed(word: str, pos: Pos) -> set[str]:
    prefix = _PREFIXES.match(word)
    if not prefix or len(word) - prefix.end() < 4:
        return set()
    return {prefix[0] + form for form in _known(word[prefix.end() :], pos)}


def _own_noun(word: str) -> set[str]:
    """A noun that Morfeusz lacks: the singular as a name's, and a plural."""
    forms = set(polish_names.decline(word))
    stem = word[:-1] if word[-1] in "aeo" else word
    plurals = ("y", "i", "e", "ów", "om", "ami", "ach")
    return forms | {stem + ending for ending in plurals} | ({stem} if word[-1] == "a" else set())


def _own_adjective(word: str) -> set[str]:
    """An adjective that Morfeusz lacks, in -i or -y."""
    stem, vowel = word[:-1], word[-1]
    if vowel not in "iy":
        return {word}
    soft = "i" if vowel == "i" else ""
    endings = [soft + end for end in ("ego", "emu", "ej", "e")] + [vowel + end for end in ("", "m", "ch", "mi")]
    hard = "" if stem[-1:] in "kg" else soft
    endings += [hard + end for end in ("a", "ą", "o")]
    plural = {"k": stem[:-1] + "cy", "g": stem[:-1] + "dzy", "r": stem + "zy", "ł": stem[:-1] + "li"}
    return {stem + ending for ending in endings} | {plural.get(stem[-1:], stem + "i")}


def _own_verb(word: str) -> set[str]:
    """A verb that Morfeusz lacks: past, and the present of -ować and -ać."""
    if not word.endswith("ć"):
        return {word}
    stem = word[:-1]
    past = {stem + end for end in ("ł", "ła", "ło", "ły", "li", "łby", "łaby", "liby", "no")}
    present = stem[:-3] + "uj" if stem.endswith("owa") else stem + "j"
    return {word} | past | {present + end for end in ("ę", "e", "emy", "ą", "ąc")} | {stem}


_OWN: Final[dict[Pos, Callable[[str], set[str]]]] = {
    "name": _name_forms,
    "noun": _own_noun,
    "adj": _own_adjective,
    "verb": _own_verb,
}
