"""Pure: the tests that a desks.yaml brings along -> what went otherwise than they say.

alert of the test --routing--> receivers --hold--> at once | held till then; expected? -> Problem, or nothing
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from alerts.desks import DesksFile
from alerts.holding import GROUPED, Waiting, hold
from alerts.lines import AT_ONCE, Desks, ReceiverLines, Trial, TrialAlert
from alerts.routing import routing
from alerts.silences import about
from wire.files import Problem
from wire.records import (
    Actor,
    Alert,
    AlertKind,
    Country,
    Form,
    Level,
    Names,
    Priority,
    RuleHit,
    Source,
    Status,
    Times,
)


def failures(file: DesksFile) -> Iterator[Problem]:
    """Yield what goes otherwise than the file's tests say."""
    for i, trial in enumerate(file.desks.tests):
        goes = told(trial, file.desks)
        here = ("tests", i, "to")
        for name, then in trial.to.items():
            if name not in goes:
                yield file.document.problem((*here, name), f"does not reach {name}", _mend(goes))
            elif goes[name] != then:
                yield file.document.problem((*here, name), f"{name} is told {goes[name]}, not {then}", _mend(goes))
        for name in goes.keys() - trial.to.keys():
            yield file.document.problem(here, f"reaches {name} as well, {goes[name]}", _mend(goes))


def _mend(goes: Mapping[str, str]) -> str:
    return f"as the file stands: to: {{{', '.join(f'{name}: {then}' for name, then in goes.items())}}}"


def told(trial: Trial, desks: Desks) -> dict[str, str]:
    """Return who hears of a test's alert, and when: `at once`, or the receiver's own day and time."""
    at = datetime.fromisoformat(trial.at)
    alert = _alert(trial.alert, at)
    found = {to.receiver: desks.receivers[to.receiver] for to in routing(alert, desks).destinations}
    return {name: _when(alert, lines, at) for name, lines in found.items() if alert.kind in lines.wanted}


def _when(alert: Alert, lines: ReceiverLines, at: datetime) -> str:
    waiting = Waiting(1, "t", "t", alert.kind.value, alert.priority.value, about(alert), at)
    held = hold(waiting, lines, (), at)
    if held is None or held.reason.code == GROUPED:  # seconds
        return AT_ONCE
    return f"{held.until.astimezone(ZoneInfo(lines.zone)):%Y-%m-%dT%H:%M}"


def _alert(lines: TrialAlert, at: datetime) -> Alert:
    """Return an alert with what routes and receivers look at; they look at nothing else."""
    nobody = Names(en="-", kk="-", pl="-", ar="-")
    kz, they = (
        Actor(country=code, office="-", level=Level.OTHER_OFFICIAL, office_names=nobody)
        for code in ("KZ", lines.country)
    )
    priority = Priority(lines.priority)
    return Alert(
        id="-", story="-", story_revision=0, kind=AlertKind(lines.kind), claims=(), keys=(), trigger="-",
        partner=Country(code=lines.country, names=nobody), kz=kz, counterpart=they, form=Form.MEETING,
        status=Status.HELD, origins=1, priority=priority, desks=lines.desks,
        sources=(Source(article="-", title="-", outlet="-", feed="-", language=lines.language, seen=at),),
        rules=(RuleHit(rule=lines.rule, title="-", priority=priority, desks=lines.desks),),
        times=Times(seen=at, recognised=at, told=at),
    )  # fmt: skip
