"""A receiver's loop against a real chat: waits, retries, second tries, parking; and the others go on."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.desks import DesksFile, load_text
from alerts.dispatch import Patience, Sender
from alerts.outbox import Outbox
from alerts.outbox_taking import Wish
from alerts.outbox_turns import Due, Part
from alerts.receivers import connect
from alerts.writing import write
from jarshy.chat.chat import Chat
from jarshy.chat.records import Fault, real_limits
from jarshy.chat.server import ChatThread
from tests.alerts.samples import CANCELLED, EVENT, GAS, HELD, NOW, PUBLISHED, alert, claim, fact, message, notice
from wire.records import (
    Alert,
    AlertKind,
    DeadLetter,
    Delivery,
    FactKind,
    FactState,
    NoticeState,
    Outcome,
    decode,
    encode,
)
from wire.settings import Settings

TOKEN = "110201543:AAsecretsecretsecretsecret-x"
QUICK = Patience(first=0.02, longest=0.2)
RINGING = frozenset({AlertKind.FIRST, AlertKind.STATUS_CHANGE, AlertKind.CORRECTION})
OIL = claim("fact", "topic topic:oil done", rings=False)


def desks(count: int = 2, more: str = "") -> DesksFile:
    """Return desks of `count` Telegram chats, 1, 2 ..., and operators on Slack."""
    chats = "".join(
        f"  tg{i}: {{url: 'tgram://{TOKEN}/{i}', frame: en, throttle: 0, group: {{wait: 0s, interval: 0s}}{more}}}\n"
        for i in range(1, count + 1)
    )
    members = ", ".join(f"tg{i}" for i in range(1, count + 1))
    return load_text(
        f"receivers:\n{chats}  ops: {{url: 'slack://T0AAAAAA/B0BBBBBB/ccsecretcc', frame: en}}\n"
        f"desks: {{all: [{members}]}}\noperators: [ops]\n"
    )


class Running:
    """Senders of a few receivers over one outbox and one chat."""

    def __init__(self, folder: Path, chat: ChatThread, count: int = 2, scale: float = 0.001, more: str = "") -> None:
        self.file, self.stop = desks(count, more), threading.Event()
        self.outbox = Outbox(folder / "outbox.db")
        settings = Settings(telegram_api=chat.address, slack_api=chat.address)
        receivers = connect(self.file, {}, settings, scale=scale, timeout=0.4).receivers
        self.senders = [
            Sender(
                self.outbox, each, self.file.desks.receivers[name], stop=self.stop, told=lambda: None, patience=QUICK
            )
            for name, each in receivers.items()
        ]
        self.threads = [threading.Thread(target=sender.run) for sender in self.senders]
        self.count = count

    def take(self, record: Alert) -> None:
        self.outbox.take(
            record, message(record), [Wish(f"tg{i}", self._wants(i)) for i in range(1, self.count + 1)], NOW
        )
        for sender in self.senders:
            sender.wake()

    def _wants(self, number: int) -> frozenset[AlertKind]:
        return self.file.desks.receivers[f"tg{number}"].wanted

    def until(self, state: str, count: int, seconds: float = 60) -> None:
        """Wait until so many deliveries are in a state."""
        end = time.monotonic() + seconds
        while self.outbox.counts().get(state, 0) != count:
            assert time.monotonic() < end, self.outbox.counts()
            time.sleep(0.01)

    def outcomes(self, receiver: str) -> list[str]:
        every = [decode(Delivery, each.raw) for each in self.outbox.outgoing() if each.kind == "delivery"]
        return [
            f"{each.outcome.value}:{each.reason.code if each.reason else ''}"
            for each in every
            if each.receiver == receiver
        ]


@contextmanager
def running(folder: Path, chat: ChatThread, count: int = 2, scale: float = 0.001, more: str = "") -> Iterator[Running]:
    run = Running(folder, chat, count, scale, more)
    for thread in run.threads:
        thread.start()
    try:
        yield run
    finally:
        run.stop.set()
        for sender in run.senders:
            sender.wake()
        for thread in run.threads:
            thread.join(60)
        run.outbox.close()


@pytest.fixture
def chat() -> Iterator[ChatThread]:
    with ChatThread() as server:
        yield server


def test_every_receiver_hears_once_in_order(tmp_path: Path, chat: ChatThread) -> None:
    with running(tmp_path, chat) as run:
        run.take(alert())
        run.until("sent", 2)
        run.take(alert(kind=AlertKind.STATUS_CHANGE, claims=(EVENT, HELD, CANCELLED)))
        run.until("sent", 4)
    for place in ("1", "2"):
        first, second = chat.chat.to(place)
        assert "🔁" in second.text
        assert "Status changed" not in first.text
        assert not first.silent


def test_seconds_are_counted_from_the_event(tmp_path: Path, chat: ChatThread) -> None:
    with running(tmp_path, chat, 1) as run:
        run.take(alert())
        run.until("sent", 1)
        (sent,) = [decode(Delivery, each.raw) for each in run.outbox.outgoing()]
    expected = (sent.at - PUBLISHED).total_seconds()
    assert sent.seconds == pytest.approx(expected, abs=1)
    assert sent.outcome is Outcome.SENT


def test_a_receiver_in_trouble_is_tried_again_and_the_others_go_on(tmp_path: Path, chat: ChatThread) -> None:
    chat.chat.fail("1", Fault(status=500), Fault(drop=True), Fault(hang=2), Fault(status=429, retry_after=1))
    with running(tmp_path, chat) as run:
        run.take(alert())
        began = time.monotonic()
        run.until("sent", 1)
        assert chat.chat.to("2")
        run.until("sent", 2)
        assert time.monotonic() - began >= 1  # as long as it was asked
        assert run.outcomes("tg1") == [
            "retry:server-error", "retry:no-answer", "retry:no-answer", "retry:rate-limited", "sent:possible-duplicate",
        ]  # fmt: skip
    assert len(chat.chat.to("1")) == 1


def test_refused_markup_goes_once_more_as_plain_text(tmp_path: Path, chat: ChatThread) -> None:
    chat.chat.fail("1", Fault(status=400, text="Bad Request: can't parse entities: x"))
    with running(tmp_path, chat, 1) as run:
        run.take(alert())
        run.until("sent", 1)
        assert run.outcomes("tg1") == ["plain:markup-refused", "sent:"]
    (sent,) = chat.chat.messages
    assert sent.strong == sent.links == ()
    assert "Tokayev" in sent.text


def test_a_message_refused_twice_is_buried_and_the_next_goes_on(tmp_path: Path, chat: ChatThread) -> None:
    chat.chat.fail("1", *[Fault(status=400, text="Bad Request: odd")] * 2)
    with running(tmp_path, chat, 1) as run:
        run.take(alert())
        run.take(alert(story="sto-b", keys=("kb",)))
        run.until("sent", 1)
        run.until("dead", 1)
        (letter,) = [decode(DeadLetter, each.raw) for each in run.outbox.outgoing() if each.kind == "dead-letter"]
    assert letter.reason.code == "message-refused"
    assert decode(Alert, letter.value) == alert()


def test_a_receiver_that_refuses_us_is_parked_and_keeps_its_alerts(tmp_path: Path, chat: ChatThread) -> None:
    chat.chat.fail_always("1", Fault(status=403))
    with running(tmp_path, chat) as run:
        for number in range(3):
            run.take(alert(story=f"sto-{number}", keys=(f"k{number}",)))
        run.until("sent", 3)
        run.until("parked", 1)
        assert run.outbox.counts()["owed"] == 2
        assert chat.chat.refusals == [("1", 403)]
        chat.chat.heal("1")
        run.outbox.resume("tg1")
        run.senders[0].wake()
        run.until("sent", 6)


def test_our_own_limits_keep_the_service_from_refusing(tmp_path: Path) -> None:
    with ChatThread(Chat(limits=real_limits(0.1))) as chat, running(tmp_path, chat, 2, scale=0.4) as run:
        for number in range(8):
            run.take(alert(story=f"sto-{number}", keys=(f"k{number}",)))
        run.until("sent", 16)
        assert chat.chat.refusals == []


def test_a_message_that_cannot_be_written_is_buried(tmp_path: Path, chat: ChatThread) -> None:
    with running(tmp_path, chat, 1) as run:
        poison = message(notice())  # an alert is expected where a notice stands
        run.outbox.take(alert(), poison, [Wish("tg1", RINGING)], NOW)
        run.take(alert(story="sto-b", keys=("kb",)))
        run.until("sent", 1)
        run.until("dead", 1)
        assert run.outcomes("tg1")[0] == "dead:unrenderable"


def test_an_update_edits_the_first_message_and_a_change_answers_it(tmp_path: Path, chat: ChatThread) -> None:
    with running(tmp_path, chat, 1, more=", edits: true") as run:
        run.take(alert())
        run.until("sent", 1)
        run.take(alert(kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS)))
        run.until("sent", 2)
        run.take(alert(kind=AlertKind.STATUS_CHANGE, claims=(EVENT, HELD, GAS, CANCELLED)))
        run.until("sent", 3)
    first, edited, change = chat.chat.to("1")
    assert (edited.id, edited.edited) == (first.id, True)
    assert "Update" in edited.text
    assert (change.reply_to, change.edited, change.silent) == (first.id, False, False)


def test_an_update_of_a_message_that_is_gone_comes_silently_and_is_edited_from_then_on(
    tmp_path: Path, chat: ChatThread
) -> None:
    with running(tmp_path, chat, 1, more=", edits: true") as run:
        run.take(alert())
        run.until("sent", 1)
        gone = chat.chat.messages.pop()
        run.take(alert(kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS)))
        run.until("sent", 2)
        both = [fact(f"topic:{name}", f"{name} supplies", FactKind.TOPIC, FactState.DONE) for name in ("gas", "oil")]
        run.take(alert(kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS, OIL), facts=tuple(both)))
        run.until("sent", 3)
    again, edited = chat.chat.to("1")
    assert again.id != gone.id
    assert (again.silent, again.edited) == (True, False)
    assert (edited.id, edited.edited) == (again.id, True)


def test_a_second_url_takes_what_must_not_ring(tmp_path: Path, chat: ChatThread) -> None:
    silent = f", kinds: [first, update], silent: 'tgram://{TOKEN}/99'"
    with running(tmp_path, chat, 1, more=silent) as run:
        run.take(alert())
        run.until("sent", 1)
        run.take(alert(kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS)))
        run.until("sent", 2)
    assert [len(chat.chat.to(place)) for place in ("1", "99")] == [1, 1]


def test_operators_read_notices(tmp_path: Path, chat: ChatThread) -> None:
    with running(tmp_path, chat) as run:
        for state in (NoticeState.FIRING, NoticeState.RESOLVED):
            record = notice(state)
            run.outbox.take_notice(record, message(record), ["ops"], NOW)
        run.senders[-1].wake()
        run.until("sent", 2)
    first, second = chat.chat.to("T0AAAAAA/B0BBBBBB")
    assert first.text.startswith("🔧 For operators: collectors: feed:akorda – trouble")
    assert "over" in second.text


@given(st.integers(0, 100), st.none() | st.floats(0, 10_000), st.floats(0, 0.999))
def test_nobody_is_tried_sooner_than_asked_nor_left_for_ever(failures: int, asked: float | None, jitter: float) -> None:
    wait = Patience().wait(failures, asked, jitter)
    assert (asked or 0.5) <= wait <= max(450, asked or 0)
    if asked and failures < 4:
        assert wait == asked  # a chat that asks for a second loses no more


def test_a_second_try_is_short_and_bare() -> None:
    record = alert()
    due = Due(1, "d", "r", "first", (Part("t", "first", (), encode(record)),), rings=True, plain=True)
    written = write(due, desks().desks.receivers["tg1"], style="html", most=4000, now=NOW)
    assert written.style == "text"
    assert "https://" not in written.body
    assert len(written.body) <= 1500
