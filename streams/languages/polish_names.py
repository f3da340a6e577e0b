"""A foreign name in the nominative -> its forms by case, by the rules that Polish newsrooms follow.

Morfeusz knows Trump and Tusk, not Tokajew, Jinping or Mirzijojew. Words come and go in lower case.
"""

import re
from itertools import product
from typing import Final, NamedTuple

CASES: Final = ("nominative", "genitive", "dative", "accusative", "instrumental", "locative")
# Locative -e softens the consonant before it; longer endings first.
_SOFTENED: Final = (
    ("st", "ście"), ("zd", "ździe"), ("th", "cie"), ("t", "cie"), ("d", "dzie"), ("r", "rze"), ("ł", "le"),
    ("x", "ksie"),
)  # fmt: skip
_SOFTENED_A: Final = (*_SOFTENED, ("ch", "sze"), ("k", "ce"), ("g", "dze"), ("h", "że"))
_LOCATIVE_IE: Final = tuple("bpfwvmnsz")
_HARD_SIBILANT: Final = re.compile(r"(?:cz|sz|rz|dz|ż|c|dż)$")
_VELAR: Final = re.compile(r"(?:(?<!c)k|g|q|ck)$")
_ACUTE: Final = {"ń": "ni", "ś": "si", "ć": "ci", "ź": "zi"}
_FLEETING_E: Final = re.compile(r"[^aeiouyąęó]e[ckł]$|(?:v|[kr]ar|aw)el$")
_DIPHTHONG: Final = re.compile(r"[aeo]y$")  # Carney, Carneya; Sunday
_UKRAINIAN: Final = re.compile(r"[^aeiouyąęó]ko$")  # Poroszenko, Poroszenki
_SILENT_END: Final = re.compile(r"(?:[bcdfgklmnprstvz]e|es|oux|ues?)$")

Forms = dict[str, set[str]]


class _Paradigm(NamedTuple):
    """Endings by case after a stem; a case may have several."""

    genitive: tuple[str, ...]
    dative: tuple[str, ...]
    accusative: tuple[str, ...]
    instrumental: tuple[str, ...]
    locative: tuple[str, ...]


def _apply(stem: str, paradigm: _Paradigm, nominative: str) -> Forms:
    forms: Forms = {case: {stem + ending for ending in endings} for case, endings in paradigm._asdict().items()}
    return forms | {"nominative": {nominative}}


def _merge(*all_forms: Forms) -> Forms:
    return {case: set().union(*(forms.get(case, set()) for forms in all_forms)) for case in CASES}


def _soft(stem: str, table: tuple[tuple[str, str], ...]) -> str | None:
    """The stem with -e, its last consonant softened; None where Polish does not soften."""
    for end, softened in table:
        if stem.endswith(end):
            return stem[: -len(end)] + softened
    return stem + "ie" if stem.endswith(_LOCATIVE_IE) else None


def _masculine(name: str, stem: str) -> Forms:
    """Tokajew, Tusk, Pekin, Kazachstan: genitive in -a or -u, as people and places differ."""
    stem = stem[:-1] + _ACUTE.get(stem[-1], stem[-1])
    velar = bool(_VELAR.search(stem))
    instrumental = ("iem", "em") if stem.endswith("q") else ("iem",) if velar else ("em",)
    forms = _apply(stem, _Paradigm(("a", "u"), ("owi",), ("a",), instrumental, ("u",)), name)
    forms["accusative"].add(name)  # places
    soft = _soft(stem, _SOFTENED)
    if soft and not _HARD_SIBILANT.search(stem):
        forms["locative"].add(soft)
    return forms


def _consonantal(name: str) -> Forms:
    found = [_masculine(name, name)]
    if len(name) > 4 and _FLEETING_E.search(name):  # Horaczek, Horaczka; Pavel, Pavla
        found.append(_masculine(name, name[:-2] + name[-1]))
    if re.search(r"[aou]c$", name):  # Chirac, z Chirakiem
        found.append({"instrumental": {name[:-1] + "kiem"}})
    if name.endswith("x"):
        found.append(_masculine(name, name[:-1] + "ks"))
    return _merge(*found)


