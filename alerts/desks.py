"""config/desks.yaml -> Desks, or every Problem at once; Alert -> the receivers it is for, and why.

rules name desks + routes name desks (else the default, or all) -> desks -> receivers, each once
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from alerts.rates import Rate, parse_rate
from wire.files import Document, Problem, Problems, check, read, read_text, suggest
from wire.records import Alert, AlertKind, Reason

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Language = Literal["kk", "pl", "ar"]
FrameLanguage = Literal["kk", "pl", "ar", "en"]
Kind = Literal["first", "status-change", "correction", "update"]
PriorityWord = Literal["flash", "urgent", "routine"]
RINGING: tuple[Kind, ...] = ("first", "status-change", "correction")


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of desks.yaml."""


class ReceiverLines(Section, frozen=True, kw_only=True):
    """One chat: where it is, in which language it is addressed, what it wants."""

    url: str  # Apprise's, with ${SECRET} for what nobody may read here
    frame: FrameLanguage
    zone: str = "UTC"
    kinds: tuple[Kind, ...] = RINGING
    rate: str | None = None  # 18/min: instead of the service's own limit

    @property
    def wanted(self) -> frozenset[AlertKind]:
        """Return the kinds of alerts that this receiver wants."""
        return frozenset(AlertKind(kind) for kind in self.kinds)

    @property
    def own_rate(self) -> Rate | None:
        """Return the rate that the file sets, if it does."""
        return parse_rate(self.rate) if self.rate else None


class Match(Section, frozen=True, kw_only=True):
    """What an alert must have; lines are AND, a list is OR, a missing line is anything."""

    rule: str | tuple[str, ...] = ()
    country: str | tuple[str, ...] = ()  # no pattern here: msgspec 0.22 crashes on one in a union
    priority: PriorityWord | tuple[PriorityWord, ...] = ()
    language: Language | tuple[Language, ...] = ()
    kind: Kind | tuple[Kind, ...] = ()


class Route(Section, frozen=True, kw_only=True, rename={"continue_": "continue"}):
    """A branch of the tree: the first that matches takes the alert, unless it says `continue: true`."""

    match: Match = Match()
    desks: tuple[Name, ...] = ()
    continue_: bool = False
    routes: "tuple[Route, ...]" = ()


class Desks(Section, frozen=True, kw_only=True):
    """The whole file."""

    receivers: dict[Name, ReceiverLines]
    desks: dict[Name, tuple[Name, ...]]
    operators: tuple[Name, ...]  # receivers of notices
    default: tuple[Name, ...] = ()  # desks of what no rule and no route takes; none: every desk, nothing is lost
    routes: tuple[Route, ...] = ()


class DesksFile(NamedTuple):
    """The file as it was read: its value, and where each part of it stands."""

    desks: Desks
    document: Document


class Destination(NamedTuple):
    """A receiver that an alert is for, and why."""

    receiver: str
    reasons: tuple[Reason, ...]


class Routing(NamedTuple):
    """Where an alert goes, and which desks its rules name that nobody has set up."""

    destinations: tuple[Destination, ...]
    unknown: tuple[str, ...] = ()


def load(path: Path) -> DesksFile:
    """Read desks.yaml.

    Raises Problems with every fault found.
    """
    return _checked(*read(path))


def load_text(text: str, name: str = "desks.yaml") -> DesksFile:
    """Read desks.yaml from a text; Problems as in `load`."""
    return _checked(*read_text(text, name))


def _checked(document: Document, problems: list[Problem]) -> DesksFile:
    desks, faults = (None, []) if problems else check(document, Desks)
    if desks is None:
        raise Problems([*problems, *faults])
    if crossed := list(_cross_faults(document, desks)):
        raise Problems(crossed)
    return DesksFile(desks, document)


def _cross_faults(document: Document, desks: Desks) -> Iterator[Problem]:
    """Yield what no single line shows: names without a bearer, receivers nobody uses, zones, rates."""
    for name, receiver in desks.receivers.items():
        yield from _receiver_faults(document, name, receiver)
    for name, members in desks.desks.items():
        if not members:
            yield document.problem(("desks", name), f"desk {name!r} has no receiver", "name at least one")
        yield from _unknown(document, ("desks", name), "receiver", members, desks.receivers)
    yield from _unknown(document, ("operators",), "receiver", desks.operators, desks.receivers)
    yield from _unknown(document, ("default",), "desk", desks.default, desks.desks)
    yield from _route_faults(document, ("routes",), desks.routes, desks)
    if not desks.operators:
        yield document.problem(("operators",), "'operators' is empty", "name who hears of trouble")
    used = {*desks.operators, *(member for members in desks.desks.values() for member in members)}
    for name in desks.receivers.keys() - used:
        mend = "name it in a desk or under operators, or remove it"
        yield document.problem(("receivers", name), f"receiver {name!r} is in no desk and hears nothing", mend)


