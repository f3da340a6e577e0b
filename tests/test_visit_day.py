"""A state visit as a desk lives through it: 200 articles of 40 outlets in three languages, and few messages that ring.

reports (written here) --the real story code--> alerts --the real outbox, its clock moved by hand--> messages
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from alerts.desks import DesksFile, load_text
from alerts.outbox import Outbox
from alerts.outbox_taking import Verdict, Wish
from alerts.outbox_turns import Due
from alerts.routing import routing
from alerts.writing import write
from tests.alerts.samples import message
from tests.streams.stories.newsroom import (
    Desk,
    as_published,
    at,
    day,
    fact,
    meeting,
    planned,
    report,
    rule,
    visit,
)
from wire.records import FactKind, FactState, Meeting, Outcome, Priority, Report, Resolution, Status, StatusDetail

MOST_RINGING = 6
OUTLETS = [(f"{language}-outlet-{n}", language) for language, count in (("kk", 16), ("pl", 12), ("ar", 12))
           for n in range(count)]  # fmt: skip
DAY = 3
RULE = rule("state-visits", priority=Priority.URGENT)
DESKS = load_text(
    """
receivers:
  quick: {url: 'tgram://1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/1', frame: en, zone: Asia/Almaty}
  edits: {url: 'tgram://1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/2', frame: kk, zone: Asia/Almaty, edits: true}
  every: {url: 'tgram://1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/3', frame: pl,
          kinds: [first, status-change, correction, update]}
  night: {url: 'tgram://1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/4', frame: ar, quiet: {from: 10:00, to: 12:00}}
desks: {asia: [quick, edits, every, night]}
operators: [quick]
"""
)


class Sent(NamedTuple):
    """A message that a chat got."""

    at: datetime
    due: Due
    body: str


def talks(dice: random.Random, hour: float) -> Meeting:
    """Return how an outlet tells of one of the day's meetings, by the hour of the day."""
    them, kz, theirs, ours = dice.choice(
        [office for start, *office in (
            (9, "head-of-state", "head-of-state", "xi", "tokayev"),
            (9, "head-of-state", "head-of-state", "xi", "tokayev"),
            (11, "foreign-minister", "foreign-minister", "wang", "kosherbayev"),
            (13, "head-of-government", "head-of-government", "li", "bektenov"),
            (15, "speaker", "speaker", "zhao", "koshanov"),
        ) if hour >= start]
    )  # fmt: skip
    facts = [fact(f"document:{dice.randint(1, 12)}") for _ in range(dice.randint(0, 3))]
    facts += [fact(f"topic:{word}", FactState.DONE, FactKind.TOPIC) for word in dice.sample(["gas", "rail", "it"], 1)]
    form = visit if dice.random() < 0.2 and them == "head-of-state" else meeting
    named = dice.random() < 0.9
    return form(
        day(DAY) if dice.random() < 0.6 else as_published(DAY), kz=kz, them=them, ours=ours if named else None,
        theirs=theirs if named else None, where=dice.choice(["KZ/astana", "KZ/astana", "KZ", None]), facts=facts,
        rules=[RULE], resolution=None if named else Resolution.OFFICE,
    )  # fmt: skip


def articles(seed: int) -> list[Report]:
    """Return the visit's 200 articles in the order in which they are seen."""
    dice, found = random.Random(seed), []
    for n in range(200):
        outlet, language = OUTLETS[n] if n < len(OUTLETS) else dice.choice(OUTLETS)
        if n < 25:  # two days before: it is announced
            seen = at(DAY - 2, 8) + timedelta(minutes=dice.randint(0, 900))
            told = [planned(day(DAY), where="KZ/astana", rules=[RULE])]
        elif n < 35:  # the plane has landed
            seen = at(DAY, 6) + timedelta(minutes=dice.randint(0, 120))
            arrived = {"status": Status.HELD, "detail": StatusDetail.UNDER_WAY}
            told = [visit(day(DAY), where="KZ/astana", rules=[RULE], **arrived)]
        else:
            seen = at(DAY, 9) + timedelta(minutes=dice.randint(0, 600))
            told = [talks(dice, seen.hour)]
        credits = dice.choice(["Ақорда", "Xinhua", "PAP", None])
        found.append(report(f"a{n}", *told, published=seen - timedelta(seconds=dice.randint(5, 300)), seen=seen,
                            language=language, outlet=outlet, credits=credits))  # fmt: skip
    return sorted(found, key=lambda each: each.source.seen)


def lived(outbox: Outbox, file: DesksFile, reports: list[Report]) -> Iterator[tuple[str, Sent]]:
    """Yield every message of every chat, as the clock goes from article to article."""
    desk = Desk()
    clock = reports[0].source.seen
    for each in [*reports, None]:
        until = each.source.seen + timedelta(seconds=2) if each else clock + timedelta(hours=12)
        yield from drained(outbox, file, clock, until)
        clock = until
        if each:
            desk.reads(each)
            for alert in desk.last.alerts:
                to = [each.receiver for each in routing(alert, file.desks).destinations]
                wishes = [Wish(name, file.desks.receivers[name].wanted) for name in to]
                outbox.take(alert, message(alert), wishes, until)


def drained(outbox: Outbox, file: DesksFile, since: datetime, until: datetime) -> Iterator[tuple[str, Sent]]:
    """Yield what goes out between two moments."""
    for name, lines in file.desks.receivers.items():
        now = since
        while now < until:
            turn = outbox.next_turn(name, lines, now)
            if not turn.bundle:
                now += timedelta(seconds=max(turn.wait, 0.1)) if turn.wait is not None else until - now
                continue
            due = outbox.begin(name, turn.bundle)
            assert due
            body = write(due, lines, style="html", most=4000, now=now).body
            outbox.record(due, Verdict(Outcome.SENT, post=str(due.n)), now)
            yield name, Sent(now, due, body)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_state_visit_rings_six_times_at_most_in_each_chat(tmp_path: Path, seed: int) -> None:
    reports = articles(seed)
    assert len({each.source.outlet for each in reports}) == 40
    assert {each.source.language for each in reports} == {"kk", "pl", "ar"}
    outbox = Outbox(tmp_path / "outbox.db")
    told: dict[str, list[Sent]] = {name: [] for name in DESKS.desks.receivers}
    for name, sent in lived(outbox, DESKS, reports):
        told[name].append(sent)
    for name, messages in told.items():
        ringing = [each for each in messages if each.due.rings]
        shown = [(f"{each.at:%d %H:%M:%S}", each.due.kind, len(each.due.parts)) for each in ringing]
        assert 2 <= len(ringing) <= MOST_RINGING, (name, shown)
        parts = [part for each in messages for part in each.due.parts]
        claims = [(part.thread, claim) for part in parts for claim in part.claims]
        assert len(claims) == len(set(claims)), "something was told twice"
        assert len({part.thread for part in parts}) >= 4, "presidents, ministers, governments, speakers"
        (first, *others) = messages
        assert all(each.due.anchor.root == str(first.due.n) for each in others), "a visit is one thread in the chat"
    assert len(told["quick"]) <= MOST_RINGING, "who wants no updates gets none"
    assert set(outbox.counts()) <= {"sent", "suppressed", "possible-duplicates", "outgoing"}
    outbox.close()
