"""Messages that tell several stories: a line each, complete in every frame, within the limits, safe for feed text."""

from datetime import date
from string import Formatter
from typing import Any

import msgspec
import pytest

from alerts.agenda import AGENDA, Agenda, shortened
from alerts.choosing import MOST_STORIES
from alerts.frames import FRAMES
from alerts.gathered_words import WORDS, Words
from alerts.lines import ReceiverLines
from alerts.outbox_turns import Due, Part
from alerts.writing import write
from jarshy.chat.markup import Seen, slack_text, telegram_html, units
from tests.alerts.samples import GAS, HELD, NOW, POLISH, actor, alert, claim, fact, source
from wire.records import Alert, Claim, EventDate, Fact, FactKind, FactState, Names, Reason, Status, StatusDetail, encode

DONE = FactState.DONE
LONG = Names(en="W" * 300, kk="Ұ" * 300, pl="Ż" * 300, ar="ض" * 300)


def story(number: int, **more: Any) -> Alert:
    return alert(story=f"sto-{number:06}xyz", keys=(f"k{number}",), **more)


def digest(*stories: tuple[str, Alert], plain: bool = False, new: tuple[Claim, ...] = ()) -> Due:
    parts = tuple(Part(each.story, kind, tuple(claim.id for claim in new), encode(each)) for kind, each in stories)
    return Due(1, "dlv", "r", "first", parts, rings=True, plain=plain)


def agenda(*, planned: tuple[Alert, ...] = (), passed: tuple[Alert, ...] = ()) -> Due:
    raw = encode(Agenda(day=date(2026, 3, 4), planned=planned, passed=passed))
    return Due(1, "dlv", "r", AGENDA, (Part(AGENDA, AGENDA, (), raw),), rings=True)


def body(due: Due, frame: Any = "en", style: Any = "html", most: int = 4000) -> str:
    return write(due, ReceiverLines(url="json://x", frame=frame), style=style, most=most, now=NOW).body


def seen_in(due: Due, frame: str = "en") -> Seen:
    return telegram_html(body(due, frame).replace("<br/>", "\n"))


def shown(due: Due, frame: str = "en") -> str:
    return seen_in(due, frame).text


def on(day: int, **more: Any) -> dict[str, Any]:
    when = date(2026, 3, day)
    return {"date": EventDate(start=when, end=when, reason=Reason(code="explicit", text="said")), **more}


@pytest.mark.parametrize("frame", FRAMES)
def test_the_words_of_each_frame_are_complete_and_take_the_same_values(frame: str) -> None:
    for name in Words.__struct_fields__:
        here, english = getattr(WORDS[frame], name), getattr(WORDS["en"], name)
        assert here.strip()
        assert _values(here) == _values(english)
        assert frame == "en" or here != english


def _values(words: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(words)} - {None}


def test_a_digest_has_a_line_for_each_story_in_its_final_state() -> None:
    text = shown(
        digest(
            ("first", story(1)),
            ("status-change", story(2, status=Status.CANCELLED, status_detail=StatusDetail.POSTPONED)),
            ("update", story(3)),
        )
    )
    title, one, two, three = text.splitlines()
    assert title == "🗞 Gathered: 3 stories"
    assert one == (
        "🆕 🇰🇿 Kassym-Jomart Tokayev – 🇺🇿 Shavkat Mirziyoyev: meeting, held · Astana · 4 March 2026 · #000001"
    )
    assert two.startswith("🔁 ")
    assert two.endswith("meeting, postponed · Astana · had been planned for: 4 March 2026 · #000002 · status changed")
    assert three.endswith("#000003 · more on it")


def test_an_update_in_a_digest_says_what_is_new() -> None:
    told = story(1, claims=(HELD, GAS, POLISH), facts=(gas(), fact("topic:water", "water", FactKind.TOPIC, DONE)))
    lines = shown(digest(("update", told), ("first", story(2)), new=(GAS, POLISH))).splitlines()
    assert lines[1].endswith("#000001 · more on it")
    assert lines[2] == "• gas · also in Polish"
    assert lines[3].startswith("🆕 ")
    assert "• " not in shown(digest(("first", told), ("first", story(2)), new=(GAS, POLISH)))


