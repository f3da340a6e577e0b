"""Pure: Alert -> the receivers it is for, and why.

rules name desks + routes name desks (else the default, or all) -> desks -> receivers, each once
"""

from collections.abc import Iterator
from typing import NamedTuple

from alerts.lines import Desks, Match, Route, listed
from wire.records import Alert, Reason


class Destination(NamedTuple):
    """A receiver that an alert is for, and why."""

    receiver: str
    reasons: tuple[Reason, ...]


class Routing(NamedTuple):
    """Where an alert goes, and which desks its rules name that nobody has set up."""

    destinations: tuple[Destination, ...]
    unknown: tuple[str, ...] = ()


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
    wanted = {line: listed(getattr(match, line)) for line in has}
    return all(not wanted[line] or has[line].intersection(wanted[line]) for line in has)
