"""Who meets: tellings of the same pair of offices, or of the same persons, in the same mode.

tellings -> buckets (offices linked by persons) ; one day's group -> parts (two names are two meetings)
"""

from collections.abc import Sequence

from streams.stories.tellings import Links, Telling
from wire.records import Actor, Resolution

Pair = tuple[str, str, str]
Signature = tuple[str, str, str | None, str, str | None]
Named = tuple[str | None, str | None]


def buckets(told: Sequence[Telling]) -> list[list[Telling]]:
    """Return the tellings by role pair and mode; pairs of offices held by the same two persons are one."""
    links: Links[Pair] = Links()
    alike: dict[Signature, list[Telling]] = {}
    for each in told:
        ours, theirs = each.meeting.kz, each.meeting.counterpart
        alike.setdefault((each.meeting.mode, ours.office, ours.person, theirs.office, theirs.person), []).append(each)
    found: dict[Pair, list[Telling]] = {}
    homes = {signature: _linked(links, signature) for signature in alike}
    for signature, members in alike.items():
        found.setdefault(links.root(homes[signature]), []).extend(members)
    return list(found.values())


def _linked(links: Links[Pair], signature: Signature) -> Pair:
    """Link the offices and persons of one pair, each with each, and return one of them."""
    mode, office, person, their_office, their_person = signature
    pairs = [(mode, us, them) for us in _tokens(office, person) for them in _tokens(their_office, their_person)]
    for pair in pairs[1:]:
        links.join(pairs[0], pair)
    return pairs[0]


def _tokens(office: str, person: str | None) -> list[str]:
    return [f"office:{office}", f"person:{person}"] if person else [f"office:{office}"]


def parts(group: Sequence[Telling]) -> list[list[Telling]]:
    """Split a group where two different persons stand in the texts: two deputy ministers are two meetings.

    A telling that names nobody goes with the larger part, then with the earlier one.
    """
    by_names: dict[Named, list[Telling]] = {}
    for each in group:
        by_names.setdefault((_named(each.meeting.kz), _named(each.meeting.counterpart)), []).append(each)
    found: list[tuple[Named, list[Telling]]] = []
    for names in sorted(by_names, key=lambda names: _weight(names, by_names[names])):
        for number, (others, members) in enumerate(found):
            if _fit(names, others):
                found[number] = ((others[0] or names[0], others[1] or names[1]), members + by_names[names])
                break
        else:
            found.append((names, by_names[names]))
    return [sorted(members) for _, members in found] if len(found) > 1 else [list(group)]


def _weight(names: Named, members: Sequence[Telling]) -> tuple[object, ...]:
    unnamed = sum(name is None for name in names)
    return unnamed, -len(members), min(each.at for each in members), tuple(name or "" for name in names)


def _named(actor: Actor) -> str | None:
    """Return the person only where the name itself stands in the text: an office's holder may be wrongly dated."""
    return actor.person if actor.resolution is Resolution.NAMED else None


def _fit(names: Named, others: Named) -> bool:
    return all(None in (one, other) or one == other for one, other in zip(names, others, strict=True))
