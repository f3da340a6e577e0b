"""Alerts, articles' sources and notices for the tests of alerts: written by us, one argument each to vary."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from alerts.lines import Grouping, ReceiverLines
from wire import ids
from wire.broker import Message
from wire.records import (
    Actor,
    Alert,
    AlertKind,
    Claim,
    Country,
    EventDate,
    Evidence,
    Fact,
    FactKind,
    FactState,
    Form,
    Level,
    Names,
    Notice,
    NoticeState,
    Place,
    Priority,
    Reason,
    Record,
    RuleHit,
    Source,
    Status,
    StatusChange,
    Times,
    encode,
)

NOW = datetime(2026, 3, 4, 9, 30, 40, tzinfo=UTC)
SEEN = NOW - timedelta(seconds=12)
PUBLISHED = NOW - timedelta(seconds=42)
AT_ONCE = ReceiverLines(url="json://x", frame="en", group=Grouping(wait="0s", interval="0s"), throttle=0)
"""A receiver that nothing holds."""
SENTENCE = "Қасым-Жомарт Тоқаев Астанада Өзбекстан Президенті Шавкат Мирзиёевпен келіссөз жүргізді."
UZ = Country(code="UZ", names=Names(en="Uzbekistan", kk="Өзбекстан", pl="Uzbekistan", ar="أوزبكستان"))
PRESIDENT = Names(en="President", kk="Президент", pl="prezydent", ar="الرئيس")
TOKAYEV = Names(
    en="Kassym-Jomart Tokayev", kk="Қасым-Жомарт Тоқаев", pl="Kasym-Żomart Tokajew", ar="قاسم جومارت توكاييف"
)
MIRZIYOYEV = Names(en="Shavkat Mirziyoyev", kk="Шавкат Мирзиёев", pl="Szawkat Mirzijojew", ar="شوكت ميرضيائيف")


def actor(country: str, names: Names | None, person: str | None = None) -> Actor:
    """Return a head of state."""
    return Actor(
        country=country,
        office="head-of-state",
        level=Level.HEAD_OF_STATE,
        office_names=PRESIDENT,
        person=person,
        names=names,
    )


def source(article: str = "art-1", language: str = "kk", **more: Any) -> Source:
    """Return where an article was read."""
    values: dict[str, Any] = {
        "title": "Ақордада келіссөз өтті", "outlet": f"Outlet {article}", "feed": "feed-1", "seen": SEEN,
        "url": f"https://news.example/{article}?a=1&b=2", "published": PUBLISHED,
    }  # fmt: skip
    return Source(article=article, language=language, **(values | more))


def claim(kind: str, value: str, *, rings: bool = True, new: bool = True) -> Claim:
    """Return a claim whose id follows from what it says."""
    id = ids.make(ids.CLAIM, kind, value)
    return Claim(id=id, kind=kind, text=f"{kind} {value}", at=SEEN, value=value, rings=rings, new=new)


EVENT = claim("event", "uz-talks")
HELD = claim("status", "held")
PLANNED = claim("status", "planned")
CANCELLED = claim("status", "cancelled")
GAS = claim("fact", "topic topic:gas done", rings=False)
POLISH = claim("language", "pl", rings=False)


def quoted(words: str, about: str = "form", article: str = "art-1", sentence: str = SENTENCE) -> Evidence:
    """Return evidence for words that stand in a sentence, which begins at 100."""
    at = 100 + sentence.index(words)
    return Evidence(article=article, start=at, end=at + len(words), quote=words, about=about)


def alert(**more: Any) -> Alert:
    """Return an alert on talks in Astana; every field may be given."""
    claims = more.setdefault("claims", (EVENT, HELD))
    story = more.setdefault("story", "sto-abcdefghijklmnop")
    kind = more.setdefault("kind", AlertKind.FIRST)
    values: dict[str, Any] = {
        "id": ids.alert_id(story, kind.value, [each.id for each in claims]),
        "partner": UZ, "kz": actor("KZ", TOKAYEV, "tokayev"), "counterpart": actor("UZ", MIRZIYOYEV, "mirziyoyev"),
        "form": Form.MEETING, "status": Status.HELD,
        "status_history": (StatusChange(status=Status.HELD, at=SEEN, source="art-1"),),
        "sources": (source(),), "origins": 1,
        "place": Place(country="KZ", city="astana", names=Names(en="Astana", kk="Астана", pl="Astana", ar="أستانا")),
        "date": EventDate(
            start=date(2026, 3, 4), end=date(2026, 3, 4), reason=Reason(code="publication", text="published that day")
        ),
        "facts": (fact("topic:gas", "gas supplies", FactKind.TOPIC, FactState.DONE),),
        "evidence": (quoted(SENTENCE, "form"), quoted("келіссөз жүргізді", "form"), quoted("Астанада", "place")),
        "rules": (RuleHit(rule="ca", title="Central Asia", priority=Priority.URGENT, desks=("asia",)),),
        "story_revision": 1, "keys": ("key-a", "key-b"), "priority": Priority.URGENT, "desks": ("asia",),
        "times": Times(seen=SEEN, recognised=SEEN, told=SEEN, published=PUBLISHED), "trigger": "art-1",
    }  # fmt: skip
    return Alert(**(values | more))


def fact(value: str, name: str, kind: FactKind, state: FactState) -> Fact:
    """Return a fact that the Kazakh side tells."""
    return Fact(kind=kind, state=state, value=value, names=Names(en=name, kk=name, pl=name, ar=name), said_by="KZ")


def notice(state: NoticeState = NoticeState.FIRING, subject: str = "feed:akorda", **more: Any) -> Notice:
    """Return a notice of the collectors."""
    values: dict[str, Any] = {"text": "nothing came for three hours", "at": SEEN, "details": ("last answer 503",)}
    return Notice(source="collectors", subject=subject, state=state, **(values | more))


def message(record: Record, offset: int = 0, topic: str = "jarshy.alerts") -> Message:
    """Return a record as it is read from its topic."""
    return Message(topic, 0, offset, getattr(record, "story", "key"), encode(record), 0)


def changed(record: Alert, **more: Any) -> Alert:
    """Return the alert with other fields."""
    return msgspec.structs.replace(record, **more)
