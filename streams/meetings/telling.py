"""All that an article's lines tell of the same two, put together.

frames --same two--> Telling
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from streams.meetings.framing.frame import FORMS, Frame
from streams.meetings.who.party import RANK, Party
from wire.records import Form, Resolution

SURE: Final = 0.75  # what a telling's frames must add up to
MINISTER: Final = 3
PREMIER: Final = 1


class Telling(NamedTuple):
    """All frames of one meeting in one article."""

    kz: Party
    other: Party
    frames: tuple[Frame, ...]

    @property
    def score(self) -> float:
        """How surely the article tells of it."""
        return sum(frame.score for frame in self.frames)


def tellings(frames: Iterable[Frame]) -> list[Telling]:
    """Put the frames of the same two together, the surest telling first."""
    groups: dict[tuple[str, str], list[Frame]] = {}
    people: dict[str, str] = {}  # person -> the office first told: a crown prince may be premier too
    for frame in sorted(frames, key=lambda f: RANK.get(f.other.office, 9)):
        office = people.setdefault(frame.other.person, frame.other.office) if frame.other.person else frame.other.office
        groups.setdefault((frame.other.country, office), []).append(frame)
    found = [_telling(part) for group in groups.values() for part in _by_host(group)]
    return sorted(found, key=lambda telling: -telling.score)


def _by_host(frames: list[Frame]) -> list[list[Frame]]:
    """Tell apart what one guest does with two of Kazakhstan's: talks with the minister, then the President."""
    outright = [f for f in frames if FORMS[f.kind] is not Form.VISIT and f.kz.person and _tells_apart(f)]
    hosts = list(dict.fromkeys(f.kz.person for f in sorted(outright, key=lambda f: -f.score)))
    if len(hosts) < 2:
        return [frames]
    parts = [[f for f in outright if f.kz.person == host] for host in hosts]
    apart = set(map(id, outright))
    parts[0] += [f for f in frames if id(f) not in apart]
    return parts


def _tells_apart(frame: Frame) -> bool:
    """Whether a frame says who of Kazakhstan it was: outright, or the President or Premier in its own line."""
    rank = RANK.get(frame.kz.office, 9)
    if frame.explicit:
        return rank <= MINISTER
    named = frame.kz.resolution in (Resolution.NAMED, Resolution.INTRODUCED)
    return named and rank <= PREMIER and frame.kz.line == frame.line.number


def _telling(frames: Sequence[Frame]) -> Telling:
    explicit = [f for f in frames if f.explicit] or list(frames)
    kz, other = _best([f.kz for f in explicit]), _best([f.other for f in frames])
    if all(FORMS[f.kind] is Form.VISIT for f in explicit):  # who welcomes a guest is no party to his visit
        kz = _principal(kz, other, [f.kz for f in explicit])
        other = _principal(other, kz, [f.other for f in frames])
    return Telling(kz, other, tuple(frames))


def _principal(party: Party, guest: Party, others: Sequence[Party]) -> Party:
    """Return the one of a side whose rank is the guest's, when there is one."""
    if RANK.get(party.office, 9) <= RANK.get(guest.office, 9):
        return party
    return next((p for p in others if p.office == guest.office), party)


def _best(parties: Sequence[Party]) -> Party:
    """Return the party most often meant, known before named, named before unnamed."""
    counted: dict[tuple[str, str | None], int] = {}
    for party in parties:
        counted[party.office, party.person] = counted.get((party.office, party.person), 0) + 1
    return max(
        parties,
        key=lambda p: (
            p.person is not None,
            bool(p.name),
            counted[p.office, p.person],
            p.resolution is Resolution.NAMED,
        ),
    )
