"""The words that rules may use, taken from the lexicon.

lexicon --known_names--> KnownNames --> schema, compile, judge
"""

from collections.abc import Mapping
from typing import NamedTuple


class KnownNames(NamedTuple):
    """Every country, group, office, person and city that a rule may name."""

    countries: Mapping[str, str]  # code -> name in English; EU is one, Kazakhstan too
    groups: Mapping[str, frozenset[str]]
    offices: frozenset[str]
    people: Mapping[str, str]  # id -> country
    cities: Mapping[str, str]  # id -> country
    called: Mapping[str, tuple[str, ...]] = {}  # a name in any language, in small letters -> codes and ids
    union: frozenset[str] = frozenset()  # members of the EU: no third countries when the EU is the partner
