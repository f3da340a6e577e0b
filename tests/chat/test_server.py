"""The chat server over real HTTP: both services, their limits, their refusals and the scripted troubles."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from jarshy.chat.chat import Chat
from jarshy.chat.records import Fault, Limits, real_limits
from jarshy.chat.server import ChatThread

TOKEN = "110201543:abcdefgh_ijklmnop-qrst"
HOOK = "/services/T0AAAA/B0BBBB/cccccccc"


@pytest.fixture
def server() -> Iterator[ChatThread]:
    with ChatThread() as running:
        yield running


def telegram(server: ChatThread, method: str = "sendMessage", token: str = TOKEN, **arguments: Any) -> httpx.Response:
    with httpx.Client(trust_env=False, timeout=30) as client:
        return client.post(f"{server.address}/bot{token}/{method}", json=arguments)


def slack(server: ChatThread, body: dict[str, Any] | str, path: str = HOOK) -> httpx.Response:
    text = body if isinstance(body, str) else json.dumps(body)
    with httpx.Client(trust_env=False, timeout=30) as client:
        return client.post(server.address + path, content=text)


def test_a_message_is_delivered_as_people_see_it(server: ChatThread) -> None:
    answer = telegram(server, chat_id=-100, text="<b>a</b> &amp; b", parse_mode="HTML", disable_notification=True)
    assert answer.json()["ok"]
    (message,) = server.chat.to("-100")
    assert (message.text, message.strong, message.silent, message.service) == ("a & b", ("a",), True, "telegram")
    assert message.id == answer.json()["result"]["message_id"]


def test_get_me_and_unknown_methods(server: ChatThread) -> None:
    assert telegram(server, "getMe").json()["result"]["is_bot"] is True
    assert telegram(server, "sendPhoto").status_code == 404


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 1, "text": " "}, "message text is empty"),
        ({"chat_id": 1, "text": "ә" * 4097}, "message is too long"),
        ({"chat_id": 1, "text": "🇰🇿" * 1025}, "message is too long"),
        ({"chat_id": 1, "text": "<p>x</p>", "parse_mode": "HTML"}, "can't parse entities"),
    ],
)
def test_telegram_refuses_with_400_and_says_why(server: ChatThread, arguments: dict[str, Any], words: str) -> None:
    answer = telegram(server, **arguments)
    assert (answer.status_code, answer.json()["ok"]) == (400, False)
    assert words in answer.json()["description"]
    assert server.chat.messages == []


def test_markup_does_not_count_towards_the_length(server: ChatThread) -> None:
    assert telegram(server, chat_id=1, text="<b>x</b>" * 4096, parse_mode="HTML").status_code == 200


def test_an_edit_replaces_a_message_and_must_change_it(server: ChatThread) -> None:
    number = telegram(server, chat_id=1, text="one").json()["result"]["message_id"]
    same = telegram(server, "editMessageText", chat_id=1, message_id=number, text="one")
    assert "not modified" in same.json()["description"]
    assert telegram(server, "editMessageText", chat_id=1, message_id=number, text="two").status_code == 200
    assert [(each.text, each.edited) for each in server.chat.to("1")] == [("one", False), ("two", True)]
    assert telegram(server, "editMessageText", chat_id=1, message_id=99, text="x").status_code == 400


def test_strangers_are_refused() -> None:
    with ChatThread(Chat(tokens=[TOKEN], chats=["1"])) as server:
        assert telegram(server, token="1:wrong", chat_id=1, text="x").status_code == 401
        assert telegram(server, token="nonsense", chat_id=1, text="x").status_code == 404
        assert "chat not found" in telegram(server, chat_id=2, text="x").json()["description"]
        assert slack(server, {"text": "x"}).status_code == 404


def test_slack_delivers_text_of_attachments(server: ChatThread) -> None:
    answer = slack(server, {"attachments": [{"text": "a &lt;!channel&gt;"}]})
    assert (answer.status_code, answer.text) == (200, "ok")
    (message,) = server.chat.to("T0AAAA/B0BBBB")
    assert (message.text, message.mentions) == ("a <!channel>", ())


@pytest.mark.parametrize(
    ("body", "words"), [("{", "invalid_payload"), ({}, "no_text"), ({"text": "x" * 40_001}, "msg_too_long")]
)
def test_slack_refuses_with_400(server: ChatThread, body: dict[str, Any] | str, words: str) -> None:
    answer = slack(server, body)
    assert (answer.status_code, answer.text) == (400, words)


def test_limits_answer_429_with_how_long_to_wait() -> None:
    with ChatThread(Chat(limits=Limits(chat=1, chat_window=60, webhook=1, webhook_window=60))) as server:
        assert telegram(server, chat_id=1, text="x").status_code == 200
        busy = telegram(server, chat_id=1, text="x")
        assert busy.status_code == 429
        assert 0 < busy.json()["parameters"]["retry_after"] <= 61
        assert telegram(server, chat_id=2, text="x").status_code == 200
        assert slack(server, {"text": "x"}).status_code == 200
        assert int(slack(server, {"text": "x"}).headers["Retry-After"]) > 0


def test_a_group_has_a_limit_of_its_own_and_windows_pass() -> None:
    with ChatThread(Chat(limits=Limits(group=2, group_window=60))) as server:
        assert [telegram(server, chat_id=-5, text="x").status_code for _ in range(3)] == [200, 200, 429]
        assert telegram(server, chat_id=5, text="x").status_code == 200
    with ChatThread(Chat(limits=Limits(group=1, group_window=0.3))) as server:
        assert telegram(server, chat_id=-5, text="x").status_code == 200
        time.sleep(0.35)
        assert telegram(server, chat_id=-5, text="x").status_code == 200
    assert real_limits(0.5).group_window == 30


def test_faults_come_once_each_and_heal(server: ChatThread) -> None:
    server.chat.fail("1", Fault(status=429, retry_after=7), Fault(status=403), Fault(status=500))
    answers = [telegram(server, chat_id=1, text="x") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [429, 403, 500, 200]
    assert answers[0].json()["description"] == "Too Many Requests: retry after 7"
    server.chat.fail_always("1", Fault(status=502))
    assert [telegram(server, chat_id=1, text="x").status_code for _ in range(2)] == [502, 502]
    server.chat.heal("1")
    assert telegram(server, chat_id=1, text="x").status_code == 200


def test_a_message_may_arrive_though_the_connection_breaks(server: ChatThread) -> None:
    server.chat.fail("1", Fault(drop=True, accept=True), Fault(drop=True))
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            telegram(server, chat_id=1, text="x")
    assert len(server.chat.to("1")) == 1


def test_a_hanging_request_is_delivered_once(server: ChatThread) -> None:
    server.chat.fail("1", Fault(hang=0.2), Fault(hang=0.2, accept=True))
    assert [telegram(server, chat_id=1, text="x").status_code for _ in range(2)] == [200, 200]
    assert len(server.chat.to("1")) == 2


def test_it_runs_alone_and_prints_what_it_hears() -> None:
    root = Path(__file__).parents[2]
    running = subprocess.Popen(
        [sys.executable, "-m", "jarshy.chat", "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=root
    )
    try:
        assert running.stdout
        address = json.loads(running.stdout.readline())["address"]
        with httpx.Client(trust_env=False) as client:
            sent = client.post(f"{address}/bot{TOKEN}/sendMessage", json={"chat_id": 1, "text": "сәлем"})
        assert sent.status_code == 200
        assert json.loads(running.stdout.readline())["text"] == "сәлем"
    finally:
        running.terminate()
        assert running.wait(60) == 0
        running.stdout.close() if running.stdout else None
