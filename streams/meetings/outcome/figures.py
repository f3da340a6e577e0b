"""Figures of money and trade: number, unit, currency; what is counted, of which period, reached or aimed at.

line --number + unit + currency--> value `trade:1.82e+10:USD:2021` ; an aim ("to 30 billion by 2030") is not done
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from streams.lexicon import Mention
from streams.meetings.days import calendar
from streams.meetings.days.dates import years
from streams.meetings.days.numbers import number
from streams.meetings.outcome.speakers import said_by
from streams.meetings.reading import Line, Reading
from streams.meetings.wordlists import Told, words
from wire.records import Fact, FactKind, FactState, Names

TRADE_REACH: Final = 25
AIM_REACH: Final = 12
SIGNS: Final = {"$": "USD", "€": "EUR", "₸": "KZT", "¥": "CNY", "₽": "RUB"}
DUAL_AR: Final = {"مليارا": 1, "ملياري": 2, "مليوني": 2, "مليارين": 2, "مليونين": 2}
TRADE: Final = {
    "kk": Told(r"^(?:айырбас|тауарайналым|айналым|экспорт|импорт)\w*"),
    "pl": Told(r"^(?:eksport|import|obrot|handl)\w*"),
    "ar": Told(r"^(?:ال|ب|ل|و)*(?:صادرات|واردات|تبادل|تجارة)\w*"),
}
INVESTMENT: Final = {
    "kk": Told(r"^(?:инвестици|қаржы|сал(?:ды|ған|у))\w*"),
    "pl": Told(r"^(?:inwest|zainwest)\w*"),
    "ar": Told(r"^(?:ال|ب|ل|و|ا)*(?:استثمار|استثمر)\w*"),
}
AIM: Final = {
    "kk": Told(r"^(?:мақсат|межеле|жоспар|міндет|арттыру|шығару|ұлғайту|көздеп|көздейді)\w*|^жеткізу(?:ді|ге)?$"),
    "pl": Told(r"^(?:(?:cel|celem|celu|cele|plan|planu|planem)$|planuj|zamierz|zwiększy[ćm]|zwiększeni|podnie[ść]"
                     r"|podwoi[ćm]|osiągnąć|doprowadzi[ćm])\w*"),
    "ar": Told(r"^[وف]?[بل]?(?:هدف|رفع|زيادة|بلوغ|خطة|تهدف|يهدف|نهدف|الوصول|مضاعفة|يطمح|تطمح|لرفع)\w*"),
}  # fmt: skip
LAST_YEAR: Final = {
    "kk": re.compile(r"былтыр(?:ғы)?|өткен жыл\w*"),
    "pl": re.compile(r"(?:ubiegł|zeszł|minion)\w+ rok\w*|rok temu"),
    "ar": re.compile(r"(?:العام|السنة) (?:الماضي|الماضية|المنصرم)"),
}
THIS_YEAR: Final = {
    "kk": re.compile(r"биыл(?:ғы)?"),
    "pl": re.compile(r"(?:tym|tego|bieżąc\w+) rok\w*"),
    "ar": re.compile(r"(?:هذا العام|العام (?:الجاري|الحالي))"),
}
OPENS_A_YEAR: Final = {  # the first words of both
    "kk": Told(r"^(?:былтыр|биыл|өткен$)"),
    "pl": Told(r"^(?:ubiegł|zeszł|minion|bieżąc|(?:rok|tym|tego)$)"),
    "ar": Told(r"^(?:العام|السنة|هذا)$"),
}
SINCE: Final = {"kk": words("бері бастап"), "pl": words("od"), "ar": words("منذ")}
MONTHS: Final = {
    "kk": Told(r"^ай(?:да|ында|дың|дағы)?$"),
    "pl": Told(r"^miesi\w+"),
    "ar": Told(r"^ال[اأ]شهر$"),
}
YEAR_WORDS: Final = {"kk": 2, "pl": 1, "ar": 2}  # tokens between a year and its "since"
COUNTED: Final = {
    "trade": Names(en="trade turnover", kk="тауар айналымы", pl="obroty handlowe", ar="التبادل التجاري"),
    "investment": Names(en="investment", kk="инвестиция", pl="inwestycje", ar="الاستثمار"),
    "money": Names(en="sum", kk="сома", pl="kwota", ar="مبلغ"),
}
SCALE: Final = {
    10**9: Names(en="bn", kk="млрд", pl="mld", ar="مليار"),
    10**6: Names(en="m", kk="млн", pl="mln", ar="مليون"),
    10**12: Names(en="tn", kk="трлн", pl="bln", ar="تريليون"),
}


class Sum(NamedTuple):
    """A sum of money; `at` is where its number stands."""

    number: float
    times: int
    currency: str
    at: int


def figures(reading: Reading, line: Line) -> Iterator[Fact]:
    """Yield the sums of money of a line, with what they count."""
    for each in _sums(reading, line):
        about = _about(reading, line, each.at)
        aimed = _aimed(reading, line, each.at)
        period = _period(reading, line, each.at)
        country, said = said_by(reading, line, each.at)
        value = f"{about}:{each.number * each.times:.4g}:{each.currency}"
        yield Fact(
            kind=FactKind.FIGURE,
            state=_state(line, about, aimed=aimed, over=_is_over(reading, period)),
            value=f"{value}:{period}" if period else value,
            names=_names(each, about, period),
            said_by=country,
            evidence=(reading.line_evidence(line, "figure"), *said),
        )


def _sums(reading: Reading, line: Line) -> Iterator[Sum]:
    """Yield numbers with a unit and a currency: 18,2 миллиард доллар, 2 mld zł, $3,5 млрд."""
    units = line.of("unit")
    currencies = line.of("currency") if units else []
    for unit in units:
        value, at = _number(reading, unit, line)
        if value is None:
            continue
        beside = [c for c in currencies if 0 < c.first - unit.last <= 1 or 0 < at - c.last <= 1]
        code = beside[0].id if beside else _sign(reading, at, unit)
        if code:
            yield Sum(value, int(unit.id), code, at)


def _sign(reading: Reading, at: int, unit: Mention) -> str:
    """Return the currency whose sign stands before the number or behind the unit."""
    around = reading.gap(at - 1, at)[-2:] + reading.gap(unit.last, unit.last + 1)[:2]
    return next((code for sign, code in SIGNS.items() if sign in around), "")


def _number(reading: Reading, unit: Mention, line: Line) -> tuple[float | None, int]:
    """Return the number before a unit, and where it begins; a unit may be its own: ملياري دولار."""
    found = number(reading, unit.first - 1, line.first) if unit.first > line.first else None
    if found:
        return found.value, found.first
    own = DUAL_AR.get(reading.folded(unit.first), 0) if reading.language == "ar" else 0
    half = reading.folded(unit.last + 1) == "ونصف"
    return (own + 0.5 * half, unit.first) if own else (None, unit.first)


def _about(reading: Reading, line: Line, at: int) -> str:
    """Return what a sum counts, by the nearest word that says so."""
    language = reading.language
    near = range(max(line.first, at - TRADE_REACH), min(line.end, at + TRADE_REACH))
    trade = [m.first for m in line.of("turnover")] + reading.told_in(near, TRADE[language])
    invested = reading.told_in(near, INVESTMENT[language])
    counted = [(abs(n - at), "trade") for n in trade if abs(n - at) <= TRADE_REACH]
    counted += [(abs(n - at), "investment") for n in invested]
    return min(counted, default=(0, "money"))[1]


def _aimed(reading: Reading, line: Line, at: int) -> bool:
    """Whether a sum is aimed at: raise trade to 30 billion."""
    near = range(max(line.first, at - AIM_REACH), min(line.end, at + AIM_REACH))
    return bool(reading.told_in(near, AIM[reading.language]))


def _period(reading: Reading, line: Line, at: int) -> str:
    """Return the period that a sum is of, by the words nearest to it: 2021, 2005/, 2025-01/2025-07; empty if none."""
    told = [*_years_said(reading, line), *_years_meant(reading, line)]
    year = min(told, key=lambda each: abs(each[0] - at), default=(0, ""))[1]
    months = _months(reading, line)
    if not months or "/" in year:
        return year
    year = year or (str(reading.published.year) if reading.published else "")
    return f"{year}-01/{year}-{months:02d}" if year else ""


def _years_said(reading: Reading, line: Line) -> Iterator[tuple[int, str]]:
    reach = YEAR_WORDS[reading.language]
    for at, year in years(reading, line):
        around = {reading.folded(at + n) for n in range(-reach, reach + 1)}
        yield at, f"{year}/" if around & SINCE[reading.language] else str(year)


def _years_meant(reading: Reading, line: Line) -> Iterator[tuple[int, str]]:
    """Yield last year and this year, where they stand."""
    day = reading.published
    for at in reading.told(line, OPENS_A_YEAR[reading.language]) if day else ():
        pair = f"{reading.folded(at)} {reading.folded(at + 1)}"
        if day and LAST_YEAR[reading.language].match(pair):
            yield at, str(day.year - 1)
        elif day and THIS_YEAR[reading.language].match(pair):
            yield at, str(day.year)


def _months(reading: Reading, line: Line) -> int:
    """Return of how many months from January on the line tells; 0 when it does not."""
    for at in reading.told(line, MONTHS[reading.language]):
        beside = reading.folded(at + 1).removeprefix("ال") if reading.language == "ar" else ""
        found = number(reading, at - 1, line.first)
        many = calendar.NUMBERS["ar"].get(beside, 0) if beside else int(found.value) if found else 0
        if 1 < many < 12:
            return many
    return 0


def _is_over(reading: Reading, period: str) -> bool:
    return period.isdigit() and (reading.published is None or int(period) < reading.published.year)


def _state(line: Line, about: str, *, aimed: bool, over: bool) -> FactState:
    """Return how far a sum is: trade was there before they met; what is aimed at is to be reached."""
    if line.signs("recalled") or over:
        return FactState.BACKGROUND
    if aimed:
        return FactState.TO_BE_DONE
    agreed = about != "trade" and (line.signs("sign", "adopt") or line.of("document"))
    return FactState.DONE if agreed else FactState.BACKGROUND


def _names(each: Sum, about: str, period: str) -> Names:
    counted, scale, of = COUNTED[about], SCALE[each.times], f" ({period})" if period else ""
    said = {
        language: f"{getattr(counted, language)}: {each.number:g} {getattr(scale, language)} {each.currency}{of}"
        for language in ("en", "kk", "pl", "ar")
    }
    return Names(**said)
