"""What a receiver is owed of an alert, given what it was told."""

import pytest

from alerts.owing import NOTICE, Owed, owed, owed_notice
from alerts.reasons import SENTENCES, reason
from tests.alerts.samples import CANCELLED, EVENT, GAS, HELD, PLANNED, POLISH, alert, claim, notice
from wire.records import AlertKind, NoticeState, Origin, Reason

RINGING = {AlertKind.FIRST, AlertKind.STATUS_CHANGE, AlertKind.CORRECTION}
ALL = RINGING | {AlertKind.UPDATE}


def ids(*claims: object) -> frozenset[str]:
    return frozenset(each.id for each in claims)  # type: ignore[attr-defined]


def code(decided: Owed | Reason) -> str:
    assert isinstance(decided, Reason)
    return decided.code


@pytest.mark.parametrize("kind", list(AlertKind))
def test_who_was_told_nothing_is_owed_a_first_whatever_the_alert_is(kind: AlertKind) -> None:
    assert owed(alert(kind=kind), RINGING, ids()) == Owed("first", (EVENT.id, HELD.id))


def test_nothing_new_is_nothing_owed() -> None:
    assert code(owed(alert(), ALL, ids(EVENT, HELD, GAS))) == "nothing-new"
    assert code(owed(alert(claims=()), ALL, ids())) == "nothing-new"


def test_a_status_change_rings_and_carries_what_waited_for_it() -> None:
    change = alert(kind=AlertKind.STATUS_CHANGE, claims=(EVENT, PLANNED, GAS, CANCELLED))
    assert owed(change, RINGING, ids(EVENT, PLANNED)) == Owed("status-change", (GAS.id, CANCELLED.id))


def test_a_status_change_that_was_told_is_only_an_update() -> None:
    change = alert(kind=AlertKind.STATUS_CHANGE, claims=(EVENT, CANCELLED, GAS, POLISH))
    assert code(owed(change, RINGING, ids(EVENT, CANCELLED))) == "kind-not-wanted"
    assert owed(change, ALL, ids(EVENT, CANCELLED)) == Owed("update", (GAS.id, POLISH.id), rings=False)


def test_another_language_alone_is_no_message() -> None:
    for kinds in (RINGING, ALL):
        assert code(owed(alert(claims=(EVENT, HELD, POLISH)), kinds, ids(EVENT, HELD))) == "language-only"


def test_an_update_that_brings_a_status_this_receiver_does_not_know_rings() -> None:
    update = alert(kind=AlertKind.UPDATE, claims=(EVENT, CANCELLED, GAS))
    assert owed(update, RINGING, ids(EVENT)) == Owed("status-change", (CANCELLED.id, GAS.id))


def test_a_correction_stays_one() -> None:
    corrected = alert(kind=AlertKind.CORRECTION, claims=(EVENT, claim("place", "TJ")))
    decided = owed(corrected, RINGING, ids(EVENT))
    assert isinstance(decided, Owed)
    assert (decided.kind, decided.rings) == ("correction", True)


@pytest.mark.parametrize("origin", [Origin.BACKLOG, Origin.REPLAY, Origin.UNKNOWN])
def test_only_live_alerts_are_told(origin: Origin) -> None:
    assert code(owed(alert(origin=origin), ALL, ids())) == "not-live"


def test_a_trouble_is_told_once_and_its_end_to_whom_it_was_told() -> None:
    over = notice(NoticeState.RESOLVED)
    assert owed_notice(notice(), firing=False) == Owed(NOTICE, ("firing",))
    assert code(owed_notice(notice(), firing=True)) == "already-firing"
    assert owed_notice(over, firing=True) == Owed(NOTICE, ())
    assert code(owed_notice(over, firing=False)) == "not-firing"


def test_every_reason_has_a_sentence() -> None:
    for each in SENTENCES:
        assert reason(each, "detail").text.endswith("(detail)")
    with pytest.raises(KeyError):
        reason("because")
