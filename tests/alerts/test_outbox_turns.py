"""Held, gathered, released, dropped, forgotten: what the outbox keeps of it, and that nothing is lost on the way."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.agenda import Agenda
from alerts.lines import Digests, Grouping, Quiet, ReceiverLines
from alerts.outbox import Outbox
from alerts.outbox_keeping import KEEP
from alerts.outbox_schema import FIRST
from alerts.outbox_taking import Verdict, Wish
from alerts.outbox_turns import Due
from alerts.reasons import reason
from alerts.silences import Silence
from tests.alerts.samples import AT_ONCE, CANCELLED, EVENT, GAS, HELD, NOW, PLANNED, alert, claim
from tests.alerts.test_outbox import ALL, SENT, begin, claims, deliveries, drain, states, take
from wire.records import AlertKind, EventDate, Outcome, Priority, Reason, Status, StatusDetail, decode
from wire.topics import ALERTS, DELIVERIES, MANIFEST

NIGHT = ReceiverLines(url="json://x", frame="en", quiet=Quiet(from_="09:00", to="10:00"), group=AT_ONCE.group)
MORNING = NOW.replace(hour=10, minute=0, second=0)
EVERY = Wish("a", ALL)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox(tmp_path / "outbox.db")
    yield opened
    opened.close()


def story(number: int, **more: Any) -> Any:
    return alert(story=f"sto-{number}", keys=(f"k{number}",), **more)


def threads(due: Due) -> list[str]:
    return [part.thread for part in due.parts]


def test_a_night_is_held_and_told_in_one_digest_in_its_final_state(outbox: Outbox) -> None:
    for number in range(3):
        take(outbox, story(number))
        assert begin(outbox, "a", NOW, NIGHT) is None
    assert states(outbox) == [("first", "held", "quiet-hours")] * 3
    assert outbox.next_turn("a", NIGHT, NOW).wait == (MORNING - NOW).total_seconds()
    change = story(0, kind=AlertKind.STATUS_CHANGE, claims=(EVENT, HELD, CANCELLED), status=Status.CANCELLED)
    take(outbox, change)
    assert begin(outbox, "a", NOW, NIGHT) is None
    due = begin(outbox, "a", MORNING, NIGHT)
    assert due
    assert threads(due) == ["sto-0", "sto-1", "sto-2"]
    assert due.parts[0].claims == (EVENT.id, HELD.id, CANCELLED.id)
    assert b'"status":"cancelled"' in due.parts[0].raw
    assert (due.kind, due.rings) == ("first", True)
    outbox.record(due, SENT, MORNING)
    assert begin(outbox, "a", MORNING, NIGHT) is None
    told = deliveries(outbox)
    assert [(each.story, each.outcome) for each in told] == [
        ("sto-0", Outcome.SENT), ("sto-1", Outcome.SENT), ("sto-2", Outcome.SENT), ("sto-0", Outcome.SENT),
    ]  # fmt: skip
    assert len({each.digest for each in told}) == 1
    assert told[0].digest == due.id


def test_a_digest_is_frozen_before_it_is_sent(tmp_path: Path) -> None:
    """Whatever comes after it was begun, and whatever breaks: a second try tells what the first told."""
    before = Outbox(tmp_path / "outbox.db")
    for number in range(2):
        take(before, story(number))
        before.next_turn("a", NIGHT, NOW)
    first = begin(before, "a", MORNING, NIGHT)
    before.close()  # killed while sending
    after = Outbox(tmp_path / "outbox.db")
    assert after.recover(MORNING) == 1
    take(after, story(0, kind=AlertKind.STATUS_CHANGE, claims=(EVENT, HELD, CANCELLED)))
    again = begin(after, "a", MORNING, NIGHT)
    assert first
    assert again
    assert again.parts == first.parts
    assert (again.attempt, again.doubts) == (2, 1)
    after.record(again, SENT, MORNING)
    assert after.counts()["possible-duplicates"] == 1
    (rest,) = drain(after, "a", now=MORNING)
    assert (rest.kind, claims(rest)) == ("status-change", (CANCELLED.id,))
    after.close()


def test_a_refused_digest_costs_only_the_story_that_is_refused(outbox: Outbox) -> None:
    for number in range(3):
        take(outbox, story(number))
        outbox.next_turn("a", NIGHT, NOW)
    due = begin(outbox, "a", MORNING, NIGHT)
    assert due
    outbox.record(due, Verdict(Outcome.DEAD, reason("message-refused")), MORNING)
    alone = begin(outbox, "a", MORNING, NIGHT)
    assert alone
    assert threads(alone) == ["sto-0"]
    outbox.record(alone, Verdict(Outcome.DEAD, reason("message-refused")), MORNING)
    assert [threads(each) for each in drain(outbox, "a", now=MORNING)] == [["sto-1"], ["sto-2"]]
    assert [state for _, state, _ in states(outbox)] == ["dead", "sent", "sent"]


def test_a_flash_goes_through_and_takes_along_what_waited_of_its_story(outbox: Outbox) -> None:
    lines = ReceiverLines(
        url="json://x", frame="en", quiet=Quiet(from_="09:00", to="10:00", flash=True), group=AT_ONCE.group
    )
    take(outbox, story(0), EVERY)
    take(outbox, story(1), EVERY)
    assert begin(outbox, "a", NOW, lines) is None
    flash = story(0, kind=AlertKind.STATUS_CHANGE, claims=(EVENT, HELD, CANCELLED), priority=Priority.FLASH)
    take(outbox, flash, EVERY)
    due = begin(outbox, "a", NOW, lines)
    assert due
    assert (threads(due), due.kind) == (["sto-0"], "first")
    assert claims(due) == (EVENT.id, HELD.id, CANCELLED.id)


def test_twenty_seconds_gather_a_story_and_ten_minutes_its_updates(outbox: Outbox) -> None:
    lines = ReceiverLines(url="json://x", frame="en", group=Grouping())
    take(outbox, story(0), EVERY)
    assert outbox.next_turn("a", lines, NOW).wait == 20
    take(outbox, story(0, kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS)), EVERY)
    due = begin(outbox, "a", NOW + timedelta(seconds=20), lines)
    assert due
    assert (due.kind, claims(due)) == ("first", (EVENT.id, HELD.id, GAS.id))
    then = NOW + timedelta(seconds=21)
    outbox.record(due, SENT, then)
    oil = claim("fact", "topic topic:oil done", rings=False)
    take(outbox, story(0, kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS, oil)), EVERY, now=then)
    assert outbox.next_turn("a", lines, then).wait == 600
    assert begin(outbox, "a", then + timedelta(seconds=600), lines)


def test_a_visit_is_one_group_and_one_thread_in_the_chat(outbox: Outbox) -> None:
    lines = ReceiverLines(url="json://x", frame="en", group=Grouping())
    take(outbox, story(0))
    due = begin(outbox, "a", NOW + timedelta(seconds=20), lines) if outbox.next_turn("a", lines, NOW) else None
    assert due
    outbox.record(due, SENT._replace(post="100"), NOW)
    take(outbox, story(1, visit="vis-1"))
    take(outbox, story(0, kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS), visit="vis-1"))  # it is of a visit, too
    assert outbox.next_turn("a", lines, NOW).wait == 600
    other = begin(outbox, "a", NOW + timedelta(minutes=11), lines)
    assert other
    assert (other.anchor.own, other.anchor.root) == (None, "100")
    outbox.record(other, SENT._replace(post="101"), NOW)
    take(outbox, story(1, kind=AlertKind.STATUS_CHANGE, claims=(EVENT, HELD, CANCELLED), visit="vis-1"))
    change = begin(outbox, "a", NOW + timedelta(minutes=30), lines)
    assert change
    assert (change.anchor.own, change.anchor.root) == ("101", "100")


def test_what_is_silenced_waits_and_goes_when_the_silence_ends(outbox: Outbox) -> None:
    id = outbox.silence(Silence(0, NOW + timedelta(hours=3), "Asel", "training", country="UZ"), NOW)
    for number in range(2):
        take(outbox, story(number))
    assert begin(outbox, "a") is None
    assert {(state, why) for _, state, why in states(outbox)} == {("held", "silenced")}
    assert "by Asel: training" in outbox.rows()[0]["why"]
    assert outbox.end_silence(id, NOW)
    assert not outbox.end_silence(id, NOW)
    due = begin(outbox, "a", NOW + timedelta(seconds=1))
    assert due
    assert threads(due) == ["sto-0", "sto-1"]


def test_a_silence_made_later_holds_what_waits_already(outbox: Outbox) -> None:
    lines = ReceiverLines(url="json://x", frame="en", digest=Digests(at=("18:00",), of=("urgent",)))
    take(outbox, story(0))
    outbox.next_turn("a", lines, NOW)
    outbox.silence(Silence(0, NOW + timedelta(hours=3), "Asel", "training", rule="ca"), NOW)
    outbox.next_turn("a", lines, NOW)
    assert states(outbox) == [("first", "held", "silenced")]


def test_a_restart_and_a_clock_set_back_decide_anew_what_is_held(outbox: Outbox) -> None:
    take(outbox, story(0))
    ahead = NOW + timedelta(days=300)
    assert begin(outbox, "a", ahead, NIGHT) is None
    assert outbox.next_turn("a", NIGHT, NOW).wait > 200 * 86400  # type: ignore[operator]
    outbox.look_again("a")
    assert outbox.next_turn("a", NIGHT, NOW).wait == (MORNING - NOW).total_seconds()
    outbox.recover(NOW)
    assert begin(outbox, "a", NOW, AT_ONCE)


def test_somebody_may_let_go_what_is_held(outbox: Outbox) -> None:
    take(outbox, story(0))
    begin(outbox, "a", NOW, NIGHT)
    (row,) = outbox.rows()
    assert outbox.release(row["id"]) is None
    assert begin(outbox, "a", NOW, NIGHT)
    assert outbox.release(row["id"]) == "it is sending"
    assert outbox.release("dlv-none") == "there is none of this id"


def test_a_dead_delivery_may_be_tried_again_unless_all_was_told_meanwhile(outbox: Outbox) -> None:
    for number in range(2):
        take(outbox, story(number))
    drain(outbox, "a", Verdict(Outcome.DEAD, reason("message-refused")))
    one, two = (row["id"] for row in outbox.rows())
    assert outbox.release(one) is None
    assert [due.kind for due in drain(outbox, "a")] == ["first"]
    assert outbox.release(one) == "it is sent"
    take(outbox, story(1, kind=AlertKind.UPDATE, claims=(EVENT, HELD, GAS)))
    drain(outbox, "a")
    assert outbox.release(two) == "its receiver was told all of it meanwhile"


def test_a_dropped_delivery_ends_with_its_reason_and_counts_as_told(outbox: Outbox) -> None:
    take(outbox, story(0))
    (row,) = outbox.rows()
    assert outbox.drop(row["id"], "a test of ours", NOW) is None
    assert states(outbox) == [("first", "suppressed", "dropped")]
    assert deliveries(outbox)[-1].outcome is Outcome.SUPPRESSED
    take(outbox, alert(story="sto-new", keys=("k0",)))
    assert states(outbox)[-1] == ("first", "suppressed", "nothing-new")
    assert outbox.drop(row["id"], "again", NOW) == "it is suppressed"


def test_a_receiver_that_fails_for_long_is_told_to_operators_once_and_kept(outbox: Outbox) -> None:
    take(outbox, story(0))
    for _ in range(25):
        drain(outbox, "a", Verdict(Outcome.RETRY, reason("no-answer")))
    notices = [each.raw for each in outbox.outgoing() if each.kind == "notice"]
    assert len(notices) == 1
    assert b"has failed 10 times in a row" in notices[0]
    drain(outbox, "a")
    assert b"resolved" in [each.raw for each in outbox.outgoing() if each.kind == "notice"][-1]


# the agenda


def planned(number: int, day: int, **more: Any) -> Any:
    days = EventDate(start=date(2026, 3, day), end=date(2026, 3, day), reason=Reason(code="explicit", text="said"))
    return story(number, **({"claims": (EVENT, PLANNED), "status": Status.PLANNED, "date": days} | more))


def agenda(outbox: Outbox, day: int) -> Agenda | None:
    """Return what is told of the days from this one in March."""
    assert outbox.agenda("a", date(2026, 3, day), NOW)
    due = begin(outbox, "a")
    if due is None:
        return None
    outbox.record(due, SENT, NOW)
    assert due.kind == "agenda"
    return decode(Agenda, due.parts[0].raw)


def stories(found: Agenda | None) -> tuple[list[str], list[str]]:
    return ([each.story for each in found.planned], [each.story for each in found.passed]) if found else ([], [])


def test_a_morning_tells_what_is_planned_for_seven_days(outbox: Outbox) -> None:
    for number, day in enumerate((12, 5, 10, 11)):
        take(outbox, planned(number, day))
    drain(outbox, "a")
    assert stories(agenda(outbox, 4)) == (["sto-1", "sto-2"], [])
    assert not outbox.agenda("a", date(2026, 3, 4), NOW)  # once a day


def test_what_came_or_was_called_off_is_planned_no_more(outbox: Outbox) -> None:
    for number in range(3):
        take(outbox, planned(number, 5))
    take(outbox, story(0, kind=AlertKind.STATUS_CHANGE, claims=(EVENT, PLANNED, HELD)))
    off = {"kind": AlertKind.STATUS_CHANGE, "claims": (EVENT, PLANNED, CANCELLED), "status": Status.CANCELLED}
    take(outbox, planned(1, 5, **off))
    later = EventDate(start=date(2026, 3, 8), end=date(2026, 3, 8), reason=Reason(code="explicit", text="said"))
    take(outbox, planned(2, 5, **off, status_detail=StatusDetail.POSTPONED, new_date=later))
    drain(outbox, "a")
    assert stories(agenda(outbox, 4)) == (["sto-2"], [])
    assert stories(agenda(outbox, 8)) == (["sto-2"], [])


def test_a_planned_day_that_passed_without_a_report_is_told_once(outbox: Outbox) -> None:
    take(outbox, planned(0, 5))
    take(outbox, planned(1, 20))
    drain(outbox, "a")
    assert stories(agenda(outbox, 6)) == ([], ["sto-0"])
    assert agenda(outbox, 7) is None
    assert states(outbox)[-1] == ("agenda", "suppressed", "nothing-planned")
    moved = planned(0, 9, kind=AlertKind.CORRECTION, claims=(EVENT, PLANNED, claim("date", "9")))
    take(outbox, moved)
    drain(outbox, "a")
    assert stories(agenda(outbox, 8)) == (["sto-0"], [])
    assert stories(agenda(outbox, 10)) == ([], ["sto-0"])


# forgetting


def test_the_ledger_is_kept_longer_than_anything_can_be_replayed() -> None:
    assert KEEP.total_seconds() > max(topic.retention for topic in MANIFEST)
    assert KEEP.total_seconds() > ALERTS.retention + 30 * 86400
    assert DELIVERIES in MANIFEST


def test_what_is_long_over_is_forgotten_and_what_is_owed_or_lately_told_is_not(outbox: Outbox) -> None:
    old = NOW - KEEP - timedelta(days=2)
    for number in range(4):
        take(outbox, story(number), now=old)
    drain(outbox, "a", now=old)
    take(outbox, story(4), now=old)  # still owed
    take(outbox, story(1, kind=AlertKind.STATUS_CHANGE, claims=(EVENT, HELD, CANCELLED)))
    assert outbox.prune(NOW) == 3
    assert [row["story"] for row in outbox.rows()] == ["sto-1", "sto-4", "sto-1"]
    assert outbox.prune(NOW) == 0
    take(outbox, alert(story="sto-1b", keys=("k1",)))
    assert states(outbox)[-1][1] == "suppressed"


def test_a_clock_that_runs_ahead_does_not_empty_the_ledger(outbox: Outbox) -> None:
    take(outbox, story(0))
    drain(outbox, "a")
    assert outbox.prune(NOW + timedelta(days=5000)) == 0


def test_a_file_of_the_first_format_is_brought_up(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "outbox.db")
    for statement in FIRST:
        old.execute(statement)
    raw = (alert().id, b"{}", "jarshy.alerts", 0, 0, "k", NOW.isoformat())
    old.execute("INSERT INTO alerts VALUES (?,?,?,?,?,?,?)", raw)
    old.execute(
        "INSERT INTO deliveries (id, receiver, thread, record, story, kind, claims, rings, state, owed) "
        "VALUES ('d', 'a', 't', ?, 's', 'first', '[]', 1, 'owed', ?)",
        (alert().id, NOW.isoformat()),
    )
    old.execute("PRAGMA user_version=1")
    old.commit()
    old.close()
    outbox = Outbox(tmp_path / "outbox.db")
    assert begin(outbox, "a")
    outbox.close()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["take", "turn", "night", "silence", "crash", "dead", "retry", "drop", "release"]),
            st.integers(0, 3),
            st.sampled_from(list(AlertKind)),
            st.sets(st.sampled_from([EVENT, HELD, CANCELLED, GAS]), min_size=1),
        ),
        max_size=25,
    )
)
def test_every_claim_is_sent_once_or_dropped_or_dead_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    """Held, gathered, silenced, refused, dropped, interrupted, in any order: nothing is lost and nothing repeated."""
    outbox = Outbox(tmp_path_factory.mktemp("law") / "outbox.db")
    sent: list[tuple[str, str]] = []
    taken: set[tuple[str, str]] = set()

    def told(due: Due | None, verdict: Verdict) -> None:
        if due is None:
            return
        outbox.record(due, verdict, NOW)
        if verdict.outcome is Outcome.SENT:
            sent.extend((part.thread, each) for part in due.parts for each in part.claims)

    for step, number, kind, new in steps:
        rows = outbox.rows("a")
        if step == "take":
            ordered = tuple(sorted(new, key=lambda each: each.id))
            take(outbox, story(number, kind=kind, claims=ordered), EVERY)
            taken |= {(f"sto-{number}", each.id) for each in ordered}
        elif step == "turn":
            told(begin(outbox, "a"), SENT)
        elif step == "night":
            begin(outbox, "a", NOW, NIGHT)
        elif step == "silence":
            outbox.silence(Silence(0, NOW + timedelta(seconds=number), "A", "why", country="UZ"), NOW)
        elif step == "crash":
            begin(outbox, "a")
            outbox.recover(NOW)
        elif step in ("dead", "retry"):
            told(begin(outbox, "a"), Verdict(Outcome.DEAD if step == "dead" else Outcome.RETRY, reason("unclear")))
        elif rows and step == "drop":
            outbox.drop(rows[number % len(rows)]["id"], "why", NOW)
        elif rows:
            outbox.release(rows[number % len(rows)]["id"])
    outbox.recover(NOW)
    while due := begin(outbox, "a", NOW + timedelta(hours=1)):
        told(due, SENT)
    over = {
        (row["thread"], each)
        for row in outbox.rows("a")
        if row["state"] in ("dead", "suppressed")
        for each in decode_claims(row["claims"])
    }
    outbox.close()
    assert len(sent) == len(set(sent))
    assert taken <= set(sent) | over


def decode_claims(text: str) -> list[str]:
    return [each for each in text.strip("[]").replace('"', "").split(", ") if each]
