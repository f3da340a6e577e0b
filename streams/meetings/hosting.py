"""Who receives whom: the host of a reception, in whose capital it is when no other place is told.

receptions of a telling --accusative, voice, order of words--> host's country --capital--> Place
"""

from typing import Final

from streams.meetings.framing.frame import Frame
from streams.meetings.reading import Reading
from streams.meetings.telling import Telling
from streams.meetings.who.party import Party
from wire.records import Evidence, Place

ACCUSATIVE_KK: Final = ("ды", "ді", "ты", "ті", "ны", "ні", "ін", "ын")
PASSIVE_PL: Final = ("przyjęt", "podjęt", "ugoszcz", "goszcz")
OBLIQUE_PL: Final = ("a", "ę", "ego", "ą")
HEADS: Final = frozenset({"head-of-state", "head-of-government", "speaker", "foreign-minister"})  # who sit in capitals


def at_home(reading: Reading, telling: Telling) -> tuple[Place, tuple[Evidence, ...]] | None:
    """Return the capital of the one who received the other, and the word that says so; None when nobody did."""
    for frame in telling.frames:
        if frame.kind != "receive" or not frame.explicit or frame.line.of("city"):
            continue
        host = _host(reading, frame)
        capital = reading.lexicon.capital(host.country)
        if capital and host.office in HEADS:
            place = Place(country=host.country, city=capital, names=reading.lexicon.city_names(capital))
            return place, (reading.evidence(frame.trigger.first, frame.trigger.last, "place"),)
    return None


def _host(reading: Reading, frame: Frame) -> Party:
    """Return who receives: not the one in the accusative, the one behind `by`, else the one named first."""
    first, second = sorted((frame.kz, frame.other), key=lambda party: party.first)
    if reading.language == "kk":
        return second if reading.folded(first.core).endswith(ACCUSATIVE_KK) else first
    if reading.language == "pl":
        passive = reading.folded(frame.trigger.first).startswith(PASSIVE_PL)
        return second if passive or _received_pl(reading, first) else first
    return first


def _received_pl(reading: Reading, party: Party) -> bool:
    """Whether somebody named before a Polish verb is its object: Fialę przyjął Tokajew."""
    word = reading.surface(party.core)
    if party.person is not None and any(word in name for name in reading.lexicon.aliases(party.person)):
        return False
    return word.endswith(OBLIQUE_PL)
