"""Kafka -> outbox: decode | route | one transaction owes an alert to every receiver | commit; and back again.

jarshy.alerts, jarshy.notices --take_in--> outbox --tell--> jarshy.deliveries, jarshy.notices, jarshy.dead-letters
"""

import json
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from alerts.lines import Desks
from alerts.outbox import Outbox
from alerts.outbox_file import Outgoing
from alerts.outbox_taking import Wish
from alerts.reasons import reason
from alerts.routing import routing
from wire.broker import BrokerAway, Group, Message, Publisher, letter_for
from wire.records import Alert, DeadLetter, Delivery, Notice, NoticeState, UndecodableRecord, decode
from wire.topics import ALERTS, DELIVERIES, NOTICES, named

log = logging.getLogger(__name__)
PAUSE = 1.0


class Intake:
    """Takes alerts and notices in, and commits only what the outbox holds."""

    def __init__(
        self, outbox: Outbox, desks: Desks, *, prefix: str, taken: Callable[[], None], beat: Callable[[], None]
    ) -> None:
        """`taken` is called when senders may have something to do, `beat` whenever Kafka was read."""
        self._outbox, self._desks, self._taken, self._beat = outbox, desks, taken, beat
        self._alerts = named(ALERTS, prefix)
        self._complained: set[str] = set()

    def run(self, group: Group, stop: threading.Event) -> None:
        """Read until told to stop; while the broker is away, wait and read again."""
        while not stop.is_set():
            try:
                messages = group.poll(0.2)
                self._beat()
                self.take_in(messages, group.commit)
            except BrokerAway as error:
                log.warning("%s", json.dumps({"event": "broker-away", "error": str(error)}))
                stop.wait(PAUSE)

    def take_in(self, messages: list[Message], commit: Callable[[Message], None]) -> None:
        """Take messages in, each in a transaction of its own, then commit the last of every partition."""
        last: dict[tuple[str, int], Message] = {}
        for message in messages:
            self.take(message)
            last[message.topic, message.partition] = message
        if messages:
            self._taken()
        for message in last.values():
            commit(message)

    def take(self, message: Message) -> None:
        """Take one message in; what is no record of ours goes to the dead letters."""
        if message.value is None:  # a tombstone: nothing is told
            return
        try:
            if message.topic == self._alerts:
                self._take_alert(decode(Alert, message.value), message)
            else:
                self._take_notice(decode(Notice, message.value), message)
        except UndecodableRecord as error:
            log.warning("%s", json.dumps({"event": "undecodable", "topic": message.topic, "offset": message.offset}))
            self._outbox.refuse(letter_for(message, "alerts", reason("undecodable"), str(error)[:500]))

    def _take_alert(self, alert: Alert, message: Message) -> None:
        routed = routing(alert, self._desks)
        wishes = [Wish(to.receiver, self._desks.receivers[to.receiver].wanted) for to in routed.destinations]
        now = datetime.now(UTC)
        if self._outbox.take(alert, message, wishes, now) and not self._complained.issuperset(routed.unknown):
            self._complained.update(routed.unknown)
            text = f"rules name desks that config/desks.yaml does not have: {', '.join(routed.unknown)}"
            self._outbox.notify(f"desks:{','.join(routed.unknown)}", NoticeState.FIRING, text, now)

    def _take_notice(self, notice: Notice, message: Message) -> None:
        self._outbox.take_notice(notice, message, self._desks.operators, datetime.now(UTC))


class Teller:
    """Tells Kafka what the outbox holds for it, in order, until each record is acknowledged."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._woken = threading.Event()

    def wake(self) -> None:
        """Look again: there may be something to tell."""
        self._woken.set()

    def run(self, publisher: Publisher, stop: threading.Event) -> None:
        """Tell until told to stop, and then what is left."""
        while not stop.is_set():
            self._woken.clear()
            try:
                if not self.tell(publisher):
                    self._woken.wait(0.5)
            except BrokerAway as error:
                log.warning("%s", json.dumps({"event": "broker-away", "error": str(error)}))
                stop.wait(PAUSE)

    def tell(self, publisher: Publisher) -> int:
        """Publish the oldest records, forget them when all are acknowledged, and return how many they were."""
        waiting = self._outbox.outgoing()
        pending = [each for one in waiting for each in _publish(publisher, one)]
        publisher.wait(pending)
        if waiting:
            self._outbox.gone(waiting[-1].n)
        return len(waiting)


def _publish(publisher: Publisher, one: Outgoing) -> list[Any]:
    if one.kind == "dead-letter":
        publisher.dead_letter(decode(DeadLetter, one.raw))
        return []
    if one.kind == "notice":
        notice = decode(Notice, one.raw)
        return [publisher.send_record(NOTICES, one.key, notice, id=one.id, time=notice.at)]
    delivery = decode(Delivery, one.raw)
    return [publisher.send_record(DELIVERIES, one.key, delivery, id=one.id, time=delivery.at)]
