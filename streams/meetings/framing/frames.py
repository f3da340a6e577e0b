"""Lines that tell of a meeting: trigger words bound to the two who meet, or the reason why not.

line --trigger?--> parties beside it, or implied by its neighbours --> frames, refusals
"""

from collections.abc import Iterator
from typing import Final

from streams.lexicon import Mention
from streams.meetings.framing.frame import EXPLICIT, MANY, ONE_IMPLIED, Frame, Lines, Refusal, distance
from streams.meetings.framing.neighbours import near_home, without_both, without_ours, without_theirs
from streams.meetings.framing.refusing import bearers, refused_outright
from streams.meetings.framing.together import (
    as_one,
    chief_of,
    comitative,
    company,
    hosts_met,
    only_attends,
    own_verb,
    partner_of,
    those_met,
    with_each_other,
)
from streams.meetings.framing.triggers import trigger_of
from streams.meetings.framing.welcome import framed
from streams.meetings.reading import Line, Reading
from streams.meetings.refusals import TEXTS
from streams.meetings.who.party import HOME, NOBODY, Party
from streams.meetings.wordlists import words

LATER: Final = {  # between two who were met one after the other
    "kk": words("кейін соң сондай-ақ бөлек"),
    "pl": words("później potem następnie później wcześniej osobno także również"),
    "ar": words("ثم بعدها لاحقا كذلك ايضا"),
}


def frames(reading: Reading, lines: Lines) -> tuple[list[Frame], list[Refusal]]:
    """Return the frames of a text, and what was refused."""
    found: list[Frame] = []
    refused: list[Refusal] = []
    for line in reading.lines:
        trigger = trigger_of(reading, line) or company(reading, line, lines[line.number])
        if trigger is None:
            continue
        for each in _bound(reading, line, trigger, lines):
            (refused if isinstance(each, Refusal) else found).append(each)  # type: ignore[arg-type]
    return _without_strangers(reading, _without_recalled(found, refused), refused, lines), refused


def _without_recalled(found: list[Frame], refused: list[Refusal]) -> list[Frame]:
    """Drop what is only implied by the two of the line before, which looks back on an earlier meeting."""
    back = {each.line.number + 1 for each in refused if each.code == "recalled"}
    return [f for f in found if f.explicit or f.line.number not in back or not _of_those_before(f)]


def _of_those_before(frame: Frame) -> bool:
    """Whether a line only says `both` of the two whom the line before names."""
    return bool(frame.line.signs("both")) and {frame.kz.line, frame.other.line} == {frame.line.number - 1}


def _without_strangers(reading: Reading, found: list[Frame], refused: list[Refusal], lines: Lines) -> list[Frame]:
    """Drop what is only implied when the lead tells of a meeting of others with the same people."""
    others: set[str] = set()
    for each in refused:
        if each.code in ("other-countries", "multilateral") and each.line.weight >= 1.0:
            others |= {p.country for p in lines[each.line.number] if p.counts}
    told = {f.other.country for f in found if f.explicit} | reading.headed
    return [f for f in found if f.explicit or f.other.country in told or f.other.country not in others or _joint(f)]


def _joint(frame: Frame) -> bool:
    """Whether a line names Kazakhstan's side and says that the two did it together: مع نورتليو، حيث بحث الوزيران."""
    return frame.kz.line == frame.line.number and frame.kz.person is not None and bool(frame.line.signs("both"))


def _bound(reading: Reading, line: Line, trigger: Mention, lines: Lines) -> Iterator[Frame | Refusal]:
    here = lines[line.number]
    ours = [p for p in here if p.counts and p.country == HOME]
    theirs = [p for p in here if p.counts and p.country not in (HOME, NOBODY)]
    theirs = bearers(reading, line, trigger, theirs) or theirs
    countries = list(dict.fromkeys(p.country for p in theirs))
    why = refused_outright(reading, line, trigger, here, ours, theirs)
    if why:
        yield Refusal(line, trigger, why, TEXTS[why], countries[0] if countries else "")
        return
    if trigger.id == "guest" and not (ours and theirs):
        return
    spoken = line.signs("talks", "receive") or (trigger.first <= line.first + 1 and not here)  # wideorozmowa trwała
    alone = trigger.id == "discuss" or (trigger.id == "video" and not spoken)
    if alone and not (ours and theirs and with_each_other(reading, line, ours, theirs)):
        return
    if trigger.id == "together" and not (ours and theirs and as_one(line, trigger, ours, theirs)):
        return
    if len(countries) > 1:
        yield from _among_many(reading, line, trigger, ours, theirs, lines)
    elif ours and theirs:
        yield from _explicit(reading, line, trigger, ours, theirs)
    elif theirs:
        yield from without_ours(reading, line, trigger, theirs, lines)
    elif ours:
        yield from without_theirs(reading, line, trigger, ours, lines)
    else:
        yield from without_both(reading, line, trigger, here, lines)


def _among_many(  # noqa: PLR0917
    reading: Reading, line: Line, trigger: Mention, ours: list[Party], theirs: list[Party], lines: Lines
) -> Iterator[Frame | Refusal]:
    countries = {p.country for p in theirs}
    order = sorted([*ours, *theirs], key=lambda p: p.first)
    together = [p for p in order if comitative(reading, p)]
    if ours and len(together) == 1:
        other = partner_of(together[0], order)
        if other is not None:
            kz, foreign = (together[0], other) if together[0].country == HOME else (other, together[0])
            yield framed(reading, line, trigger, kz, foreign, EXPLICIT)
            return
        yield Refusal(line, trigger, "other-countries", TEXTS["other-countries"])
        return
    if len(together) == len(countries) and _in_turn(reading, together):
        who = chief_of(ours, trigger) if ours else near_home(reading, line, lines)
        if who is not None and who not in together:
            for foreign in together:
                yield framed(reading, line, trigger, who, foreign, EXPLICIT)
            return
    if len(countries) >= MANY or not ours:
        code = "multilateral" if len(countries) >= MANY else "other-countries"
        yield Refusal(line, trigger, code, TEXTS[code])
        return
    pair = sorted(order, key=lambda p: distance(p, trigger))[:2]
    if {p.country == HOME for p in pair} == {True, False}:
        kz, foreign = sorted(pair, key=lambda p: p.country != HOME)
        yield framed(reading, line, trigger, kz, foreign, EXPLICIT * 0.9)
    else:
        yield Refusal(line, trigger, "other-countries", TEXTS["other-countries"])


def _in_turn(reading: Reading, together: list[Party]) -> bool:
    """Whether several are told to have been met one after the other: najpierw z ..., a później z ..."""
    first, last = together[0].last, together[-1].first
    return any(reading.folded(at) in LATER[reading.language] for at in range(first, last))


def _explicit(
    reading: Reading, line: Line, trigger: Mention, ours: list[Party], theirs: list[Party]
) -> Iterator[Frame | Refusal]:
    hosts = hosts_met(reading, line, ours)
    if len(hosts) > 1 and len({p.office for p in theirs}) == 1:
        for host in hosts:
            verb = own_verb(reading, line, host) or trigger
            yield framed(reading, line, verb, host, chief_of(theirs, verb), EXPLICIT)
        return
    kz = chief_of(ours, trigger)
    for other in those_met(reading, line, trigger, theirs):
        attends = only_attends(reading, line, other)
        yield framed(reading, line, trigger, kz, other, EXPLICIT if not attends else ONE_IMPLIED, attends)
