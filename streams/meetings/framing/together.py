"""Who does it with whom: parties in the comitative, as one subject, each with a verb of its own, or only attending.

parties of a line --case, place, verbs--> the chief of a side, those who are met, those who attend
"""

from collections.abc import Iterable, Sequence
from typing import Final

from streams.lexicon import Mention
from streams.meetings.framing.frame import distance
from streams.meetings.framing.triggers import means_it
from streams.meetings.reading import Line, Reading
from streams.meetings.who.party import HOME, RANK, Party

MINISTER: Final = 3
PAIR: Final = 2
NEAREST: Final = 2  # tokens between a verb and its own subject or object


def as_one(line: Line, trigger: Mention, ours: list[Party], theirs: list[Party]) -> bool:
    """Whether both do it together: sign a document, or stand side by side as one subject."""
    if trigger.note != "verb" or line.of("document"):
        return True
    return any(0 <= max(a.first, b.first) - min(a.last, b.last) - 1 <= 1 for a in ours for b in theirs)


def with_each_other(reading: Reading, line: Line, ours: list[Party], theirs: list[Party]) -> bool:
    """Whether the two discuss it with each other, as title or lead tell: one subject, or one in the comitative."""
    near = any(0 <= max(a.first, b.first) - min(a.last, b.last) - 1 <= 1 for a in ours for b in theirs)
    return near or (line.weight >= 1.0 and any(comitative(reading, p) for p in (*ours, *theirs)))


def comitative(reading: Reading, party: Party) -> bool:
    """Whether a party is the one with whom somebody meets: Путинмен, z Putinem, مع بوتين."""
    first, last = reading.folded(party.first), reading.folded(party.core)
    if reading.language == "kk":
        return last.endswith(("мен", "пен", "бен")) and not last.endswith("президентпен")
    before = reading.folded(party.first - 1)
    if reading.language == "pl":
        return before in ("z", "ze") or (
            reading.folded(party.first - 2) in ("z", "ze") and not reading.capital(party.first - 1)
        )
    return (
        before in ("مع", "ومع", "قبالة", "قباله", "امام")
        or first.startswith(("بال", "برييس", "بنظير", "بوزير", "لل", "برييس"))
        or (reading.folded(party.first - 2) in ("مع", "ومع"))
    )


def partner_of(party: Party, order: list[Party]) -> Party | None:
    """Return who meets the party in the comitative: the one before it, else the one behind; Kazakhstan's or nobody."""
    at = order.index(party)
    before = [p for p in order[:at] if p.country != party.country]
    behind = [p for p in order[at + 1 :] if p.country != party.country]
    other = before[-1] if before else behind[0] if behind else None
    if other is None:
        return None
    return other if HOME in (other.country, party.country) else None


def chief_of(parties: Iterable[Party], trigger: Mention) -> Party:
    """Return the highest of several of one side; of equals the nearest."""
    return min(parties, key=lambda p: (RANK.get(p.office, 9), p.person is None, distance(p, trigger)))


NO_COMPANY: Final = (
    "telegram", "multilateral", "attend", "ambassador", "sport", "recalled", "rumour", "opinion", "business", "denied",
    "cancelled", "postponed", "invited", "delegation",
)  # fmt: skip


def company(reading: Reading, line: Line, here: Sequence[Party]) -> Mention | None:
    """Return the one in the comitative when the lead tells of two office holders and what they did in words unknown."""
    if line.weight < 1.0 or not here:
        return None
    parties = [p for p in here if p.counts]
    if not of_two_alone(line, parties):
        return None
    found = [p for p in parties if comitative(reading, p) and RANK.get(p.office, 9) <= MINISTER]
    if len(found) != 1 or not any(p.country != found[0].country and p.person for p in parties):
        return None
    return Mention("sign", "company", "", found[0].first, found[0].last)


def of_two_alone(line: Line, parties: Sequence[Party]) -> bool:
    """Whether a line speaks of Kazakhstan's people and one other country's, and of nothing that is no meeting."""
    pair = {p.country for p in parties}
    return len(pair) == PAIR and HOME in pair and not line.signs(*NO_COMPANY) and not line.of("organisation")


