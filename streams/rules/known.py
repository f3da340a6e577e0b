"""What rules may refer to, gathered: lexicon + config/desks.yaml -> Known.

lexicon --names--> KnownNames ; desks.yaml --keys of desks:--> desks ; the recogniser's refusals
"""

from collections.abc import Collection
from pathlib import Path

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
        union=lexicon.groups.get(UNION_GROUP, frozenset()),
    )


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
