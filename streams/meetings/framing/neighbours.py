"""Lines that name one side or neither: the other is in the lines around, is the host, or is `the presidents`.

line, trigger --near lines, place--> Frames, Refusals
"""

from collections.abc import Iterator, Sequence
from typing import Final

from streams.lexicon import Mention
from streams.meetings import places
from streams.meetings.framing.frame import (
    BOTH_IMPLIED,
    BY_PRONOUN,
    EXPLICIT,
    FORMS,
    MANY,
    ONE_IMPLIED,
    Frame,
    Lines,
    Refusal,
)
from streams.meetings.framing.together import chief_of, hosts_met, only_attends, tells_who_attended, those_met
from streams.meetings.framing.welcome import framed, host
from streams.meetings.reading import Line, Reading
from streams.meetings.refusals import TEXTS
from streams.meetings.who.party import HOME, NOBODY, RANK, Party
from streams.meetings.wordlists import words

LOOK_BACK: Final = 3


def without_ours(
    reading: Reading, line: Line, trigger: Mention, theirs: list[Party], lines: Lines
) -> Iterator[Frame | Refusal]:
    """Kazakhstan's side is not named in the line: it stands nearby, or is the host."""
    partner = theirs[0].country
    strangers = _named(reading, line) - {HOME, partner}
    near = _near_side(reading, line, lines, lambda p: p.country == HOME)
    at_home = places.is_in(reading, line, HOME) or _headline_at_home(reading, line, partner)
    others = (
        [p for p in theirs if not only_attends(reading, line, p)]
        if not tells_who_attended(reading, line, trigger)
        else []
    )
    if not others:
        yield Refusal(line, trigger, "participant", TEXTS["participant"], partner)
        return
    if _pronoun(reading, line) and _speaks_of_others(line, lines, partner):
        yield Refusal(line, trigger, "other-countries", TEXTS["other-countries"], partner)
        return
    if strangers or (trigger.id in ("visit", "travel") and not (at_home or line.signs("guest", "host"))):
        yield Refusal(line, trigger, "no-kazakhstan", TEXTS["no-kazakhstan"], partner)
        return
    received = trigger.id in ("visit", "travel") or line.signs("both") or _in_a_house_of_ours(reading, line)
    if near is None and not (at_home and received):
        yield Refusal(line, trigger, "no-kazakhstan", TEXTS["no-kazakhstan"], partner)
        return
    for other in those_met(reading, line, trigger, others):
        kz = near or host(reading, other.office, line)
        implied = BY_PRONOUN if _pronoun(reading, line) else ONE_IMPLIED
        sure = implied if near is not None and trigger.id not in ("visit", "travel") else EXPLICIT
        yield framed(reading, line, trigger, kz, other, sure)


def _speaks_of_others(line: Line, lines: Lines, partner: str) -> bool:
    """Whether the sentence before ends with somebody of a third country: he is meant by a pronoun."""
    before = [p for p in lines[line.number - 1] if p.counts] if line.number else []
    return bool(before) and before[-1].country not in (HOME, partner)


def _in_a_house_of_ours(reading: Reading, line: Line) -> bool:
    """Whether the line names a palace of Kazakhstan."""
    return any(m.note == "place" and reading.lexicon.cities[m.id] == HOME for m in line.of("city"))


def _named(reading: Reading, line: Line) -> set[str]:
    """Return the countries that a line names otherwise than as the place of something."""
    return {m.id for m in line.of("country") if not places.is_place(reading, m)}


def _headline_at_home(reading: Reading, line: Line, partner: str) -> bool:
    """Whether the headline names Kazakhstan as the place and the line no other."""
    if line.of("city") or any(m.note == "name" and m.id not in (HOME, partner) for m in line.of("country")):
        return False
    return line.weight >= 1.0 and any(
        places.speaks_of(reading, reading.lines[at], HOME) for at in reading.title_numbers
    )


def _near_side(reading: Reading, line: Line, lines: Lines, wanted) -> Party | None:  # type: ignore[no-untyped-def]
    """Return the party wanted from the lines before, the title, or just behind; not from a list of countries."""
    headed = reading.headed
    numbers = [line.number - back for back in range(1, LOOK_BACK + 1)] + [line.number + 1, line.number + 2]
    if line.title:
        numbers += [line.number + ahead for ahead in range(2, 6)]
    numbers += reading.title_numbers
    for number in numbers:
        if not 0 <= number < len(lines):
            continue
        there = lines[number]
        strangers = {p.country for p in there if p.counts} - {HOME}
        if len(strangers) > 1 and (topic := strangers & headed):
            there, strangers = [p for p in there if p.country in {HOME, *topic}], topic
        if len(strangers) >= MANY or (len(strangers) > 1 and not any(p.country == HOME for p in there)):
            continue
        found = [p for p in there if p.counts and wanted(p)]
        if found:
            return min(found, key=lambda p: (RANK.get(p.office, 9), p.person is None))
    return None


