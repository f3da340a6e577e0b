"""Chats whose messages can be edited: Telegram's bots and Slack's with a token, against a chat that speaks both."""

import socket
from collections.abc import Iterator

import pytest

from alerts.answers import Anchor, Answer, Receiver
from alerts.bots import SLACK_MEANS
from alerts.desks import load_text
from alerts.receivers import connect
from jarshy.chat.chat import Chat
from jarshy.chat.records import Fault
from jarshy.chat.server import ChatThread
from wire.files import Problems
from wire.records import Outcome
from wire.settings import Settings

TOKEN = "110201543:AAsecretsecretsecretsecret-x"
SLACK_TOKEN = "xoxb-1234567890-1234567890-AbCdEfGhIjSecret"
SECRETS = {"TELEGRAM": TOKEN, "SLACK": SLACK_TOKEN}
DESKS = """
receivers:
  tg: {url: 'tgram://${TELEGRAM}/-100200', frame: en, edits: true}
  topic: {url: 'tgram://${TELEGRAM}/-100300:7', frame: en, edits: true}
  sl: {url: 'slack://${SLACK}/C0123ABCD', frame: en, edits: true}
desks: {all: [tg, topic, sl]}
operators: [sl]
"""
GROUP, CHANNEL = "-100200", "C0123ABCD"
PLACES = [("tg", GROUP), ("sl", CHANNEL)]


@pytest.fixture
def chat() -> Iterator[ChatThread]:
    with ChatThread() as running:
        yield running


def bots(address: str, timeout: float = 0.6) -> dict[str, Receiver]:
    settings = Settings(telegram_api=address, slack_bot_api=f"{address}/api")
    return connect(load_text(DESKS), SECRETS, settings, scale=0.001, timeout=timeout).receivers


def sent(bot: Receiver, body: str = "x", anchor: Anchor | None = None, *, silent: bool = False) -> Answer:
    return bot.send(body, style=bot.style, silent=silent, anchor=anchor or Anchor())


def test_telegram_takes_html_and_tells_the_messages_number(chat: ChatThread) -> None:
    body = "<b>Ақорда</b> &lt;x&gt;<br/>\u200b<br/><blockquote>«اللقاء»</blockquote>\u200fPAP"
    answer = sent(bots(chat.address)["tg"], body, silent=True)
    (message,) = chat.chat.to(GROUP)
    assert answer == Answer(Outcome.SENT, post=str(message.id))
    assert message.text == "Ақорда <x>\n\u200b\n«اللقاء»\u200fPAP"
    assert (message.strong, message.silent) == (("Ақорда",), True)


def test_slack_escapes_what_would_call_everybody(chat: ChatThread) -> None:
    bot = bots(chat.address)["sl"]
    answer = bot.send("a <!channel> & *b*", style="text", silent=False)
    sent(bot, "*b* <https://a.example|c>")
    plain, marked = chat.chat.to(CHANNEL)
    assert (plain.text, plain.strong, plain.mentions) == ("a <!channel> & *b*", (), ())
    assert (marked.text, marked.strong, marked.links) == ("b c", ("b",), ("https://a.example",))
    assert answer.post
    assert answer.post.startswith(f"{CHANNEL}/")


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_a_message_can_be_edited_and_answered(chat: ChatThread, name: str, place: str) -> None:
    bot = bots(chat.address)[name]
    first = sent(bot, "one").post
    assert first
    assert bot.edit(first, "two", style=bot.style) == Answer(Outcome.SENT)
    assert bot.edit(first, "two", style=bot.style) == Answer(Outcome.SENT)  # not modified is well
    other = sent(bot, "three", Anchor(own=first, root=first))
    assert other.outcome is Outcome.SENT
    (one, *edited, three) = chat.chat.to(place)
    assert {(each.id, each.text, each.edited) for each in edited} == {(one.id, "two", True)}
    assert (three.reply_to, three.edited) == (one.id, False)


def test_slack_shows_what_rings_in_the_channel_and_the_rest_in_the_thread(chat: ChatThread) -> None:
    bot = bots(chat.address)["sl"]
    root = Anchor(root=sent(bot).post)
    for silent in (True, False):
        sent(bot, "more", root, silent=silent)
    assert [each.silent for each in chat.chat.to(CHANNEL)] == [False, True, False]


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_a_message_that_is_gone_cannot_be_edited(chat: ChatThread, name: str, place: str) -> None:
    bot = bots(chat.address)[name]
    gone = "999" if name == "tg" else f"{CHANNEL}/1700000000.000999"
    assert bot.edit(gone, "two", style=bot.style) is None
    assert sent(bot, "three", Anchor(own=gone, root=gone)).outcome is Outcome.SENT or name == "sl"
    assert chat.chat.to(place)


