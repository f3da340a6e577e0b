"""The outbox: nothing is told twice, nothing is forgotten, every end has its reason."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.lines import ReceiverLines
from alerts.outbox import Outbox
from alerts.outbox_file import OutboxUnusable
from alerts.outbox_taking import Verdict, Wish
from alerts.outbox_turns import Due
from alerts.reasons import reason
from tests.alerts.samples import AT_ONCE, CANCELLED, EVENT, GAS, HELD, NOW, PLANNED, alert, claim, message, notice
from wire.records import (
    Alert,
    AlertKind,
    DeadLetter,
    Delivery,
    Notice,
    NoticeState,
    Origin,
    Outcome,
    decode,
)

RINGING = frozenset({AlertKind.FIRST, AlertKind.STATUS_CHANGE, AlertKind.CORRECTION})
ALL = RINGING | {AlertKind.UPDATE}
A, B = Wish("a", RINGING), Wish("b", ALL)
SENT = Verdict(Outcome.SENT, seconds=1.0)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox(tmp_path / "deep" / "outbox.db")
    yield opened
    opened.close()


def take(outbox: Outbox, record: Alert, *wishes: Wish, now: datetime = NOW) -> bool:
    return outbox.take(record, message(record), wishes or (A,), now)


def begin(outbox: Outbox, receiver: str, now: datetime = NOW, lines: ReceiverLines = AT_ONCE) -> Due | None:
    """Begin what is next for the receiver, if anything is."""
    turn = outbox.next_turn(receiver, lines, now)
    return outbox.begin(receiver, turn.bundle) if turn.bundle else None


def claims(due: Due) -> tuple[str, ...]:
    return tuple(claim for part in due.parts for claim in part.claims)


def drain(outbox: Outbox, receiver: str, verdict: Verdict = SENT, now: datetime = NOW) -> list[Due]:
    """Send everything the receiver is owed."""
    done = []
    while due := begin(outbox, receiver, now):
        outbox.record(due, verdict, now)
        done.append(due)
        if verdict.outcome not in (Outcome.SENT, Outcome.DEAD):
            break
    return done


def states(outbox: Outbox, receiver: str | None = None) -> list[tuple[str, str, str | None]]:
    return [(row["kind"], row["state"], row["reason"]) for row in outbox.rows(receiver)]


def deliveries(outbox: Outbox) -> list[Delivery]:
    return [decode(Delivery, each.raw) for each in outbox.outgoing() if each.kind == "delivery"]


def test_an_alert_is_owed_to_each_receiver_and_told_once(outbox: Outbox) -> None:
    assert take(outbox, alert(), A, B)
    assert not take(outbox, alert(), A, B)
    (due,) = drain(outbox, "a")
    assert (due.kind, claims(due), due.attempt, due.rings) == ("first", (EVENT.id, HELD.id), 1, True)
    assert begin(outbox, "a") is None
    assert [row["state"] for row in outbox.rows()] == ["sent", "owed"]


def test_the_same_claims_under_another_alert_and_story_are_nothing_new(outbox: Outbox) -> None:
    take(outbox, alert())
    again = alert(story="sto-zzzzzzzzzz", keys=("key-x", "key-b"))  # a wiped broker founded the story anew
    assert take(outbox, again)
    assert states(outbox) == [("first", "owed", None), ("first", "suppressed", "nothing-new")]
    assert [each.outcome for each in deliveries(outbox)] == [Outcome.SUPPRESSED]


def test_a_second_meeting_without_a_shared_key_is_a_first_of_its_own(outbox: Outbox) -> None:
    take(outbox, alert())
    take(outbox, alert(story="sto-other", keys=("key-c",)))
    assert [state for _, state, _ in states(outbox)] == ["owed", "owed"]


def test_keys_learned_later_find_the_thread(outbox: Outbox) -> None:
    take(outbox, alert(keys=("k1",)))
    take(outbox, alert(kind=AlertKind.UPDATE, keys=("k2",), claims=(EVENT, HELD, GAS)))
    take(outbox, alert(story="sto-new", keys=("k2",)))
    assert states(outbox)[-1] == ("first", "suppressed", "nothing-new")


def test_two_threads_that_turn_out_one_go_on_in_the_older(outbox: Outbox) -> None:
    take(outbox, alert(story="sto-one", keys=("k1",)))
    take(outbox, alert(story="sto-two", keys=("k2",), claims=(EVENT, PLANNED)))
    merged = alert(
        story="sto-three", keys=("k2", "k1"), kind=AlertKind.STATUS_CHANGE, claims=(EVENT, PLANNED, CANCELLED)
    )
    take(outbox, merged)
    last = outbox.rows()[-1]
    assert (last["thread"], last["kind"], last["claims"]) == ("sto-one", "status-change", f'["{CANCELLED.id}"]')


def test_what_was_not_wanted_is_told_with_the_next_that_is(outbox: Outbox) -> None:
    take(outbox, alert(), A, B)
    take(outbox, alert(kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS)), A, B)
    assert states(outbox, "a")[-1] == ("update", "suppressed", "kind-not-wanted")
    (due,) = drain(outbox, "b")  # it waited too: one message tells both
    assert (due.kind, due.rings, claims(due)) == ("first", True, (EVENT.id, HELD.id, GAS.id))
    drain(outbox, "a")
    change = alert(kind=AlertKind.STATUS_CHANGE, claims=(EVENT, HELD, GAS, CANCELLED))
    take(outbox, change, A, B)
    assert claims(drain(outbox, "a")[0]) == (GAS.id, CANCELLED.id)
    assert claims(drain(outbox, "b")[0]) == (CANCELLED.id,)


def test_the_backlog_is_recorded_and_not_told_and_does_not_count_as_told(outbox: Outbox) -> None:
    take(outbox, alert(origin=Origin.BACKLOG))
    assert states(outbox) == [("first", "suppressed", "not-live")]
    take(outbox, alert(kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS)))
    assert [due.kind for due in drain(outbox, "a")] == ["first"]


def test_a_receiver_in_trouble_waits_and_the_others_go_on(outbox: Outbox) -> None:
    take(outbox, alert(), A, B)
    drain(outbox, "a", Verdict(Outcome.RETRY, reason("rate-limited"), wait=30.0))
    turn = outbox.next_turn("a", AT_ONCE, NOW + timedelta(seconds=10))
    assert (turn.wait, turn.bundle) == (20.0, ())
    assert outbox.failures("a") == 1
    assert len(drain(outbox, "b")) == 1
    assert len(drain(outbox, "a", now=NOW + timedelta(seconds=31))) == 1
    assert outbox.failures("a") == 0


def test_a_clock_set_back_makes_nobody_wait_longer(outbox: Outbox) -> None:
    take(outbox, alert())
    drain(outbox, "a", Verdict(Outcome.RETRY, reason("server-error"), wait=30.0))
    assert outbox.next_turn("a", AT_ONCE, NOW - timedelta(days=365)).wait == 30.0


def test_one_message_does_not_block_a_receiver_for_ever(outbox: Outbox) -> None:
    take(outbox, alert())
    take(outbox, alert(story="sto-b", keys=("kb",)))
    first = outbox.next_turn("a", AT_ONCE, NOW).bundle
    for _ in range(8):
        drain(outbox, "a", Verdict(Outcome.RETRY, reason("server-error"), wait=0.0))
    assert outbox.next_turn("a", AT_ONCE, NOW).bundle not in ((), first)


def test_a_parked_receiver_keeps_its_alerts_and_operators_hear_of_it(outbox: Outbox) -> None:
    take(outbox, alert())
    take(outbox, alert(story="sto-b", keys=("kb",)))
    drain(outbox, "a", Verdict(Outcome.PARKED, reason("blocked", "403")))
    assert begin(outbox, "a") is None
    assert [state for _, state, _ in states(outbox)] == ["parked", "owed"]
    (firing,) = [decode(Notice, each.raw) for each in outbox.outgoing() if each.kind == "notice"]
    assert (firing.key, firing.state) == ("alerts/receiver:a", NoticeState.FIRING)
    assert outbox.owed_to() == {"a": 2}
    assert outbox.resume("a") == 2
    assert len(drain(outbox, "a")) == 2
    notices = [decode(Notice, each.raw) for each in outbox.outgoing() if each.kind == "notice"]
    assert [each.state for each in notices] == [NoticeState.FIRING, NoticeState.RESOLVED]


def test_plain_comes_next_and_a_refused_plain_one_is_buried_and_may_be_told_again(outbox: Outbox) -> None:
    take(outbox, alert())
    drain(outbox, "a", Verdict(Outcome.PLAIN, reason("markup-refused")))
    due = begin(outbox, "a")
    assert due
    assert (due.plain, due.attempt) == (True, 2)
    outbox.record(due, Verdict(Outcome.DEAD, reason("message-refused")), NOW)
    (letter,) = [decode(DeadLetter, each.raw) for each in outbox.outgoing() if each.kind == "dead-letter"]
    assert decode(Alert, letter.value) == alert()
    assert (letter.topic, letter.offset, letter.reason.code) == ("jarshy.alerts", 0, "message-refused")
    take(outbox, alert(kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS)))
    assert [due.kind for due in drain(outbox, "a")] == ["first"]


def test_what_was_being_sent_at_a_crash_is_sent_again_and_counted(tmp_path: Path) -> None:
    before = Outbox(tmp_path / "outbox.db")
    take(before, alert())
    assert begin(before, "a")
    before.close()
    after = Outbox(tmp_path / "outbox.db")
    assert after.recover(NOW) == 1
    assert after.recover(NOW) == 0
    (again,) = drain(after, "a")
    assert (again.attempt, again.doubts) == (2, 1)
    assert after.counts() == {"sent": 1, "possible-duplicates": 1, "outgoing": 2}
    assert [(each.outcome, each.reason.code if each.reason else None) for each in deliveries(after)] == [
        (Outcome.RETRY, "interrupted"),
        (Outcome.SENT, "possible-duplicate"),
    ]
    after.close()


def test_a_lost_connection_leaves_a_doubt_a_refused_one_none(outbox: Outbox) -> None:
    take(outbox, alert())
    drain(outbox, "a", Verdict(Outcome.RETRY, reason("no-connection"), doubtful=False))
    drain(outbox, "a", Verdict(Outcome.RETRY, reason("no-answer"), doubtful=True))
    drain(outbox, "a")
    assert outbox.counts()["possible-duplicates"] == 1


def test_a_trouble_is_told_once_and_so_is_its_end(outbox: Outbox) -> None:
    def hear(state: NoticeState, minutes: int) -> None:
        record = notice(state, at=NOW + timedelta(minutes=minutes))
        outbox.take_notice(record, message(record, topic="jarshy.notices"), ["ops"], NOW)

    for minutes, state in enumerate(
        [NoticeState.FIRING, NoticeState.FIRING, NoticeState.RESOLVED, NoticeState.RESOLVED, NoticeState.FIRING]
    ):
        hear(state, minutes)
    hear(NoticeState.FIRING, 4)  # the same once more: a redelivery
    assert [(state, why) for _, state, why in states(outbox)] == [
        ("owed", None),
        ("suppressed", "already-firing"),
        ("owed", None),
        ("suppressed", "not-firing"),
        ("owed", None),
    ]


def test_what_kafka_was_told_is_gone(outbox: Outbox) -> None:
    for number in range(3):
        take(outbox, alert(story=f"sto-{number}", keys=(f"k{number}",), origin=Origin.REPLAY))
    two = outbox.outgoing(2)
    outbox.gone(two[-1].n)
    assert len(outbox.outgoing()) == 1


def test_a_claim_cannot_be_told_twice_whatever_the_code_does(outbox: Outbox, tmp_path: Path) -> None:
    take(outbox, alert())
    database = sqlite3.connect(tmp_path / "deep" / "outbox.db")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO claims SELECT * FROM claims")
    database.close()


def test_a_failed_transaction_leaves_nothing_half_done(outbox: Outbox) -> None:
    twice = alert(claims=(EVENT, EVENT))  # the ledger refuses the second
    with pytest.raises(sqlite3.IntegrityError):
        take(outbox, twice)
    assert outbox.rows() == []
    assert take(outbox, alert())


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "outbox.db").write_bytes(b"not a database" * 100)
    with pytest.raises(OutboxUnusable, match="cannot be used"):
        Outbox(tmp_path / "outbox.db")
    later = sqlite3.connect(tmp_path / "later.db")
    later.execute("PRAGMA user_version=99")
    later.close()
    with pytest.raises(OutboxUnusable, match="later Jarshy"):
        Outbox(tmp_path / "later.db")


def test_several_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    for number in range(20):
        path, start = tmp_path / f"{number}.db", Barrier(3)

        def opened(path: Path = path, start: Barrier = start) -> dict[str, int]:
            start.wait()
            outbox = Outbox(path)
            try:
                return outbox.counts()
            finally:
                outbox.close()

        with ThreadPoolExecutor(3) as threads:
            assert len([each.result() for each in [threads.submit(opened) for _ in range(3)]]) == 3


CLAIMS = [
    claim(kind, str(i), rings=i % 2 == 0) for i, kind in enumerate(["event", "status", "fact", "place", "status"])
]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["sto-1", "sto-2"]),
            st.sampled_from(list(AlertKind)),
            st.sets(st.sampled_from(CLAIMS), min_size=1),
            st.sampled_from(["sent", "dead", "retry", "crash"]),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_no_claim_is_ever_sent_twice_to_a_receiver(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[Any, ...]], random: Any
) -> None:
    """Whatever comes, in whatever order, redelivered and interrupted: each claim is sent once at most."""
    outbox = Outbox(tmp_path_factory.mktemp("law") / "outbox.db")
    sent: list[str] = []
    for story, kind, told_claims, end in told:
        record = alert(story=story, kind=kind, claims=tuple(sorted(told_claims, key=lambda each: each.id)))
        for _ in range(random.randint(1, 2)):
            take(outbox, record, B)
        if not (due := begin(outbox, "b")):
            continue
        if end == "crash":
            outbox.recover(NOW)
        else:
            outcome = {"sent": Outcome.SENT, "dead": Outcome.DEAD, "retry": Outcome.RETRY}[end]
            outbox.record(due, Verdict(outcome, reason("unclear")), NOW)
            sent += claims(due) if end == "sent" else ()
    sent += [each for due in drain(outbox, "b") for each in claims(due)]
    outbox.close()
    assert len(sent) == len(set(sent))
