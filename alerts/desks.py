"""config/desks.yaml -> Desks, or every Problem at once.

text -> document -> each part against its type | what no single line shows -> Desks | Problems
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from alerts.lines import AT_ONCE, Desks, Name, ReceiverLines, Route, Trial, TrialAlert, clock, listed
from wire.files import Document, Path_, Problem, Problems, check, read, read_text, suggest

T = TypeVar("T")
_NOBODY = {"url": "json://", "frame": "en"}  # stand in for lines of a receiver that cannot be read
_NOTHING = Trial(alert=TrialAlert(country="UZ"), at="2026-01-01T00:00+00:00", to={})


class DesksFile(NamedTuple):
    """The file as it was read: its value, and where each part of it stands."""

    desks: Desks
    document: Document


def load(path: Path) -> DesksFile:
    """Read desks.yaml.

    Raises Problems with every fault found.
    """
    return _checked(*read(path))


def load_text(text: str, name: str = "desks.yaml") -> DesksFile:
    """Read desks.yaml from a text; Problems as in `load`."""
    return _checked(*read_text(text, name))


def _checked(document: Document, problems: list[Problem]) -> DesksFile:
    if document.value is None and problems:
        raise Problems(problems)
    desks, faults = check(document, Desks)
    crossed = list(_cross_faults(document, desks or _readable(document)))
    every = [*problems, *faults, *crossed]
    if desks is None or every:
        raise Problems(sorted(every, key=lambda fault: (fault.line, fault.column)))
    return DesksFile(desks, document)


def _readable(document: Document) -> Desks:
    """Return what can be read of a file with faults, so that those between its parts are found with the others."""

    def sound(path: Path_, kind: type[T], instead: T) -> T:
        value, _ = check(document, kind, path)
        return instead if value is None else value

    receivers = {name: _sound_lines(lines) for name, lines in dict(_under(document, "receivers")).items()}
    every = tuple(receivers)
    desks = {name: sound(("desks", name), tuple[Name, ...], every) for name in _under(document, "desks")}
    there = document.value if isinstance(document.value, dict) else {}
    named: dict[str, tuple[str, ...]] = {"operators": every, "default": ()}
    for key, instead in named.items():
        named[key] = sound((key,), tuple[Name, ...], instead) if key in there else instead
    routes = [
        sound(("routes", i), Route, Route(desks=tuple(desks)[:1])) for i in range(len(_under(document, "routes")))
    ]
    tests = [sound(("tests", i), Trial, _NOTHING) for i in range(len(_under(document, "tests")))]
    return Desks(
        receivers=receivers, desks=desks, operators=named["operators"], default=named["default"],
        routes=tuple(routes), tests=tuple(tests),
    )  # fmt: skip


def _sound_lines(lines: Any) -> ReceiverLines:
    """Return a receiver with those of its lines that can be read."""

    def sound(line: str, value: object) -> bool:
        try:
            msgspec.convert({**_NOBODY, line: value}, ReceiverLines)
        except msgspec.ValidationError:
            return False
        return True

    there = lines if isinstance(lines, dict) else {}
    return msgspec.convert({**_NOBODY, **{k: v for k, v in there.items() if sound(k, v)}}, ReceiverLines)


def _under(document: Document, key: str) -> Any:
    """Return the mapping or the list that stands under a key, empty when something else does."""
    found = document.value.get(key) if isinstance(document.value, dict) else None
    return found if isinstance(found, dict if key in ("receivers", "desks") else list) else ()


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
    for i, test in enumerate(desks.tests):
        yield from _test_faults(document, ("tests", i), test, desks)
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
    if receiver.kinds == ():
        yield document.problem(
            (*here, "kinds"), f"receiver {name!r} wants no kind of alert", "remove the line for the usual"
        )
    for line, url in (("url", receiver.url), ("silent", receiver.silent)):
        if url is not None and not re.match(r"^(\$\{[A-Z][A-Z0-9_]*\}|[a-z][a-z0-9+.-]*://)", url):
            yield document.problem(
                (*here, line), "is no Apprise URL", "such as tgram://${TELEGRAM_TOKEN}/${TELEGRAM_CHAT}"
            )
    for line, read_it, mend in _PARSED:
        try:
            read_it(receiver)
        except ValueError as error:
            yield document.problem((*here, line), str(error), mend)


_PARSED: tuple[tuple[str, Callable[[ReceiverLines], object], str], ...] = (
    ("rate", lambda lines: lines.own_rate, "such as 18/min or 1/s"),
    ("quiet", lambda lines: lines.quiet and lines.quiet.hours, "such as {from: 22:00, to: 07:00}"),
    ("digest", lambda lines: lines.digest and lines.digest.times, "such as {at: [08:00, 18:00], of: [routine]}"),
    ("group", lambda lines: lines.group.seconds, "such as {wait: 20s, interval: 10min}"),
    ("agenda", lambda lines: lines.agenda and clock(lines.agenda), "such as 07:30"),
)
"""Lines that are texts of a shape of their own: where, how to read it, what it should look like."""


def _test_faults(document: Document, here: Path_, test: Trial, desks: Desks) -> Iterator[Problem]:
    yield from _unknown(document, (*here, "to"), "receiver", test.to, desks.receivers, by_name=True)
    for name, then in test.to.items():
        if then != AT_ONCE and not _moment(then, aware=False):
            mend = f"{AT_ONCE!r}, or its own day and time, such as 2026-11-25T07:00"
            yield document.problem((*here, "to", name), f"{then!r} is no day and time", mend)
    if not _moment(test.at, aware=True):
        yield document.problem((*here, "at"), f"{test.at!r} is no day and time", "such as 2026-11-24T23:30+05:00")
    if not re.fullmatch("[A-Z]{2}", test.alert.country):
        mend = "two capital letters, such as UZ, or EU"
        yield document.problem((*here, "alert", "country"), f"{test.alert.country!r} is no country code", mend)


def _moment(text: str, *, aware: bool) -> bool:
    try:
        return (datetime.fromisoformat(text).tzinfo is not None) is aware
    except ValueError:
        return False


def _unknown(
    document: Document, path: Path_, what: str, names: Iterable[str], known: Iterable[str], *, by_name: bool = False
) -> Iterator[Problem]:
    known = tuple(known)
    for i, name in enumerate(names):
        if name not in known:
            yield document.problem(
                (*path, name if by_name else i), f"there is no {what} {name!r}", suggest(name, known)
            )


def _route_faults(document: Document, path: Path_, routes: tuple[Route, ...], desks: Desks) -> Iterator[Problem]:
    for i, route in enumerate(routes):
        here = (*path, i)
        yield from _unknown(document, (*here, "desks"), "desk", route.desks, desks.desks)
        for country in listed(route.match.country):
            if not re.fullmatch("[A-Z]{2}", country):
                mend = "two capital letters, such as UZ, or EU"
                yield document.problem((*here, "match", "country"), f"{country!r} is no country code", mend)
        if not route.desks and not route.routes:
            yield document.problem(here, "this route leads nowhere", "give it desks or routes")
        yield from _route_faults(document, (*here, "routes"), route.routes, desks)