def near_home(reading: Reading, line: Line, lines: Lines) -> Party | None:
    """Return Kazakhstan's side when a line names others only."""
    return _near_side(reading, line, lines, lambda p: p.country == HOME)


def without_theirs(
    reading: Reading, line: Line, trigger: Mention, ours: list[Party], lines: Lines
) -> Iterator[Frame | Refusal]:
    """The other side is not named in the line: it was before, or a country is visited."""
    kz = chief_of(ours, trigger)
    if trigger.id in ("visit", "travel"):
        country = places.destination(reading, line, HOME)
        if country:
            near = _near_side(reading, line, lines, lambda p: p.country == country and _like_rank(p, kz))
            other = near or host(reading, kz.office, line, country)
            if (
                other.person is None
                and reading.published
                and reading.lexicon.holder(country, "head-of-state", reading.published)
            ):
                yield Refusal(
                    line, trigger, "no-office", TEXTS["no-office"], country
                )  # nobody holds the like office there
                return
            yield framed(reading, line, trigger, kz, other, EXPLICIT)
            return
    strangers = _named(reading, line) - {HOME}
    near = _near_side(reading, line, lines, lambda p: p.country not in (HOME, NOBODY))
    joint = line.signs("both", "guest", "host") or line.of("counterpart")
    if near is None or (strangers and near.country not in strangers):
        code = "business" if line.signs("business") else "no-office" if strangers else "domestic"
        yield Refusal(line, trigger, code, TEXTS[code])
        return
    verb = any(m.note == "verb" for m in line.signs(*FORMS))
    hosts = hosts_met(reading, line, ours)
    sure = ONE_IMPLIED if joint or verb or strangers or hosts else BOTH_IMPLIED
    if _pronoun(reading, line):
        sure = BY_PRONOUN if verb and near.line == line.number - 1 else ONE_IMPLIED
    for each in hosts if len(hosts) > 1 else [kz]:
        yield framed(reading, line, trigger, each, near, sure)


def _like_rank(party: Party, other: Party) -> bool:
    """Whether one is not merely sent to the airport for the other."""
    return RANK.get(party.office, 9) <= RANK.get(other.office, 9) + 1


PRONOUNS: Final = {
    "kk": words("оны оған онымен екеуі бір-бірімен"),
    "pl": words("go jego nim niego mu sobą niej jej nią"),
    "ar": words("معه معها استقبله به بها التقاه اياه"),
}


def _pronoun(reading: Reading, line: Line) -> bool:
    return any(reading.folded(at) in PRONOUNS[reading.language] for at in range(line.first, line.end))


def without_both(
    reading: Reading, line: Line, trigger: Mention, here: Sequence[Party], lines: Lines
) -> Iterator[Frame | Refusal]:
    """Neither is named: the two are `the presidents`, `host and guest`, or a headline hides them."""
    if trigger.id in ("visit", "travel") or (_named(reading, line) - {HOME} and not line.title):
        yield from _countries_meet(reading, line, trigger, lines)
        return
    if any(not p.counts for p in here):
        return
    if trigger.id == "receive" and not (line.signs("guest", "host", "both") or _pronoun(reading, line)):
        return
    ours = _near_side(reading, line, lines, lambda p: p.country == HOME)
    theirs = _near_side(reading, line, lines, lambda p: p.country not in (HOME, NOBODY))
    if ours is None and theirs is not None and line.signs("both") and places.speaks_of(reading, line, HOME):
        ours = host(reading, theirs.office, line)
    if ours is None or theirs is None:
        return
    sure = BOTH_IMPLIED
    if line.signs("both") and _just_before(line, lines, theirs.country):
        sure = BY_PRONOUN if ours.person and theirs.person and trigger.note == "verb" else ONE_IMPLIED
    yield framed(reading, line, trigger, ours, theirs, sure)


def _just_before(line: Line, lines: Lines, country: str) -> bool:
    """Whether the sentence before names both sides and nobody else."""
    before = {p.country for p in lines[line.number - 1] if p.counts} if line.number else set()
    return before == {HOME, country}


def _countries_meet(reading: Reading, line: Line, trigger: Mention, lines: Lines) -> Iterator[Frame | Refusal]:
    """A line that names two countries, or a guest and a place, and nobody."""
    mentioned = {m.id for m in line.of("country")}
    foreign = mentioned - {HOME}
    ours = _near_side(reading, line, lines, lambda p: p.country == HOME)
    if len(foreign) > 1 or ours is None:
        return
    theirs = _near_side(
        reading, line, lines, lambda p: p.country not in (HOME, NOBODY) and (not foreign or p.country in foreign)
    )
    if theirs is None:
        return
    at_home = places.speaks_of(reading, line, HOME) or places.speaks_of(reading, line, theirs.country)
    if trigger.id in ("visit", "travel") and not (
        (at_home and line.signs("guest", "host", "both")) or (at_home and line.title)
    ):
        return
    yield framed(reading, line, trigger, ours, theirs, BOTH_IMPLIED)