def _receiver_faults(document: Document, name: str, receiver: ReceiverLines) -> Iterator[Problem]:
    here = ("receivers", name)
    try:
        ZoneInfo(receiver.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield document.problem((*here, "zone"), f"{receiver.zone!r} is no time zone", "such as Asia/Almaty")
    try:
        _ = receiver.own_rate
    except ValueError as error:
        yield document.problem((*here, "rate"), str(error), "such as 18/min or 1/s")
    if not receiver.kinds:
        yield document.problem(
            (*here, "kinds"), f"receiver {name!r} wants no kind of alert", "remove the line for the usual"
        )
    if not re.match(r"^(\$\{[A-Z][A-Z0-9_]*\}|[a-z][a-z0-9+.-]*://)", receiver.url):
        yield document.problem(
            (*here, "url"), "is no Apprise URL", "such as tgram://${TELEGRAM_TOKEN}/${TELEGRAM_CHAT}"
        )


def _unknown(
    document: Document, path: tuple[str | int, ...], what: str, names: Iterable[str], known: Iterable[str]
) -> Iterator[Problem]:
    known = tuple(known)
    for i, name in enumerate(names):
        if name not in known:
            yield document.problem((*path, i), f"there is no {what} {name!r}", suggest(name, known))


def _route_faults(
    document: Document, path: tuple[str | int, ...], routes: tuple[Route, ...], desks: Desks
) -> Iterator[Problem]:
    for i, route in enumerate(routes):
        here = (*path, i)
        yield from _unknown(document, (*here, "desks"), "desk", route.desks, desks.desks)
        for country in _listed(route.match.country):
            if not re.fullmatch("[A-Z]{2}", country):
                mend = "two capital letters, such as UZ, or EU"
                yield document.problem((*here, "match", "country"), f"{country!r} is no country code", mend)
        if not route.desks and not route.routes:
            yield document.problem(here, "this route leads nowhere", "give it desks or routes")
        yield from _route_faults(document, (*here, "routes"), route.routes, desks)


def routing(alert: Alert, desks: Desks) -> Routing:
    """Return every receiver the alert is for: of the desks its rules name and of the routes that match."""
    because: dict[str, list[Reason]] = {}
    unknown = [desk for desk in alert.desks if desk not in desks.desks]
    for desk in alert.desks:
        if desk in desks.desks:
            because.setdefault(desk, []).append(Reason(code="rule", text=f"its rules name the desk {desk}"))
    for desk, reason in _along(alert, desks.routes, "route"):
        because.setdefault(desk, []).append(reason)
    if not because:
        why = Reason(code="default", text="no rule and no route names a desk that there is")
        because = {desk: [why] for desk in desks.default or desks.desks}
    receivers: dict[str, list[Reason]] = {}
    for desk, reasons in because.items():
        for name in desks.desks[desk]:
            receivers.setdefault(name, []).extend(reasons)
    return Routing(tuple(Destination(name, tuple(why)) for name, why in receivers.items()), tuple(unknown))


def _along(alert: Alert, routes: tuple[Route, ...], name: str) -> Iterator[tuple[str, Reason]]:
    """Yield the desks of the branches that take the alert: a branch itself only when none of its own do."""
    for i, route in enumerate(routes, 1):
        if not matches(alert, route.match):
            continue
        here = f"{name} {i}"
        deeper = list(_along(alert, route.routes, here))
        yield from deeper or ((desk, Reason(code="route", text=f"{here} leads to {desk}")) for desk in route.desks)
        if not route.continue_:
            return


def matches(alert: Alert, match: Match) -> bool:
    """Return whether the alert has what every line asks for."""
    has = {
        "rule": {hit.rule for hit in alert.rules},
        "country": {alert.partner.code},
        "priority": {alert.priority.value},
        "language": {source.language for source in alert.sources},
        "kind": {alert.kind.value},
    }
    wanted = {line: _listed(getattr(match, line)) for line in has}
    return all(not wanted[line] or has[line].intersection(wanted[line]) for line in has)


def _listed(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
