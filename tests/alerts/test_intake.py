"""Kafka in and out: what is taken in is owed before its offset is committed; what happened is told till it is heard."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from alerts.desks import load_text
from alerts.intake import Intake, Teller
from alerts.outbox import Outbox
from alerts.outbox_taking import Verdict
from alerts.reasons import reason
from tests.alerts.samples import AT_ONCE, NOW, alert, message, notice
from tests.conftest import Broker
from wire.broker import Group, Message, Publisher, create, read_all
from wire.records import Alert, DeadLetter, Delivery, NewerRecord, Notice, NoticeState, Origin, Outcome, decode
from wire.settings import Settings
from wire.topics import ALERTS, DEAD_LETTERS, DELIVERIES, MANIFEST, NOTICES

DESKS = load_text(
    "receivers: {a: {url: 'json://a', frame: en}, ops: {url: 'json://b', frame: en}}\n"
    "desks: {asia: [a], all: [a, ops]}\ndefault: [all]\noperators: [ops]\n"
).desks


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox(tmp_path / "outbox.db")
    yield opened
    opened.close()


def intake(outbox: Outbox, prefix: str = "jarshy") -> Intake:
    return Intake(outbox, DESKS, prefix=prefix, taken=lambda: None, beat=lambda: None)


def test_each_partition_is_committed_once_and_after_everything_is_owed(outbox: Outbox) -> None:
    messages = [message(alert(story=f"sto-{i}", keys=(f"k{i}",)), offset=i)._replace(partition=i % 2) for i in range(5)]
    seen: list[tuple[int, int, int]] = []
    intake(outbox).take_in(messages, lambda last: seen.append((last.partition, last.offset, outbox.counts()["owed"])))
    assert sorted(seen) == [(0, 4, 5), (1, 3, 5)]
    intake(outbox).take_in(messages, lambda last: None)
    assert outbox.counts()["owed"] == 5


def test_poison_goes_to_the_dead_letters_and_the_rest_goes_on(outbox: Outbox) -> None:
    poison = Message("jarshy.alerts", 0, 7, "k", b"{broken", 0)
    other = message(notice(), offset=8)  # a notice is no alert
    tombstone = Message("jarshy.notices", 0, 1, "k", None, 0)
    intake(outbox).take_in([poison, other, tombstone, message(alert())], lambda last: None)
    letters = [decode(DeadLetter, each.raw) for each in outbox.outgoing() if each.kind == "dead-letter"]
    assert [(each.offset, each.value) for each in letters] == [(7, b"{broken"), (8, other.value)]
    assert {each.reason.code for each in letters} == {"undecodable"}
    assert outbox.counts()["owed"] == 1


def test_a_newer_record_stops_us_and_is_not_forgotten(outbox: Outbox) -> None:
    newer = message(alert())._replace(value=b'{"type":"jarshy.alert.v2"}')
    with pytest.raises(NewerRecord):
        intake(outbox).take_in([newer], lambda last: pytest.fail("was committed"))


def test_a_desk_nobody_set_up_is_told_to_the_operators_and_the_alert_to_the_default(outbox: Outbox) -> None:
    intake(outbox).take(message(alert(desks=("asai",))))
    (firing,) = [decode(Notice, each.raw) for each in outbox.outgoing() if each.kind == "notice"]
    assert "asai" in firing.text
    assert [row["receiver"] for row in outbox.rows()] == ["a", "ops"]


def test_notices_go_to_operators(outbox: Outbox) -> None:
    intake(outbox).take(message(notice(), topic="jarshy.notices"))
    assert [(row["receiver"], row["kind"]) for row in outbox.rows()] == [("ops", "notice")]


@pytest.fixture
def ours(broker: Broker, namespace: str, tmp_path: Path) -> Settings:
    """Return settings with topics of their own on each engine."""
    settings = Settings(
        kafka=broker.address, embedded=broker.embedded, prefix=namespace, partitions=2, session_timeout=6, data=tmp_path
    )
    create(settings, MANIFEST)
    return settings


def test_through_a_broker_and_back(ours: Settings, outbox: Outbox) -> None:
    publisher, group = Publisher(ours, "test"), Group(ours, "alerts", (ALERTS, NOTICES))
    for number in range(4):
        origin = Origin.REPLAY if number == 3 else Origin.LIVE
        record = alert(story=f"sto-{number}", keys=(f"k{number}",), origin=origin)
        publisher.publish(ALERTS, record.story, record, id=record.id, time=NOW)
    publisher.publish(NOTICES, notice().key, notice(), id="n", time=NOW)
    stop, enough = threading.Event(), threading.Event()

    def taken() -> None:
        if sum(outbox.counts().get(state, 0) for state in ("owed", "suppressed")) == 5:
            enough.set()

    reading = Intake(outbox, DESKS, prefix=ours.prefix, taken=taken, beat=lambda: None)
    thread = threading.Thread(target=reading.run, args=(group, stop))
    thread.start()
    assert enough.wait(60)
    due = outbox.begin("a", outbox.next_turn("a", AT_ONCE, NOW).bundle)
    assert due
    outbox.record(due, Verdict(Outcome.DEAD, reason("message-refused")), NOW)
    outbox.notify("disk", NoticeState.FIRING, "nearly full", NOW)
    stop.set()
    thread.join(60)
    assert Teller(outbox).tell(publisher) == 4
    assert Teller(outbox).tell(publisher) == 0
    told = [decode(Delivery, each.value) for each in read_all(ours, DELIVERIES)]
    assert sorted(each.outcome.value for each in told) == ["dead", "suppressed"]
    letters = [decode(DeadLetter, each.value) for each in read_all(ours, DEAD_LETTERS)]
    assert decode(Alert, letters[0].value).story in {f"sto-{i}" for i in range(3)}
    assert {decode(Notice, each.value).subject for each in read_all(ours, NOTICES)} == {"feed:akorda", "disk"}
    headers = dict(next(iter(read_all(ours, DELIVERIES))).headers)
    assert headers["ce_type"] == b"jarshy.delivery.v1"
    group.close()
    publisher.close()


def test_what_the_broker_did_not_acknowledge_is_told_again(outbox: Outbox) -> None:
    outbox.notify("disk", NoticeState.FIRING, "nearly full", NOW + timedelta(seconds=1))
    before = outbox.outgoing()
    assert before == outbox.outgoing()
    assert msgspec.json.decode(before[0].raw)["subject"] == "disk"