@pytest.mark.parametrize(
    ("fault", "outcome", "code"),
    [
        (Fault(status=400, text="Bad Request: can't parse entities"), Outcome.PLAIN, "markup-refused"),
        (Fault(status=400, text="Bad Request: chat not found"), Outcome.PARKED, "not-found"),
        (Fault(status=401), Outcome.PARKED, "bad-credentials"),
        (Fault(status=403), Outcome.PARKED, "blocked"),
        (Fault(status=429, retry_after=37), Outcome.RETRY, "rate-limited"),
        (Fault(status=502), Outcome.RETRY, "server-error"),
        (Fault(drop=True), Outcome.RETRY, "no-answer"),
        (Fault(hang=3), Outcome.RETRY, "no-answer"),
    ],
)
def test_what_an_answer_of_telegram_means(chat: ChatThread, fault: Fault, outcome: Outcome, code: str) -> None:
    chat.chat.fail(GROUP, fault)
    answer = sent(bots(chat.address)["tg"])
    assert (answer.outcome, answer.reason.code if answer.reason else "") == (outcome, code)
    assert answer.doubtful is (code == "no-answer")
    assert answer.after == (37.0 if fault.retry_after else None)


@pytest.mark.parametrize(
    ("said", "outcome", "code"),
    [
        ("invalid_auth", Outcome.PARKED, "bad-credentials"),
        ("not_in_channel", Outcome.PARKED, "blocked"),
        ("channel_not_found", Outcome.PARKED, "not-found"),
        ("is_archived", Outcome.PARKED, "not-found"),
        ("msg_too_long", Outcome.PLAIN, "markup-refused"),
        ("internal_error", Outcome.RETRY, "server-error"),
    ],
)
def test_what_a_word_of_slack_means(chat: ChatThread, said: str, outcome: Outcome, code: str) -> None:
    chat.chat.fail(CHANNEL, Fault(status=200, text=said))
    answer = sent(bots(chat.address)["sl"])
    assert (answer.outcome, answer.reason.code if answer.reason else "") == (outcome, code)
    assert all(status in (401, 403, 404, 429, 500) for status in SLACK_MEANS.values())


def test_slack_asks_for_a_pause(chat: ChatThread) -> None:
    chat.chat.fail(CHANNEL, Fault(status=429, retry_after=11))
    answer = sent(bots(chat.address)["sl"])
    assert (answer.outcome, answer.after) == (Outcome.RETRY, 11.0)


def test_an_edit_without_an_answer_is_no_possible_duplicate(chat: ChatThread) -> None:
    bot = bots(chat.address)["tg"]
    first = sent(bot, "one").post
    chat.chat.fail(GROUP, Fault(drop=True))
    assert first
    answer = bot.edit(first, "two", style="html")
    assert answer
    assert (answer.outcome, answer.doubtful) == (Outcome.RETRY, False)


def test_nobody_listening_is_no_doubt() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        answer = sent(bots(f"http://127.0.0.1:{reserved.getsockname()[1]}")["tg"])
    assert (answer.outcome, answer.doubtful) == (Outcome.RETRY, False)


def test_no_answer_of_a_bot_holds_its_token(chat: ChatThread, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    chat.chat.fail(GROUP, Fault(status=400, text=f"Bad Request: /bot{TOKEN}/ is odd"), Fault(drop=True))
    bot = bots(chat.address)["tg"]
    said = f"{[sent(bot) for _ in range(3)]}{bot}{caplog.text}"
    assert "secretsecret" not in said
    assert "***" in said


@pytest.mark.parametrize(
    "url", ["json://localhost", "slack://T0AAAAAA/B0BBBBBB/ccsecretccsecretcc", "mailto://a:b@example.org"]
)
def test_what_cannot_edit_is_told_at_start(url: str) -> None:
    with pytest.raises(Problems, match="cannot edit messages: only Telegram and Slack with a bot's token"):
        connect(load_text(DESKS.replace("slack://${SLACK}/C0123ABCD", url)), SECRETS, Settings())


def test_a_bot_that_nobody_knows_is_parked() -> None:
    with ChatThread(Chat(tokens=[])) as chat:
        assert [sent(bot).outcome for bot in bots(chat.address).values()] == [Outcome.PARKED] * 3