def hosts_met(reading: Reading, line: Line, ours: list[Party]) -> list[Party]:
    """Return those of one's own side of whom each is met by the guest: Президентпен де, Премьермен де жүздесті."""
    high = [p for p in ours if RANK.get(p.office, 9) <= MINISTER]
    together = _distinct(p for p in high if comitative(reading, p))
    apart = _each_its_own(reading, line, high)
    return apart if len(apart) > len(together) else together


def those_met(reading: Reading, line: Line, trigger: Mention, theirs: list[Party]) -> list[Party]:
    """Return who is met: all that stand in the comitative, else the highest."""
    together = _distinct([p for p in theirs if comitative(reading, p)])
    if len(together) > 1:
        return together
    apart = _each_its_own(reading, line, theirs)
    if len(apart) > 1:
        return apart
    if len(together) == 1 and not _distinct([p for p in theirs if _key(p) != _key(together[0])]):
        return [max((p for p in theirs), key=lambda p: p.person is not None)]
    if len(together) == 1:
        higher = [
            p for p in theirs if RANK.get(p.office, 9) < RANK.get(together[0].office, 9) and distance(p, trigger) < 12
        ]
        return together if not higher else [chief_of(theirs, trigger)]
    if trigger.note == "verb":
        return [min(theirs, key=lambda p: (distance(p, trigger) > NEAREST, RANK.get(p.office, 9), p.person is None))]
    return [chief_of(theirs, trigger)]


def own_verb(reading: Reading, line: Line, party: Party) -> Mention | None:
    """Return the verb of meeting that is nearest to a party in a line that has several."""
    verbs = [m for m in line.signs("talks", "receive") if m.note == "verb" and means_it(reading, line, m)]
    return min(verbs, key=lambda m: distance(party, m)) if len(verbs) > 1 else None


def _each_its_own(reading: Reading, line: Line, theirs: list[Party]) -> list[Party]:
    """Return the high officials of whom each has a verb of meeting of its own."""
    verbs = [m for m in line.signs("talks", "receive") if means_it(reading, line, m)]
    taken: dict[int, Party] = {}
    for party in _distinct(p for p in theirs if RANK.get(p.office, 9) <= 3):
        behind = (
            [v for v in verbs if v.first > party.last]
            if reading.language == "kk"
            else [v for v in verbs if v.last < party.first]
        )
        if behind:
            verb = behind[0] if reading.language == "kk" else behind[-1]
            if (
                not any(party.last < other.first < verb.first for other in theirs if other is not party)
                or reading.language != "kk"
            ):
                taken.setdefault(verb.first, party)
    return list(taken.values())


def _key(party: Party) -> tuple[str, str]:
    return party.country, party.office


def _distinct(parties: Iterable[Party]) -> list[Party]:
    """Return one party an office, named ones before others."""
    found: dict[tuple[str, str], Party] = {}
    for party in parties:
        if _key(party) not in found or (found[_key(party)].person is None and not found[_key(party)].name):
            found[_key(party)] = party
    return list(found.values())


def only_attends(reading: Reading, line: Line, party: Party) -> bool:
    """Whether a party only takes part in the talks of others."""
    for sign in line.signs("attend"):
        if reading.language == "kk" and 0 < sign.first - party.last <= 4:
            return True
        if reading.language != "kk" and 0 < party.first - sign.last <= 6:
            return True
    return False


def tells_who_attended(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether the line says who took part in the talks: وحضر اللقاء, келіссөзге ... қатысты."""
    if trigger.note == "verb":
        return False
    if reading.language == "kk":
        dative = reading.folded(trigger.last).endswith(("ге", "ға", "ке", "қа", "не", "на"))
        return dative and any(s.first > trigger.last for s in line.signs("attend"))
    return any(0 < trigger.first - s.last <= 3 for s in line.signs("attend"))
