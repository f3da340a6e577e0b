"""What rules may refer to, gathered: lexicon + config/desks.yaml -> Known.

lexicon --names--> KnownNames ; desks.yaml --keys of desks:--> desks ; the recogniser's refusals
"""

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

import msgspec

from streams.lexicon.lexicon import Lexicon
from streams.meetings.refusals import CODES
from streams.rules.compile import Known
from streams.rules.names import KnownNames
from wire.files import read

UNION_GROUP = "eu"  # the group of the European Union's members


def names(lexicon: Lexicon) -> KnownNames:
    """Return the words of a lexicon that rules may use."""
    return KnownNames(
        countries=lexicon.countries,
        groups=lexicon.groups,
        offices=frozenset(lexicon.offices),
        people=lexicon.people,
        cities=lexicon.cities,
        called=_called(lexicon),
        union=lexicon.groups.get(UNION_GROUP, frozenset()),
    )


def _called(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Return what every name in every language is called in a rule, for those who write the name."""
    found: dict[str, set[str]] = defaultdict(set)
    for code in lexicon.countries:
        for name in msgspec.structs.astuple(lexicon.country_names(code)):
            found[name.casefold()].add(code)
    for city in lexicon.cities:
        for name in lexicon.city_aliases(city):
            found[name.casefold()].add(city)
    for person in lexicon.people:
        for name in lexicon.aliases(person):
            found[name.casefold()].add(person)
    return {name: tuple(sorted(ids)) for name, ids in found.items()}


def desk_names(config: Path) -> frozenset[str] | None:
    """Return the desks of config/desks.yaml; None when there is no readable one, which alerts/ will say."""
    path = config / "desks.yaml"
    if not path.exists():
        return None
    value = read(path)[0].value
    desks = value.get("desks") if isinstance(value, dict) else None
    return frozenset(desks) if isinstance(desks, dict) else None


def known(lexicon: Lexicon, config: Path, refusals: Collection[str] | None = CODES) -> Known:
    """Return all that the rules of a configuration folder may refer to."""
    return Known(names(lexicon), desk_names(config), refusals)
