"""What came of a meeting: documents, invitations, figures of money; each with its state and its words.

lines --document + signing verb | invitation verb | number + unit + currency--> facts
"""

import re
from collections.abc import Iterator
from typing import Final

from streams.lexicon import Mention
from streams.meetings import calendar, status
from streams.meetings.dates import years
from streams.meetings.reading import Line, Reading
from wire.records import Fact, FactKind, FactState, Names, Status

NEAR: Final = 14
MONEY_REACH: Final = 3
NUMBER: Final = re.compile(r"^\d{1,3}(?:[ \u00a0]?\d{3})*(?:[.,٫]\d+)?$|^\d+(?:[.,٫]\d+)?$")
MOST: Final = 24


def facts(reading: Reading, partner: str, state: Status) -> tuple[Fact, ...]:
    """Return the facts of an article, each value once, done before background."""
    found: dict[tuple[FactKind, str], Fact] = {}
    for line in reading.lines:
        for fact in (*_documents(reading, line, state), *_invitations(reading, line), *_figures(reading, line)):
            found.setdefault((fact.kind, fact.value), fact)
    return tuple(list(found.values())[:MOST])


def _documents(reading: Reading, line: Line, state: Status) -> Iterator[Fact]:
    verbs = line.signs("sign", "adopt")
    for document in line.of("document"):
        acts = [
            v for v in verbs if abs(v.first - document.last) <= NEAR and (v.id == "sign" or _adopted(reading, document))
        ]
        if not acts:
            continue
        act = min(acts, key=lambda v: abs(v.first - document.last))
        ahead = state is not Status.HELD or status.looks_ahead(reading, line, act)
        yield Fact(
            kind=FactKind.DOCUMENT,
            state=_document_state(line, act, ahead),
            value=f"document:{document.id}",
            names=reading.lexicon.document_names[document.id],
            evidence=(reading.line_evidence(line, "document"),),
        )


def _document_state(line: Line, act: Mention, ahead: bool) -> FactState:
    """Return how far a document is; one signed "last year" is background."""
    if any(abs(sign.first - act.first) <= NEAR for sign in line.signs("recalled")):
        return FactState.BACKGROUND
    return FactState.TO_BE_DONE if ahead else FactState.DONE


def _adopted(reading: Reading, document: Mention) -> bool:
    return document.id in ("joint-statement", "declaration", "documents")


def _invitations(reading: Reading, line: Line) -> Iterator[Fact]:
    for sign in line.signs("invited"):
        if sign.note != "verb" and reading.language != "ar":
            continue
        word = reading.folded(sign.first)
        if reading.language == "kk" and word.startswith(("шақыруы", "шақыруын")):
            continue
        kinds = [m for m in line.of("invitation") if abs(m.first - sign.first) <= NEAR]
        if not kinds:
            continue
        kind = min(kinds, key=lambda m: ((m.id == "visit"), abs(m.first - sign.first)))
        names = reading.lexicon.invitation_names[kind.id]
        yield Fact(
            kind=FactKind.INVITATION,
            state=FactState.PROPOSED,
            value=f"invitation:{kind.id}" + _month(reading, line),
            names=names,
            evidence=(reading.line_evidence(line, "invitation"),),
        )
        return


def _month(reading: Reading, line: Line) -> str:
    """Return the month for which one is invited, as part of the value."""
    for at in range(line.first, line.end):
        found = calendar.month(reading.language, reading.folded(at), reading.folded(at + 1))
        if found and not reading.folded(at - 1).isdigit() and len(reading.folded(at)) > 3:
            return f":{found:02d}"
    return ""


def _figures(reading: Reading, line: Line) -> Iterator[Fact]:
    turnover = line.of("turnover")
    for currency in line.of("currency"):
        units = [u for u in line.of("unit") if 0 <= currency.first - u.last <= 1 or 0 < u.first - currency.last <= 1]
        times = int(units[0].id) if units else 1
        at = (units[0].first if units else currency.first) - 1
        number = _number(reading, at, line)
        if number is None or not units:
            continue
        about = "trade" if any(abs(t.first - at) <= 25 for t in turnover) else "money"
        period = _period(reading, line)
        value = f"{about}:{number * times:.4g}:{currency.id}" + (f":{period}" if period else "")
        past = bool(line.signs("recalled")) or about == "trade"
        yield Fact(
            kind=FactKind.FIGURE,
            state=FactState.BACKGROUND if past else FactState.DONE,
            value=value,
            names=_money_names(number, times, currency.id, about, period),
            evidence=(reading.line_evidence(line, "figure"),),
        )


def _number(reading: Reading, at: int, line: Line) -> float | None:
    for back in range(MONEY_REACH):
        if at - back < line.first:
            return None
        word = reading.surface(at - back)
        if NUMBER.match(word):
            plain = word.replace("\u00a0", "").replace(" ", "").replace(",", ".").replace("٫", ".")
            return float(plain)
    return None


def _period(reading: Reading, line: Line) -> str:
    """Return the year that a figure is of."""
    said = [year for _, year in years(reading, line)]
    if said:
        return str(min(said))
    if line.signs("recalled") and reading.published:
        return str(reading.published.year - 1)
    return ""


SCALE: Final = {
    10**9: ("bn", "млрд", "mld", "مليار"), 10**6: ("m", "млн", "mln", "مليون"), 10**12: ("tn", "трлн",
    "bln", "تريليون"), 1: ("", "", "", ""),
}  # fmt: skip
ABOUT: Final = {
    "trade": ("trade turnover", "тауар айналымы", "obroty handlowe", "التبادل التجاري"), "money": ("sum",
    "сома", "kwota", "مبلغ"),
}  # fmt: skip


def _money_names(number: float, times: int, currency: str, about: str, period: str) -> Names:
    scale, what, of = SCALE[times], ABOUT[about], f" ({period})" if period else ""
    said = [f"{what[i]}: {number:g} {scale[i]} {currency}{of}" for i in range(4)]
    return Names(en=said[0], kk=said[1], pl=said[2], ar=said[3])
