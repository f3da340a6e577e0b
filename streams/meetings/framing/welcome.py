"""One frame, made and weighed; whom a guest came to see takes the place of somebody who merely welcomes him.

line, trigger, two parties --strength, place in the article, principals--> Frame
"""

from typing import Final

from streams.lexicon import Mention
from streams.meetings import places, status
from streams.meetings.framing.frame import EXPLICIT, FORMS, STRENGTH, Frame
from streams.meetings.reading import Line, Reading
from streams.meetings.who.party import HOME, RANK, Party
from streams.meetings.wordlists import words
from wire.records import Form, Resolution

FIRST_LINES: Final = 2  # of the body: "during talks" there is how the talks are told
OPINION: Final = 0.5


def framed(  # noqa: PLR0917
    reading: Reading, line: Line, trigger: Mention, kz: Party, other: Party, sureness: float, attends: bool = False
) -> Frame:
    """Return the frame in which a trigger binds two parties, and how much it counts among the article's frames."""
    kind = trigger.id
    if kind == "receive" and (_at_the_airport(line, trigger) or _merely_welcomed(reading, line, trigger, kz, other)):
        kind = "travel"
    if kind == "visit" and _paid_to(reading, trigger, other if other.country != HOME else kz):
        kind = "talks"
    if FORMS[kind] is Form.VISIT and (line.signs("receive", "airport") or kz.line != line.number):
        kz, other = _without_welcomer(reading, line, kz, other)
    score = sureness * STRENGTH[kind] * line.weight
    if not line.title and taken_as_known(reading, trigger):
        if _headline_tells_another(reading, other):
            score *= ASIDE
        elif line not in reading.body_lines[:FIRST_LINES]:
            score *= GIVEN
    if any(sign.first < trigger.first for sign in line.signs("opinion")):
        score *= OPINION
    ahead = status.looks_ahead(reading, line, trigger)
    return Frame(line, kind, trigger, kz, other, score, sureness >= EXPLICIT * 0.9, ahead, attends)


DATIVE_PL: Final = ("owi", "emu")


def _paid_to(reading: Reading, trigger: Mention, party: Party) -> bool:
    """Whether a Polish visit is paid to a person, and so tells that they met: złożył wizytę prezydentowi."""
    if reading.language != "pl" or not reading.folded(trigger.first).startswith("wizyt") or party.first < trigger.last:
        return False
    return reading.folded(party.first).endswith(DATIVE_PL)


AIRPORT: Final = 8  # tokens


def _at_the_airport(line: Line, trigger: Mention) -> bool:
    """Whether a reception is at the airport: of several verbs the one beside it."""
    verbs = [m for m in line.signs("receive", "talks") if m.note == "verb"]
    near = any(min(abs(m.first - trigger.last), abs(trigger.first - m.last)) <= AIRPORT for m in line.signs("airport"))
    return near if len(verbs) > 1 else bool(line.signs("airport"))


PRINCIPAL: Final = 1  # the rank down to which a guest is a head of state or government
WELCOMER: Final = 3  # and from which somebody is only sent to welcome him
WELCOMERS: Final = frozenset({"foreign-minister", "minister", "deputy-head-of-government", "deputy-minister"})
WELCOME: Final = {
    "kk": ("күтіп", "қарсы"),
    "pl": ("powita", "wita", "przywita"),
    "ar": ("استقبال",),
}
AMONG_AR: Final = "في"  # كان في استقباله: stood there; خلال استقباله, لدى استقباله: as he received him


def _merely_welcomed(reading: Reading, line: Line, trigger: Mention, kz: Party, other: Party) -> bool:
    """Whether somebody lower is said to receive a head of state or government: he stood at the steps of the plane."""
    ours, theirs = RANK.get(kz.office, 9), RANK.get(other.office, 9)
    if kz.office in WELCOMERS and theirs <= PRINCIPAL:
        return not _there(reading, line, other.country)  # there he is the guest, and received
    if not is_welcome(reading, trigger):
        return False
    return ours > theirs == 0 or (ours <= PRINCIPAL and theirs >= WELCOMER)


def is_welcome(reading: Reading, trigger: Mention) -> bool:
    """Whether a word of reception tells of an arrival: қарсы алды, powitał, كان في استقباله."""
    told = reading.folded(trigger.first).startswith(WELCOME[reading.language])
    return told and (reading.language != "ar" or reading.folded(trigger.first - 1) == AMONG_AR)


def _without_welcomer(reading: Reading, line: Line, kz: Party, other: Party) -> tuple[Party, Party]:
    """Put the holder of the guest's own office for whoever of a lower one welcomes him; he is no party."""
    ours, theirs = RANK.get(kz.office, 9), RANK.get(other.office, 9)
    if theirs <= PRINCIPAL and ours > theirs and _there(reading, line, HOME):
        kz = host(reading, other.office, line)
    lower = WELCOMER if not line.signs("airport") else ours + 1
    if ours <= PRINCIPAL and theirs >= lower and _there(reading, line, other.country):
        like = host(reading, kz.office, line, other.country)
        other = like if like.person is not None else other
    return kz, other


def _there(reading: Reading, line: Line, country: str) -> bool:
    """Whether the line, the one before it or the headline speaks of the country as the place."""
    near = {line.number, max(line.number - 1, 0), *reading.title_numbers}
    return any(places.speaks_of(reading, reading.lines[number], country) for number in near)


def _headline_tells_another(reading: Reading, other: Party) -> bool:
    """Whether the headline is of a meeting with somebody else of the same country."""
    for number in reading.title_numbers:
        line = reading.lines[number]
        people = {m.id for m in line.of("person") if reading.lexicon.people[m.id] == other.country}
        if line.signs("talks", "receive", "phone", "video") and people and other.person not in people:
            return True
    return False


KNOWN: Final = {
    "kk": words("барысында кезінде кезіндегі барысындағы"),
    "pl": words("podczas trakcie czasie"),
    "ar": words("خلال اثناء اثر عقب"),
}
GIVEN: Final = 0.5
ASIDE: Final = 0.25  # the news is another meeting: of this one only something said of it


def taken_as_known(reading: Reading, trigger: Mention) -> bool:
    """Whether the meeting is spoken of as known: `during the meeting` alone does not tell one."""
    if trigger.note == "verb":
        return False
    beside = trigger.last + 1 if reading.language == "kk" else trigger.first - 1
    return reading.folded(beside) in KNOWN[reading.language]


def host(reading: Reading, office: str, line: Line, country: str = HOME) -> Party:
    """Return the other side's holder of the like office, not named in the text."""
    like = (
        office
        if office in RANK and office not in ("supreme-leader", "crown-prince", "eu-president")
        else "head-of-state"
    )
    if like == "head-of-state" and country != HOME and not _of_state(reading):
        like = reading.lexicon.leads(country)
    day = reading.published
    person = reading.lexicon.holder(country, like, day) if day else None
    known = Resolution.OFFICE if person else Resolution.UNKNOWN
    return Party(country, like, person, known, line.first, line.first, line.number)


def _of_state(reading: Reading) -> bool:
    """Whether a state visit is told: then the host is the head of state, whoever leads the country."""
    return any(m.kind == "invitation" and m.id == "state-visit" for m in reading.mentions)
