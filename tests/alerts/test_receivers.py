"""Receivers through Apprise's own plugins against a real chat server: what each answer means, and no secret leaks."""

import logging
import socket
import time
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

import pytest

from alerts.answers import Receiver, classify
from alerts.desks import DesksFile, load_text
from alerts.receivers import connect
from alerts.secret import veil
from jarshy.chat.chat import Chat
from jarshy.chat.records import Fault
from jarshy.chat.server import ChatThread
from wire.files import Problems
from wire.records import Outcome
from wire.settings import Settings

TOKEN = "110201543:AAsecretsecretsecretsecret-x"
HOOK = "T0AAAAAA/B0BBBBBB/ccsecretccsecretcc"
SECRETS = {"TELEGRAM": TOKEN, "GROUP": "-100200", "HOOK": HOOK}
DESKS = """
receivers:
  tg: {url: 'tgram://${TELEGRAM}/${GROUP}', frame: en}
  sl: {url: 'slack://${HOOK}', frame: en}
desks: {all: [tg, sl]}
operators: [sl]
"""
GROUP, CHANNEL = "-100200", "T0AAAAAA/B0BBBBBB"


@pytest.fixture
def chat() -> Iterator[ChatThread]:
    with ChatThread() as running:
        yield running


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Whatever a process of ours would log (caplog would hear even those loggers that nobody listens to)."""
    said, root = StringIO(), logging.getLogger()
    listener = logging.StreamHandler(said)
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.INFO)
    yield said
    root.removeHandler(listener)
    root.setLevel(level)


def connected(address: str, text: str = DESKS, environ: Mapping[str, str] = SECRETS) -> dict[str, Receiver]:
    file = load_text(text, "config/desks.yaml")
    return connect(file, environ, Settings(telegram_api=address, slack_api=address), scale=0.001, timeout=0.5).receivers


def test_telegram_takes_html_and_slack_mrkdwn(chat: ChatThread) -> None:
    receivers = connected(chat.address)
    assert (receivers["tg"].style, receivers["sl"].style) == ("html", "mrkdwn")
    html = "<b>Ақорда</b> &lt;x&gt;<br/>\u200b<br/><blockquote>«<b>اللقاء</b>»</blockquote>\u200f\u2068PAP\u2069"
    assert receivers["tg"].send(html, style="html", silent=False).outcome is Outcome.SENT
    (message,) = chat.chat.to(GROUP)
    assert message.text.splitlines() == ["Ақорда <x>", "\u200b", "«اللقاء»", "\u200f\u2068PAP\u2069"]
    assert message.strong == ("Ақорда", "اللقاء")
    assert receivers["sl"].send("a <!channel> & *b*\n\nc", style="text", silent=False).outcome is Outcome.SENT
    marked = "*Ақорда* &lt;x&gt;\n> <https://a.example/?b=1&amp;c|PAP>"
    assert receivers["sl"].send(marked, style="mrkdwn", silent=False).outcome is Outcome.SENT
    plain, bold = chat.chat.to(CHANNEL)
    assert (plain.text, plain.strong, plain.mentions) == ("a <!channel> & *b*\n\nc", (), ())
    assert (bold.text, bold.strong, bold.links) == ("Ақорда <x>\n> PAP", ("Ақорда",), ("https://a.example/?b=1&c",))


def test_silent_is_silent_and_plain_is_plain(chat: ChatThread) -> None:
    telegram = connected(chat.address)["tg"]
    for silent in (True, False):
        telegram.send("x", style="html", silent=silent)
    telegram.send("<b> & </x>", style="text", silent=False)
    assert [message.silent for message in chat.chat.messages] == [True, False, False]
    assert chat.chat.messages[-1].text == "<b> & </x>"


@pytest.mark.parametrize(
    ("fault", "outcome", "code"),
    [
        (Fault(status=400, text="Bad Request: can't parse entities"), Outcome.PLAIN, "markup-refused"),
        (Fault(status=400, text="Bad Request: message is too long"), Outcome.PLAIN, "markup-refused"),
        (Fault(status=400, text="Bad Request: chat not found"), Outcome.PARKED, "not-found"),
        (
            Fault(status=400, text="Bad Request: group chat was upgraded to a supergroup chat"),
            Outcome.PARKED,
            "not-found",
        ),
        (Fault(status=401), Outcome.PARKED, "bad-credentials"),
        (Fault(status=403), Outcome.PARKED, "blocked"),
        (Fault(status=404), Outcome.PARKED, "not-found"),
        (Fault(status=302), Outcome.PARKED, "redirected"),
        (Fault(status=500), Outcome.RETRY, "server-error"),
        (Fault(status=503), Outcome.RETRY, "server-error"),
        (Fault(drop=True), Outcome.RETRY, "no-answer"),
        (Fault(hang=3), Outcome.RETRY, "no-answer"),
    ],
)
def test_what_an_answer_of_telegram_means(chat: ChatThread, fault: Fault, outcome: Outcome, code: str) -> None:
    chat.chat.fail(GROUP, fault)
    answer = connected(chat.address)["tg"].send("x", style="html", silent=False)
    assert (answer.outcome, answer.reason.code if answer.reason else "") == (outcome, code)
    assert answer.doubtful is (code == "no-answer")


@pytest.mark.parametrize(
    ("fault", "outcome", "code"),
    [
        (Fault(status=400), Outcome.PLAIN, "markup-refused"),
        (Fault(status=403), Outcome.PARKED, "blocked"),
        (Fault(status=404), Outcome.PARKED, "not-found"),
        (Fault(status=410), Outcome.PARKED, "not-found"),
        (Fault(status=500), Outcome.RETRY, "server-error"),
        (Fault(drop=True), Outcome.RETRY, "no-answer"),
    ],
)
def test_what_an_answer_of_slack_means(chat: ChatThread, fault: Fault, outcome: Outcome, code: str) -> None:
    chat.chat.fail(CHANNEL, fault)
    answer = connected(chat.address)["sl"].send("x", style="text", silent=False)
    assert (answer.outcome, answer.reason.code if answer.reason else "") == (outcome, code)


@pytest.mark.parametrize(("name", "place"), [("tg", GROUP), ("sl", CHANNEL)])
def test_a_pause_is_as_long_as_the_service_asks(chat: ChatThread, name: str, place: str) -> None:
    chat.chat.fail(place, Fault(status=429, retry_after=37))
    answer = connected(chat.address)[name].send("x", style="text", silent=False)
    assert (answer.outcome, answer.after) == (Outcome.RETRY, 37.0)
    assert connected(chat.address)[name].send("x", style="text", silent=False).after is None


def test_nobody_listening_is_no_doubt() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        answer = connected(f"http://127.0.0.1:{reserved.getsockname()[1]}")["tg"].send("x", style="html", silent=False)
    assert (answer.outcome, answer.doubtful) == (Outcome.RETRY, False)
    assert answer.reason
    assert answer.reason.code == "no-connection"


def test_apprise_tries_once_whatever_the_url_says(chat: ChatThread) -> None:
    text = DESKS.replace("${GROUP}", "${GROUP}?retry=5&wait=0&optional=yes&overflow=split&format=markdown")
    chat.chat.fail_always(GROUP, Fault(status=500))
    started = time.monotonic()
    assert connected(chat.address, text)["tg"].send("x" * 9000, style="html", silent=False).outcome is Outcome.RETRY
    assert chat.chat.requests == 1
    assert time.monotonic() - started < 30


def test_what_apprise_says_of_another_service_is_enough() -> None:
    assert classify("Failed to send: error=429.").outcome is Outcome.RETRY
    assert classify("Failed to send Discord: error=400.").outcome is Outcome.PLAIN
    assert classify("A Connection error occurred.").doubtful
    assert classify("", status=200).outcome is Outcome.PARKED


def test_a_secret_may_come_from_a_file(chat: ChatThread, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    environ = {"TELEGRAM_FILE": str(tmp_path / "token"), "GROUP": GROUP, "HOOK": HOOK}
    assert connected(chat.address, environ=environ)["tg"].send("x", style="html", silent=False).outcome is Outcome.SENT


def refused(text: str, environ: Mapping[str, str]) -> str:
    with pytest.raises(Problems) as caught:
        connected("http://127.0.0.1:1", text, environ)
    return str(caught.value)


def test_every_missing_secret_is_named_in_one_sentence() -> None:
    said = refused(DESKS, {"GROUP": GROUP, "HOOK_FILE": "/nowhere"})
    assert "config/desks.yaml:3:" in said
    assert (
        "these secrets are not set: HOOK (the file that HOOK_FILE names cannot be read, or is empty), TELEGRAM ("
        in said
    )
    assert "/nowhere" not in said  # it may be the secret itself, put into the wrong variable
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"), [("TELEGRAM", "xoxb-wrongservicetoken"), ("HOOK", TOKEN), ("HOOK", "T0AAAAAA"), ("GROUP", "1/2")]
)
def test_a_wrong_secret_is_named_by_its_variable_and_never_shown(
    name: str, value: str, log: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    said = refused(DESKS, SECRETS | {name: value})
    assert name in said
    shown = said + log.getvalue() + "".join(capfd.readouterr())
    for secret in (value, TOKEN, HOOK, "ccsecretccsecretcc"):
        assert len(secret) < 5 or secret not in shown


def test_no_log_and_no_reason_holds_a_secret(chat: ChatThread, log: StringIO) -> None:
    chat.chat.fail(GROUP, Fault(status=400, text=f"Bad Request: /bot{TOKEN}/ is odd"), Fault(drop=True))
    telegram = connected(chat.address)["tg"]
    answers = [telegram.send("x", style="html", silent=False) for _ in range(2)]
    assert TOKEN.split(":")[1] not in f"{answers}{telegram}{log.getvalue()}"
    assert "***" in str(answers[0].reason)


def test_the_veil_hides_a_secret_and_its_parts() -> None:
    file: DesksFile = load_text(DESKS)
    secrets = connect(file, SECRETS, Settings()).secrets
    assert veil(f"at https://h/bot{TOKEN}/x and {HOOK} ccsecretccsecretcc {GROUP}", secrets) == (
        f"at https://h/bot***/x and *** *** {GROUP}"
    )


def test_limits_are_of_the_chat_the_group_and_the_shared_bot() -> None:
    text = """
receivers:
  person: {url: 'tgram://${TELEGRAM}/77', frame: en}
  group: {url: 'tgram://${TELEGRAM}/-77', frame: en}
  own: {url: 'tgram://${TELEGRAM}/78', frame: en, rate: 500/min}
  slack: {url: 'slack://${HOOK}', frame: en}
desks: {all: [person, group, own, slack]}
operators: [slack]
"""
    receivers = connect(load_text(text), SECRETS, Settings()).receivers
    assert [len(receivers[name].buckets) for name in ("person", "group", "own", "slack")] == [2, 3, 2, 1]
    assert len({id(receivers[name].buckets[-1]) for name in ("person", "group", "own")}) == 1


def test_a_bot_that_nobody_knows_is_parked() -> None:
    with ChatThread(Chat(tokens=[])) as chat:
        answer = connected(chat.address)["tg"].send("x", style="html", silent=False)
        assert answer.outcome is Outcome.PARKED
        assert answer.reason
        assert "Unauthorized" in answer.reason.text
