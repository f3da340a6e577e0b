"""What an editor reads: who first, in the desk's words; right-to-left safe; cut by meaning; no feed can break in."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.answers import Anchor
from alerts.citing import unclosed
from alerts.frames import FRAMES
from alerts.lines import ReceiverLines
from alerts.markup import Block, Piece, as_html, as_text, clean, fit, isolate, safe_link, shorten, units
from alerts.message import alert_blocks, notice_blocks
from alerts.mrkdwn import as_mrkdwn
from alerts.naming import flag, short_id
from alerts.outbox_turns import Due, Part
from alerts.telling import Telling
from alerts.writing import write
from jarshy.chat.markup import slack_text, telegram_html
from tests.alerts import samples
from tests.alerts.samples import CANCELLED, EVENT, GAS, HELD, NOW, POLISH, SENTENCE, alert, claim, fact, quoted, source
from wire.records import (
    Alert,
    AlertKind,
    Dispute,
    EventDate,
    FactKind,
    FactState,
    Names,
    NoticeState,
    Priority,
    Reason,
    RuleHit,
    Status,
    StatusChange,
    StatusDetail,
    Times,
    encode,
)

FRAME_NAMES = sorted(FRAMES)


def told(record: Alert, frame: str = "en", kind: AlertKind = AlertKind.FIRST, fresh: tuple[Any, ...] = ()) -> str:
    """Return the message as plain text."""
    telling = Telling(kind, frozenset(each.id for each in fresh), FRAMES[frame], ZoneInfo("Asia/Almaty"), NOW)
    return as_text(alert_blocks(record, telling), FRAMES[frame].direction).replace("\u00a0", " ")


def as_sent(record: Alert, frame: str = "en", most: int = 4000) -> str:
    """Return the HTML that Telegram is given."""
    due = Due(1, "dlv", "r", "first", (Part("t", "first", (), encode(record)),), rings=True)
    lines = ReceiverLines(url="tgram://x", frame=frame, zone="Asia/Almaty")  # type: ignore[arg-type]
    return write(due, lines, style="html", most=most, now=NOW).body.replace("<br/>", "\n")


def as_slack(record: Alert) -> str:
    """Return the mrkdwn that Slack is given."""
    telling = Telling(AlertKind.FIRST, frozenset(), FRAMES["en"], ZoneInfo("Asia/Almaty"), NOW)
    return as_mrkdwn(alert_blocks(record, telling), "ltr")


def test_flags_and_names_come_first_then_what_where_and_when() -> None:
    lines = told(alert()).splitlines()
    assert lines[0] == "🇰🇿 Kassym-Jomart Tokayev (President) – 🇺🇿 Shavkat Mirziyoyev (President)"
    assert lines[1] == "❗ Kazakhstan – Uzbekistan: meeting, held"
    assert lines[2] == "📍 🇰🇿 Astana"
    assert lines[3] == "📅 Wednesday, 4 March (the day of publication)"
    assert len(lines) <= 12


def test_it_ends_with_a_short_id_and_where_the_seconds_went() -> None:
    last = told(alert()).splitlines()[-1]
    assert last == "⏱ #abcdef · published 14:29, 42 s ago · seen 12 s ago"
    unknown = alert(times=Times(seen=samples.SEEN, recognised=samples.SEEN, told=samples.SEEN))
    assert "time of publication unknown · seen 12 s ago" in told(unknown)


def test_the_evidence_is_quoted_with_its_words_marked() -> None:
    assert f"> {SENTENCE}" in told(alert()).splitlines()
    html = as_sent(alert())
    seen = telegram_html(html)
    assert SENTENCE in seen.text
    assert {"Астанада", "келіссөз жүргізді"} <= set(seen.strong)


def test_an_office_holder_nobody_knows_is_called_by_the_office() -> None:
    record = alert(counterpart=samples.actor("UZ", None))
    assert told(record).splitlines()[0].endswith("– 🇺🇿 President")


def test_a_status_change_says_was_is_and_who_says_so() -> None:
    record = alert(
        status=Status.CANCELLED,
        status_detail=StatusDetail.POSTPONED,
        status_history=(
            StatusChange(status=Status.PLANNED, at=samples.SEEN, source="art-1"),
            StatusChange(status=Status.CANCELLED, at=samples.SEEN, source="art-2"),
        ),
        sources=(source(), source("art-2", "pl", outlet="Kurier")),
        new_date=EventDate(start=date(2026, 4, 1), end=date(2026, 4, 2), reason=Reason(code="explicit", text="")),
        claims=(EVENT, CANCELLED),
    )
    said = told(record, kind=AlertKind.STATUS_CHANGE, fresh=(CANCELLED,))
    assert said.splitlines()[1] == "🔁 ❗ Kazakhstan – Uzbekistan: meeting, planned → postponed · says Kurier"
    assert "📅 New date: 1–2 April" in said
    assert "🔁" not in told(record)
    assert "في مرحلة التخطيط ← تم التأجيل" in told(record, "ar", AlertKind.STATUS_CHANGE)


FACTS = (
    fact("topic:gas", "gas supplies", FactKind.TOPIC, FactState.DONE),
    fact("topic:gas", "gas in 2020", FactKind.TOPIC, FactState.BACKGROUND),
    fact("document:treaty", "a treaty", FactKind.DOCUMENT, FactState.DONE),
    fact("invitation:visit", "a visit", FactKind.INVITATION, FactState.PROPOSED),
)


def test_facts_stand_by_state_and_an_update_tells_the_new_ones_alone() -> None:
    record = alert(facts=FACTS, claims=(EVENT, HELD, GAS))
    said = told(record)
    assert "🗂 Topics: gas supplies\n✔ Done: a treaty (says 🇰🇿)\n" in said
    assert said.index("Done:") < said.index("Proposed:") < said.index("Background:")
    update = told(record, kind=AlertKind.UPDATE, fresh=(GAS,)).splitlines()
    assert update[:4] == [
        "🇰🇿 Kassym-Jomart Tokayev – 🇺🇿 Shavkat Mirziyoyev",
        "➕ Update",
        "🗂 Topics: gas supplies",
        "meeting, held · Astana · Wednesday, 4 March",
    ]
    assert not any("treaty" in line or "Rules" in line for line in update)
    assert len(update) < len(told(record).splitlines())


def test_many_facts_stand_below_each_other() -> None:
    record = alert(facts=tuple(fact(f"f:{i}", "x" * 40, FactKind.FIGURE, FactState.DONE) for i in range(10)))
    said = told(record).splitlines()
    assert said[said.index("✔ Done:") + 1].startswith("• xxx")
    assert "• +2" in said


def test_a_message_that_replaces_the_first_says_everything_and_marks_what_is_new() -> None:
    treaty = claim("fact", "document document:treaty done", rings=False)
    record = alert(facts=FACTS, claims=(EVENT, HELD, treaty))
    due = Due(1, "dlv", "r", "update", (Part("t", "update", (treaty.id,), encode(record)),), rings=False)
    lines = ReceiverLines(url="tgram://x", frame="en", edits=True)
    added = write(due, lines, style="text", most=4000, now=NOW).body
    assert "Topics" not in added
    edited = write(due._replace(anchor=Anchor(own="7")), lines, style="text", most=4000, now=NOW).body
    assert "✔ Done: new a treaty (says 🇰🇿)" in edited
    assert "📍 🇰🇿 Astana" in edited


def test_an_update_leads_with_who_confirms_and_in_which_language() -> None:
    both, polish = claim("confirmation", "KZ UZ", rings=False), POLISH
    record = alert(claims=(EVENT, both, polish))
    said = told(record, kind=AlertKind.UPDATE, fresh=(both, polish))
    assert said.splitlines()[1] == "➕ Update: both sides report it · also in Polish"


def test_a_new_date_of_an_update_says_how_it_is_known() -> None:
    day = claim("date", "2026-03-04", rings=False)
    said = told(alert(claims=(EVENT, day)), kind=AlertKind.UPDATE, fresh=(day,))
    assert "📅 Wednesday, 4 March (the day of publication)" in said


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("correction", "date 2026-03-05", "no longer said: date (5 March 2026)"),
        ("correction", "date 2026-03-05/2026-03-06", "no longer said: date (5 March 2026 – 6 March 2026)"),
        ("correction", "status planned", "no longer said: status (planned)"),
        ("correction", "place KZ/almaty", "no longer said: place (🇰🇿 Almaty)"),
        ("correction", "event head-of-state/head-of-state in-person", "no longer said: who met whom"),
        ("correction", "withdrawn", "told again after it was withdrawn"),
        ("correction", "date of-a-later-version", "no longer said: date"),
        ("withdrawn", "withdrawn", "withdrawn: no article says so any more"),
    ],
)
def test_a_correction_says_what_no_longer_stands(kind: str, value: str, said: str) -> None:
    fallen = claim(kind, value)
    lines = told(alert(claims=(EVENT, fallen)), kind=AlertKind.CORRECTION, fresh=(fallen,)).splitlines()
    assert lines[1] == f"✏️ Correction: {said}"
    assert lines[2] == "❗ Kazakhstan – Uzbekistan: meeting, held"


def test_a_plan_called_off_has_nothing_ahead_any_more() -> None:
    ahead = fact("document:deal", "a deal", FactKind.DOCUMENT, FactState.TO_BE_DONE)
    assert "a deal" in told(alert(status=Status.PLANNED, facts=(ahead,)))
    assert "a deal" not in told(alert(status=Status.CANCELLED, facts=(ahead,)))


def test_what_decided_is_quoted_first_and_no_sentence_twice() -> None:
    off = "Мирзиёевтің сапары болмайтын болды, деп хабарлады Ташкент бүгін."
    proof = quoted(off, "document", "art-2", sentence=off)
    twice = tuple(
        msgspec.structs.replace(fact(f"f:{i}", f"f{i}", FactKind.DOCUMENT, FactState.DONE), evidence=(proof,))
        for i in range(2)
    )
    history = (
        StatusChange(status=Status.PLANNED, at=samples.SEEN, source="art-1"),
        StatusChange(status=Status.HELD, at=samples.SEEN, source="art-2"),
    )
    record = alert(
        sources=(source(), source("art-2", outlet="Kurier")),
        evidence=(*alert().evidence, quoted(off, "form", "art-2", sentence=off)),
        status_history=history,
        facts=twice,
    )
    said = [line for line in told(record).splitlines() if line.startswith("> ")]
    assert said[0] == f"> {off}"
    assert said[1].startswith("> — Kurier https://")
    assert len(said) == 2


def test_one_source_signs_its_quote_and_stands_nowhere_else() -> None:
    said = told(alert())
    assert said.count("Outlet art-1") == 1
    assert "Sources" not in said


def test_sources_stand_by_language_with_links_each_outlet_once_and_origins_are_counted() -> None:
    xinhua = Names(en="Xinhua", kk="Синьхуа", pl="Xinhua", ar="شينخوا")
    record = alert(
        sources=(
            source("art-3", "ar", outlet="صحيفة", credits="xinhua", credits_names=xinhua),
            source(outlet="Бір"), source("art-4", outlet="Бір"), source("art-2", outlet="Екі"),
        ),
        origins=2,
    )  # fmt: skip
    said = told(record)
    assert "📰 Sources: 4, independent: 2" in said
    assert "Kazakh: Бір https://news.example/art-4?a=1&b=2 ×2 · Екі" in said
    assert "(Xinhua)" in said
    assert "(Синьхуа)" in told(record, "kk")
    assert "xinhua" not in told(record, "ar")
    many = told(alert(sources=tuple(source(f"art-{i}") for i in range(30)), more_sources=5))
    assert "Sources: 35" in many
    assert " +25" in many


def test_an_unknown_date_says_why_where_the_reason_is_in_the_frame_s_language() -> None:
    record = alert(date=None, date_unknown=Reason(code="odd", text="no day in the text"))
    assert "date not known (no day in the text)" in told(record)
    assert "data nieznana\n" in told(record, "pl")
    known = alert(date=None, date_unknown=Reason(code="not-told", text="the day is not told"))
    assert "data nieznana (nie podano)" in told(known, "pl")


@pytest.mark.parametrize("frame", FRAME_NAMES)
def test_every_frame_tells_the_whole_alert(frame: str) -> None:
    said = told(alert(), frame)
    for part in (getattr(samples.TOKAYEV, frame), getattr(samples.UZ.names, frame), FRAMES[frame].forms[alert().form]):
        assert part in said
    assert "None" not in said
    assert "{" not in said


def test_every_line_of_an_arabic_message_runs_from_the_right_and_foreign_names_are_isolated() -> None:
    said = told(alert(sources=(source(outlet="Kurier"),)), "ar")
    for line in said.splitlines():
        assert not line or line.startswith(("\u200f", "> "))
    assert "\u2068Kurier\u2069" in said
    assert "\u2068#abcdef\u2069" in said
    mixed = told(alert(sources=(source(outlet="Kurier", credits="واس"),)), "ar")
    assert "\u2068Kurier\u2069 (واس)" in mixed
    assert "\u2068صحيفة\u2069" in told(alert(sources=(source(outlet="صحيفة"),)))
    assert "\u2068" not in told(alert())


def test_a_feed_turns_no_direction_and_closes_no_isolate() -> None:
    assert clean("a\u202eb\u2069c\u200fd\u2066") == "abcd"
    assert isolate(clean("\u2069عنوان\u202e"), "ltr") == "\u2068عنوان\u2069"


def test_a_feed_calls_nobody_and_brings_no_markup() -> None:
    evil = '</b><a href="https://evil">x</a> @everyone @here <!channel> <b> &lt; \x00\x1b[31m\u2028'
    names = Names(en=evil, kk=evil, pl=evil, ar=evil)
    record = alert(
        sources=(source(outlet=evil, url='https://ok.example/"><b>'),),
        rules=(RuleHit(rule="r", title=evil, priority=Priority.FLASH, desks=()),),
        counterpart=samples.actor("UZ", names),
        evidence=(quoted(evil, sentence=evil),),
        facts=(fact("x", evil, FactKind.DOCUMENT, FactState.DONE),),
    )
    seen = telegram_html(as_sent(record))
    assert seen.mentions == ()
    assert seen.links == ()
    assert '<a href="https://evil">' in seen.text
    assert "<" not in as_slack(record)  # neither a call nor a link
    assert slack_text(as_slack(record)).mentions == ()
    assert "@\u2060here" in told(record)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a.kz/\nb", "ftp://a.kz/x", None, "https://" + "a" * 2000]
)
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert safe_link(url) is None
    assert safe_link("https://a.kz/?q=ә&b=%20") == "https://a.kz/?q=ә&b=%20"


def test_slack_gets_names_in_bold_and_outlets_linked() -> None:
    record = alert(sources=(source(outlet="A*B_C [x]|<y>", url="https://a.example/?b=1&c=2"),))
    seen = slack_text(as_slack(record))
    assert seen.strong[:3] == ("Kassym-Jomart Tokayev", "Shavkat Mirziyoyev", "held")
    assert seen.links == ("https://a.example/?b=1&c=2",)
    assert "— A∗BˍC [x]|<y>" in seen.text


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ((Piece("a "), Piece("b", bold=True), Piece(", c")), "a *b*, c"),
        ((Piece("و"), Piece("زيارة", bold=True)), "وزيارة"),  # Slack would show the stars
        ((Piece("b ", bold=True), Piece("c")), "b c"),
        ((Piece("", bold=True), Piece("c")), "c"),
    ],
)
def test_slack_gets_stars_only_where_it_takes_them_for_bold(line: tuple[Piece, ...], shown: str) -> None:
    assert as_mrkdwn((Block((line,)),), "ltr") == shown


@pytest.mark.parametrize(
    ("cut", "marks"),
    [
        ("powiedział: „tak, ale…", "”"),
        ("er sagte „nein“ und (vielleicht", ")"),
        ('وعزت القرار إلى "الظرف السياسي', '"'),
        ('он «айтты: "жоқ', '"»'),
        ('a "b" c', ""),
        ('5" pipe', ""),
        ("said “yes” twice", ""),
    ],
)
def test_a_quote_that_was_cut_is_closed(cut: str, marks: str) -> None:
    assert unclosed(cut) == marks
    assert unclosed(cut + marks) == ""


def test_cities_on_which_sources_differ_are_called_by_name() -> None:
    almaty = Names(en="Almaty", kk="Алматы", pl="Ałmaty", ar="ألماتي")
    values, told_by = ("KZ/astana", "KZ/almaty", "UZ/samarkand"), (("a",), ("b",), ("c",))
    differ = Dispute(what="place", values=values, sources=told_by, names=(alert().place.names, almaty, None))
    shown = (("kk", "Астана / Алматы / 🇺🇿"), ("pl", "Astana / Ałmaty / 🇺🇿"), ("en", "Almaty / 🇺🇿 Samarkand"))
    for frame, said in shown:
        assert said in told(alert(disputes=(differ,)), frame)


def test_what_was_called_off_had_been_planned_for_its_day() -> None:
    off = alert(status=Status.CANCELLED, status_detail=StatusDetail.POSTPONED)
    assert "📅 had been planned for: Wednesday, 4 March" in told(off)
    assert "📅 New date: not told" in told(off)
    known = EventDate(start=date(2026, 3, 9), end=date(2026, 3, 9), reason=Reason(code="explicit", text="told"))
    assert "📅 New date: Monday, 9 March" in told(samples.changed(off, new_date=known))
    assert "not told" not in told(alert(status=Status.CANCELLED))


def test_notices_say_what_is_the_matter() -> None:
    said = as_text(notice_blocks(samples.notice(), FRAMES["en"]), "ltr")
    assert said.splitlines()[0] == "🔧 For operators: collectors: feed:akorda – trouble"
    assert "nothing came for three hours" in said
    assert "• last answer 503" in said
    over = as_text(notice_blocks(samples.notice(NoticeState.RESOLVED), FRAMES["ar"]), "rtl")
    assert "زال العطل" in over


def test_flags_and_short_ids() -> None:
    assert [flag(code) for code in ("KZ", "EU", "", "K1", "ҚЗ")] == ["🇰🇿", "🇪🇺", "🏳", "🏳", "🏳"]
    assert short_id("sto-abcdefghijk") == "abcdef"
    assert short_id("x") == "x"


@given(st.text(max_size=80), st.integers(1, 60))
def test_shortened_text_is_short_and_a_beginning(text: str, most: int) -> None:
    short = shorten(text, most)
    assert units(short) <= most
    assert short == text or text.startswith(short.removesuffix("…"))


WORDS = st.text(st.characters(codec="utf-8"), max_size=400)


@st.composite
def alerts(draw: st.DrawFn) -> Alert:
    """Draw alerts whose every text may be anything."""
    words = draw(st.lists(WORDS, min_size=4, max_size=4))
    names = Names(en=words[0], kk=words[1], pl=words[2], ar=words[3])
    count = draw(st.integers(0, 40))
    quote = draw(WORDS.filter(lambda text: len(text) > 3))
    return alert(
        sources=tuple(
            source(f"art-{i}", draw(st.sampled_from(["kk", "pl", "ar", ""])), outlet=words[i % 4] * 5, title=words[0])
            for i in range(count + 1)
        ),
        facts=tuple(fact(f"f:{i}", words[i % 4], FactKind.FIGURE, FactState.PROPOSED) for i in range(count)),
        counterpart=samples.actor("UZ", draw(st.sampled_from([names, None]))),
        rules=tuple(RuleHit(rule=f"r{i}", title=words[i % 4], priority=Priority.FLASH, desks=()) for i in range(count)),
        evidence=(quoted(quote, sentence=quote), quoted(quote[1:3], sentence=quote)),
    )


TELLINGS = st.tuples(
    st.sampled_from(AlertKind), st.frozensets(st.sampled_from([EVENT.id, HELD.id])), st.booleans()
)  # kind, what is new, whether it replaces the first


@settings(max_examples=60, deadline=None)
@given(alerts(), st.sampled_from(FRAME_NAMES), st.sampled_from([4000, 600, 200]), TELLINGS)
def test_whatever_is_told_fits_parses_and_closes_its_isolates(
    record: Alert, frame: str, most: int, how: tuple[AlertKind, frozenset[str], bool]
) -> None:
    kind, fresh, replaces = how
    telling = Telling(kind, fresh, FRAMES[frame], ZoneInfo("UTC"), NOW, replaces)
    blocks, direction = alert_blocks(record, telling), FRAMES[frame].direction
    seen = telegram_html(as_html(fit(blocks, most, links=False), direction).replace("<br/>", "\n"))
    assert 0 < units(seen.text.replace("\n", "\r\n")) <= most + 96
    assert seen.mentions == ()
    text = as_text(fit(blocks, most, links=True), direction)
    assert units(text) <= most + 96
    slack = slack_text(as_mrkdwn(fit(blocks, most, links=True), direction))
    assert slack.mentions == ()
    assert "*" not in slack.text
    for line in (*seen.text.split("\n"), *text.split("\n"), *slack.text.split("\n")):
        assert line.count("\u2068") == line.count("\u2069")


def test_what_matters_most_stays_when_space_is_short() -> None:
    record = alert(
        sources=tuple(source(f"art-{i}", "kk", outlet="O" * 60) for i in range(8)),
        facts=tuple(fact(f"f:{i}", "x" * 200, FactKind.FIGURE, FactState.DONE) for i in range(12)),
    )
    telling = Telling(AlertKind.FIRST, frozenset(), FRAMES["en"], ZoneInfo("UTC"), NOW)
    short = as_html(fit(alert_blocks(record, telling), 700, links=False), "ltr")
    assert "Tokayev" in short
    assert "held" in short
    assert "#abcdef" in short
    assert "Central Asia" not in short
