"""What an article says and which rules want it, for people: coloured spans, meeting by meeting, line by line.

article, recognised, verdicts --> the text in colours | each meeting | its rules, wanted or why not | what was refused
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rich.console import Console
from rich.text import Text

from jarshy.cli.shown import cut
from streams.pipeline import Recognised
from streams.rules.judge import BlockVerdict, RuleVerdict
from streams.rules.lines import Verdict
from wire.records import Actor, Article, EventDate, Fact, Meeting, Reason

LANGUAGES: Final = {"kk": "Kazakh", "pl": "Polish", "ar": "Arabic"}
COLOURS: Final = {
    "kazakhstan": "bold cyan",
    "counterpart": "bold yellow",
    "form": "bold green",
    "status": "bold magenta",
    "place": "bold blue",
    "date": "bold bright_red",
}
WHOLE: Final = "underline"  # the sentences that tell of a meeting
NO: Final = "red"
YES: Final = "green"
INDENT: Final = "   "


class Judged(NamedTuple):
    """A meeting, and how each rule takes it."""

    meeting: Meeting
    verdicts: tuple[RuleVerdict, ...]


def show(to: Console, article: Article, read: Recognised, judged: Sequence[Judged], *, in_full: bool) -> None:
    """Show all of it; `in_full`: every line of every rule, else the first that fails."""
    to.print(_head(article, read))
    to.print()
    to.print(coloured(article.body, read.recognition.meetings, read.recognition.refused), soft_wrap=True)
    to.print()
    if judged:
        to.print(_legend())
    for number, each in enumerate(judged, 1):
        to.print()
        _show_meeting(to, article.body, number, each, in_full=in_full)
    _show_refused(to, article.body, read.recognition.refused, none=not judged)


def coloured(body: str, meetings: Iterable[Meeting], refused: Iterable[Reason]) -> Text:
    """Return the text with its evidence in colours, and what was refused struck with red."""
    text = Text(body)
    for reason in refused:
        if reason.end:
            text.stylize(NO, reason.start or 0, reason.end)
    for meeting in meetings:
        for each in sorted(meeting.evidence, key=lambda proof: proof.about in COLOURS):
            text.stylize(COLOURS.get(each.about, WHOLE), each.start, each.end)
    before = len(body) - len(body.lstrip())
    return text[before:]


def _head(article: Article, read: Recognised) -> Text:
    language = LANGUAGES.get(read.language, "another language")
    day = f"{article.published:%Y-%m-%d}" if article.published else "an unknown day (--at says it)"
    credits = f", credits {read.recognition.credits}" if read.recognition.credits else ""
    return Text(f"{language}, read as of {day}{credits}", "dim")


def _legend() -> Text:
    return Text("  ").join([Text(about, style) for about, style in COLOURS.items()] + [Text("tells of it", WHOLE)])


def _show_meeting(to: Console, body: str, number: int, each: Judged, *, in_full: bool) -> None:
    meeting = each.meeting
    to.print(
        Text(f"{number}  Kazakhstan – {meeting.partner.names.en}", "bold"),
        Text(f"sure {meeting.confidence:.2f}", "dim"),
    )
    for line in _lines(meeting):
        to.print(Text.assemble(INDENT, line), soft_wrap=True)
    for reason in meeting.reasons:
        to.print(Text(f"{INDENT}because     {_said(reason, body)}", "dim"), soft_wrap=True)
    for verdict in sorted(each.verdicts, key=lambda verdict: not verdict.wanted):
        for line in _rule(verdict, in_full=in_full):
            to.print(Text.assemble(INDENT, line), soft_wrap=True)


def _lines(meeting: Meeting) -> Iterator[Text]:
    """Yield a meeting's lines, each with the words that show it."""
    detail = f", {meeting.status_detail.value}" if meeting.status_detail else ""
    place = meeting.place
    where = (place.names.en if place.names else place.city or place.country) if place else "not given"
    yield _line("kazakhstan", _actor(meeting.kz), meeting)
    yield _line("counterpart", _actor(meeting.counterpart), meeting)
    yield _line("form", meeting.form.value, meeting)
    yield _line("status", meeting.status.value + detail, meeting)
    yield _line("place", where or "not given", meeting)
    yield _line("date", _day(meeting.date, meeting.date_unknown), meeting)
    if meeting.new_date:
        yield _line("new date", _day(meeting.new_date, None), meeting)
    for fact in meeting.facts:
        yield _line("fact", _fact(fact), meeting, [proof.quote for proof in fact.evidence])