@pytest.mark.parametrize("frame", FRAMES)
def test_of_a_full_digest_what_is_new_goes_before_a_story_does(frame: str) -> None:
    claims = tuple(claim("fact", f"topic topic:t{n} done") for n in range(9))
    facts = tuple(fact(f"topic:t{n}", "T" * 300, FactKind.TOPIC, DONE) for n in range(9))
    long = [("update", story(n, claims=claims, facts=facts)) for n in range(MOST_STORIES)]
    seen = telegram_html(body(digest(*long, new=claims), frame).replace("<br/>", "\n")).text
    assert units(seen) <= 4096
    assert seen.count("➕") == MOST_STORIES
    assert [f"#{n:06}" in seen for n in range(MOST_STORIES)] == [True] * MOST_STORIES


def gas() -> Fact:
    return fact("topic:gas", "gas", FactKind.TOPIC, DONE)


def test_each_story_links_to_what_was_read_last() -> None:
    each = story(1, sources=(source("art-1"), source("art-2"), source("art-3", url="javascript:x")))
    assert seen_in(digest(("first", each), ("first", story(2)))).links[0] == "https://news.example/art-2?a=1&b=2"


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("style", ["html", "text"])
def test_a_full_digest_fits_and_keeps_every_story(frame: str, style: str) -> None:
    long = [("first", story(n, counterpart=actor("UZ", LONG))) for n in range(MOST_STORIES)]
    text = body(digest(*long), frame, style, 4000 if style == "html" else 6000)
    seen = telegram_html(text.replace("<br/>", "\n")).text if style == "html" else slack_text(text).text
    assert units(seen) <= (4096 if style == "html" else 6000)
    assert seen.count("🆕") == MOST_STORIES


def test_a_second_try_is_plain_and_tells_every_story_too() -> None:
    text = body(digest(*[("first", story(n)) for n in range(5)], plain=True))
    assert "<" not in text
    assert "https://" not in text
    assert [f"#{n:06}" in text for n in range(5)] == [True] * 5


def test_an_agenda_goes_day_by_day_and_tells_what_never_came() -> None:
    ahead = {"status": Status.PLANNED}
    text = shown(
        agenda(
            planned=tuple(story(n, **on(day, **ahead)) for n, day in ((1, 5), (2, 5), (3, 7))),
            passed=(story(4, **on(3, **ahead)),),
        )
    )
    assert text.splitlines()[:5] == [
        "🗓 The next seven days, from 4 March 2026",
        "📅 5 March 2026",
        "• 🇰🇿 Kassym-Jomart Tokayev – 🇺🇿 Shavkat Mirziyoyev: meeting, planned · Astana · #000001",
        "• 🇰🇿 Kassym-Jomart Tokayev – 🇺🇿 Shavkat Mirziyoyev: meeting, planned · Astana · #000002",
        "📅 7 March 2026",
    ]
    assert "❔ The day has passed, and no report came:" in text
    assert text.splitlines()[-1].endswith("3 March 2026 · #000004")


def test_a_full_agenda_tells_the_soonest_and_how_many_more() -> None:
    planned = tuple(shortened(story(n, **on(5, status=Status.PLANNED))) for n in range(25))
    assert "and 5 more" in shown(agenda(planned=planned))


def test_feed_text_brings_no_markup_into_a_digest() -> None:
    evil = Names(en="</b><a href='https://evil'>@everyone <!channel>", kk="x", pl="x", ar="x")
    seen = seen_in(digest(("first", story(1, counterpart=actor("UZ", evil))), ("first", story(2))))
    assert "</b><a href='https://evil'>" in seen.text
    assert all("evil" not in link for link in seen.links)
    assert seen.mentions == ()


def test_an_agenda_keeps_no_more_than_its_lines_need() -> None:
    whole = story(1)
    assert len(encode(shortened(whole))) < len(encode(whole))
    assert shortened(whole).sources == whole.sources[-1:]
    assert msgspec.structs.replace(shortened(whole), evidence=whole.evidence) != whole