def _in_a(name: str) -> Forms:
    """Duda, Astana, Gruzja, Kenia, Nikaragua."""
    stem = name[:-1]
    if not stem:
        return _merge({"nominative": {name}})
    soft_endings: tuple[str, ...]
    if re.search(r"[aeou]i$", stem):  # Maia, Mai
        soft_endings = (stem, stem + "i")
    elif stem[-1] in "lj" or stem[-1] in "aeiouy":
        soft_endings = (stem + "i",)
    elif _HARD_SIBILANT.search(stem):
        soft_endings = (stem + "y",)
    else:
        soft_endings = (_soft(stem, _SOFTENED_A) or stem + "ie",)
    genitive = stem + ("i" if stem[-1] in "ljkgaeiouy" else "y")
    plain: Forms = {
        "nominative": {name},
        "genitive": {genitive, *(soft_endings if stem[-1] == "i" else ())},
        "dative": set(soft_endings),
        "accusative": {stem + "ę"},
        "instrumental": {stem + "ą"},
        "locative": set(soft_endings),
    }
    if re.search(r"(?:[oe]w|in|[sc]k)$", stem):  # Matwiejewa, Tichanowska: women's names, as adjectives
        linked = stem + "i" if stem[-1] == "k" else stem
        feminine = {case: {linked + "ej"} for case in ("genitive", "dative", "locative")}
        return _merge(plain, feminine, {"accusative": {stem + "ą"}, "instrumental": {stem + "ą"}})
    return plain


def _adjectival(name: str) -> Forms:
    """Zełenski, Modi, Kennedy, Abe: genitive in -ego."""
    if name.endswith("y"):
        short = _apply(name[:-1], _Paradigm(("ego",), ("emu",), ("ego",), ("ym",), ("ym",)), name)
        long = _apply(name, _Paradigm(("'ego", "ego"), ("'emu", "emu"), ("'ego", "ego"), ("m", "'m"), ("m",)), name)
        return _merge(short, long)
    if name.endswith("e"):
        return _apply(name, _Paradigm(("go",), ("mu",), ("go",), ("m",), ("m",)), name)
    forms = _apply(name, _Paradigm(("ego",), ("emu",), ("ego",), ("m",), ("m",)), name)
    if name.endswith(("li", "ji")):  # Saakaszwilego, beside Modiego
        forms = _merge(forms, _apply(name[:-1], _Paradigm(("ego",), ("emu",), ("ego",), ("im",), ("im",)), name))
    return forms


def _with_apostrophe(name: str) -> Forms:
    """Blake'a, Charles'owi: the end is written and not said."""
    return _apply(name + "'", _Paradigm(("a",), ("owi",), ("a",), ("em", "iem"), ("u", "ie")), name)


def _single(name: str) -> Forms:
    last = name[-1]
    if last == "a":
        forms = _in_a(name)
    elif last in "iy":
        forms = _adjectival(name)
        if _DIPHTHONG.search(name):
            forms = _merge(forms, _masculine(name, name), _with_apostrophe(name))
    elif last == "e":
        forms = _merge(_adjectival(name), _with_apostrophe(name))
    elif last == "o":
        forms = _merge(_masculine(name, name[:-1]) if len(name) > 3 else {}, {"nominative": {name}})
        if _UKRAINIAN.search(name):
            forms = _merge(forms, _in_a(name[:-1] + "a"), {"nominative": {name}})
    elif last.isalpha() and last not in "uąęó":
        forms = _consonantal(name)
    else:
        forms = {case: {name} for case in CASES}
    if _SILENT_END.search(name):
        forms = _merge(forms, _with_apostrophe(name))
    return forms


def beside_the_dictionary(name: str, *, declined: bool) -> frozenset[str]:
    """Forms of a name beyond those that a dictionary has, which declines it or leaves it as it is."""
    found: Forms = {}
    if _SILENT_END.search(name) or _DIPHTHONG.search(name):
        found = _with_apostrophe(name)
    if not declined and _UKRAINIAN.search(name):
        found = _merge(found, _in_a(name[:-1] + "a"))
    return frozenset().union(*found.values())


def decline(name: str) -> frozenset[str]:
    """Every form of a name in lower case; both parts of a hyphenated one inflect, or only the last."""
    parts = [part for part in name.split("-") if part]
    if not parts:
        return frozenset()
    tables = [_single(part) for part in parts]
    found = {name}
    for case in CASES:
        found.update("-".join(combined) for combined in product(*(table[case] for table in tables)))
        found.update("-".join((*parts[:-1], last)) for last in tables[-1][case])
    return frozenset(found)
