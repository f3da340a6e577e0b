"""`jarshy desks`: who hears what: the file's faults, the secrets that are missing, a test message, a second chance."""

import os
from collections.abc import Mapping
from typing import Final

import click
from msgspec.structs import replace

from alerts.answers import Receiver
from alerts.desks import DesksFile, load
from alerts.lines import Desks, FrameLanguage, ReceiverLines, Route
from alerts.markup import Block, Piece
from alerts.receivers import connect
from alerts.secret import veil
from alerts.trials import failures
from alerts.writing import laid_out
from jarshy.cli import compiled, outbox, shown
from wire import settings
from wire.files import Problems, suggest
from wire.records import AlertKind, Outcome

TEST: Final[dict[FrameLanguage, tuple[str, str]]] = {
    "en": ("A test message", "Jarshy reaches this chat. It was sent by hand (jarshy desks send); nothing happened."),
    "kk": (
        "Сынақ хабарлама",
        "Жаршы осы чатқа хабар жеткізе алады. Қолмен жіберілді (jarshy desks send), ешқандай оқиға болған жоқ.",
    ),
    "pl": (
        "Wiadomość próbna",
        "Jarshy dociera do tego czatu. Wysłano ręcznie (jarshy desks send); nic się nie wydarzyło.",
    ),
    "ar": ("رسالة تجريبية", "يصل جارشي إلى هذه المحادثة. أُرسلت الرسالة يدويًا (jarshy desks send) ولم يقع أي حدث."),
}


@click.group()
def desks() -> None:
    """Check config/desks.yaml, and try its receivers."""


@desks.command()
@click.option("--no-secrets", is_flag=True, help="Check the file alone, where its secrets are not at hand.")
def check(no_secrets: bool) -> None:
    """Show every fault of desks.yaml at once, or who hears what; status 1 for a fault or a missing secret.

    A line is file:line:column: what is wrong (what to do). Secrets are named, never shown.
    """
    to = shown.console()
    try:
        file = _load()
    except Problems as faults:
        number = shown.problems(to, faults.problems)
        raise click.ClickException(f"{shown.counted(number, 'problem')} in the desks") from faults
    to.print(shown.table("", ("receiver", "service", "frame", "zone", "wants", "desks"), map(_row, *_each(file.desks))))
    if not no_secrets:
        try:
            connect(file, os.environ, settings.read())
        except Problems as faults:
            shown.problems(to, faults.problems)
            raise click.ClickException("alerts would not start (--no-secrets checks the file alone)") from faults
    found = file.desks
    click.echo(
        f"all is well: {shown.counted(len(found.receivers), 'receiver')}, {shown.counted(len(found.desks), 'desk')}, "
        f"{shown.counted(_routes(found.routes), 'route')}{'; secrets were not looked at' if no_secrets else ''}"
    )


@desks.command()
def test() -> None:
    """Run the tests of desks.yaml: this alert goes there, at once or held till then."""
    file = _load()
    found = list(failures(file))
    number = len(file.desks.tests)
    if found:
        wrong = shown.problems(shown.console(), found)
        raise click.ClickException(f"{shown.counted(wrong, 'thing')} went otherwise in {shown.counted(number, 'test')}")
    click.echo(f"{shown.counted(number, 'test')}: all goes as they say" if number else "desks.yaml has no tests")


@desks.command()
@click.argument("receiver")
def send(receiver: str) -> None:
    """Send RECEIVER of desks.yaml a real test message, and say how it went."""
    file = _load()
    lines = _receiver(file.desks, receiver)
    alone = DesksFile(replace(file.desks, receivers={receiver: lines}), file.document)  # the others' secrets may lack
    connected = connect(alone, os.environ, settings.read())
    to = connected.receivers[receiver]
    answer = to.send(_message(to, lines), style=to.style, silent=False)
    if answer.outcome is not Outcome.SENT:
        why = answer.reason.text if answer.reason else answer.outcome.value
        after = f"; asked to wait {answer.after:g} s" if answer.after else ""
        raise click.ClickException(veil(f"{to} did not take it: {why}{after}", connected.secrets))
    click.echo(f"{to} took it: look in the chat")


@desks.command()
@click.argument("receiver")
def resume(receiver: str) -> None:
    """Try a parked RECEIVER again: what it is owed goes out within half a minute."""
    _receiver(_load().desks, receiver)
    with outbox.opened() as kept:
        owed = kept.resume(receiver)
    click.echo(f"{receiver} is tried again: it is owed {shown.counted(owed, 'message')}")


def _load() -> DesksFile:
    return load(compiled.folder() / "desks.yaml")


def _receiver(found: Desks, name: str) -> ReceiverLines:
    if name not in found.receivers:
        mend = suggest(name, found.receivers)
        raise click.ClickException(f"there is no receiver {name!r} in desks.yaml{f': {mend}' if mend else ''}")
    return found.receivers[name]


def _message(to: Receiver, lines: ReceiverLines) -> str:
    title, body = TEST[lines.frame]
    direction = "rtl" if lines.frame == "ar" else "ltr"
    blocks = (Block(((Piece(title, bold=True),), (Piece(body),))),)
    return laid_out(blocks, direction, to.style)


def _each(found: Desks) -> tuple[list[str], list[ReceiverLines], list[Mapping[str, tuple[str, ...]]]]:
    whose = {**found.desks, "(operators)": found.operators}
    return [*found.receivers], [*found.receivers.values()], [whose] * len(found.receivers)


def _row(name: str, lines: ReceiverLines, desks: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    service = lines.url.partition("://")[0] if "://" in lines.url else "in a secret"
    member_of = ", ".join(desk for desk, members in desks.items() if name in members)
    return (
        name,
        service,
        lines.frame,
        lines.zone,
        ", ".join(kind.value for kind in AlertKind if kind in lines.wanted),
        member_of,
    )


def _routes(routes: tuple[Route, ...]) -> int:
    return sum(1 + _routes(route.routes) for route in routes)