def _line(about: str, said: str, meeting: Meeting, quotes: Sequence[str] | None = None) -> Text:
    if quotes is None:
        quotes = list(dict.fromkeys(proof.quote for proof in meeting.evidence if proof.about == about))
    proof = " ".join(f"“{cut(quote, 60)}”" for quote in quotes[:3])
    return Text.assemble((f"{about:<11} ", COLOURS.get(about, "")), said, (f"  {proof}" if proof else "", "dim"))


def _actor(actor: Actor) -> str:
    who = f"{actor.names.en}, " if actor.names else ""
    return f"{who}{actor.office_names.en} ({actor.office}, {actor.resolution.value})"


def _day(date: EventDate | None, unknown: Reason | None) -> str:
    if date is None:
        return f"unknown: {unknown.text}" if unknown else "unknown"
    days = f"{date.start}" if date.start == date.end else f"{date.start} to {date.end}"
    return f"{days} ({date.reason.text})"


def _fact(fact: Fact) -> str:
    by = f", says {fact.said_by}" if fact.said_by else ""
    return f"{fact.kind.value} {fact.names.en} ({fact.state.value}{by})"


def _rule(verdict: RuleVerdict, *, in_full: bool) -> Iterator[Text]:
    """Yield how a rule takes a meeting: every line, or the first that fails."""
    no = (f"  {verdict.why_not.text}", NO) if verdict.why_not else ""
    yield Text.assemble(_mark(verdict.wanted), (verdict.rule.id, "bold"), f"  {verdict.rule.title}", no)
    if in_full:
        yield from _blocks("when", verdict.when)
        yield from _blocks("not", verdict.unless)
    elif verdict.wanted:
        held = next(block for block in verdict.when if block.held)
        yield from (Text.assemble("    ", line) for line in _verdicts(held.lines))


def _blocks(name: str, blocks: Sequence[BlockVerdict]) -> Iterator[Text]:
    for number, block in enumerate(blocks, 1):
        which = f"{name} {number}" if len(blocks) > 1 else name
        yield Text(f"    {which}: {'holds' if block.held else 'does not hold'}", "dim")
        yield from (Text.assemble("      ", line) for line in _verdicts(block.lines))


def _verdicts(lines: Iterable[Verdict]) -> Iterator[Text]:
    for line in lines:
        said = "; ".join(reason.text for reason in line.reasons)
        yield Text.assemble(_mark(line.held), (said, "" if line.held else NO))


def _mark(held: bool) -> tuple[str, str]:
    return ("✔ ", YES) if held else ("✘ ", NO)


def _show_refused(to: Console, body: str, refused: Sequence[Reason], *, none: bool) -> None:
    if none:
        to.print(Text("No bilateral meeting of Kazakhstan is its news.", "bold"))
    elif refused:
        to.print()
        to.print(Text("What is no meeting in it", "bold"))
    for reason in refused:
        to.print(Text.assemble(INDENT, (f"{reason.code:<16} ", NO), _said(reason, body)), soft_wrap=True)


def _said(reason: Reason, body: str) -> str:
    """Return a reason's text, with the words that show it where it does not say them."""
    quote = cut(body[reason.start or 0 : reason.end], 60) if reason.end else ""
    return f"{reason.text} “{quote}”" if quote and quote not in reason.text else reason.text
