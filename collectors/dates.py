"""A date as a feed writes it -> a moment in UTC and how far it can be trusted.

text -> folded (digits, letters) -> ISO | words in five languages | figures -> moment, Quality

feedparser reads no Kazakh, Polish or Arabic month and forgets whether a zone was given, hence this.
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from wire.records import Quality

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
TOLERANCE = timedelta(minutes=5)
"""Clocks differ: a publication this far ahead of us is believed."""

# Words of January to December, as regular expressions over folded text, one row for each language.
MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
        "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
    ),
    "kk": (
        r"қаң(?:тар)?\w*", r"ақп(?:ан)?\w*", r"нау(?:рыз)?\w*", r"сәу(?:ір)?\w*", r"мам(?:ыр)?\w*",
        r"мау(?:сым)?\w*", r"шіл(?:де)?\w*", r"там(?:ыз)?\w*", r"қыр(?:күйек)?\w*", r"қаз(?:ан)?\w*",
        r"қар(?:аша)?\w*", r"жел(?:тоқсан)?\w*",
    ),
    "pl": (
        "sty(?:cze[nń]|cznia)?", "lut(?:y|ego)?", "mar(?:zec|ca)?", "kwi(?:ecie[nń]|etnia)?", "maja?",
        "cze(?:rwiec|rwca)?", "lip(?:iec|ca)?", "sie(?:rpie[nń]|rpnia)?", "wrz(?:esie[nń]|e[sś]nia)?",
        "pa[zź](?:dziernika?)?", "lis(?:topada?)?", "gru(?:dzie[nń]|dnia)?",
    ),
    "ru": (
        "янв(?:ар[ья])?", "фев(?:р|рал[ья])?", "мар(?:та?)?", "апр(?:ел[ья])?", "ма[йя]", "июн[ья]?", "июл[ья]?",
        "авг(?:уста?)?", "сент?(?:ябр[ья])?", "окт(?:ябр[ья])?", "ноя(?:б|бр[ья])?", "дек(?:абр[ья])?",
    ),
    "ar": (
        "يناير|كانون الثاني|جانفي", "فبراير|شباط|فيفري", "مارس|اذار", "ابريل|نيسان|افريل", "مايو|ايار|ماي",
        "يونيو|يونيه|حزيران|جوان", "يوليو|يوليه|تموز|جويليه|يوليوز", "اغسطس|اب|اوت|غشت", "سبتمبر|ايلول|شتنبر",
        "اكتوبر|تشرين الاول", "نوفمبر|تشرين الثاني|نونبر", "ديسمبر|كانون الاول|دجنبر",
    ),
}  # fmt: skip

ZONE_HOURS = {
    "z": 0.0, "ut": 0.0, "utc": 0.0, "gmt": 0.0, "wet": 0.0, "west": 1.0, "cet": 1.0, "cest": 2.0, "eet": 2.0,
    "eest": 3.0, "msk": 3.0, "trt": 3.0, "gst": 4.0, "edt": -4.0, "est": -5.0, "cdt": -5.0, "cst": -6.0,
    "mdt": -6.0, "mst": -7.0, "pdt": -7.0, "pst": -8.0,
}  # fmt: skip

_FOLDS = str.maketrans("أإآٱىة", "ااااىه", "ـ\u200e\u200f،,")
_MONTH = re.compile(
    "|".join(
        rf"(?P<{language}{number}>\b(?:{words})\b)"
        for language, row in MONTHS.items()
        for number, words in enumerate(row, 1)
    )
)
_OFFSET = r"(?:utc|gmt)?\s*[+-]\d{1,2}(?::?\d{2})?"
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})[:](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    rf"\s*(?P<half>[ap]\.?m\.?(?!\w)|[صم](?!\w))?\s*(?P<zone>{_OFFSET}|[a-z]{{1,4}}\b)?"
)
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)(?:t|\s|$)?")
_BASIC = re.compile(r"^(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:t|$)")
_FIGURES = re.compile(r"(?<!\d)(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?!\d)")
_NUMBER = re.compile(r"(?<![\d:+-])\d{1,4}(?![\d:])")


class Moment(NamedTuple):
    """A point in time and how its feed gave it."""

    at: datetime | None
    quality: Quality


class _Day(NamedTuple):
    year: int
    month: int
    day: int


def read(text: str, zone: str) -> Moment | None:
    """Return the moment that `text` names; a missing zone is the feed's. None when it names none."""
    folded = _fold(text[:200])
    day = _iso(folded) or _words(folded) or _figures(folded)
    if day is None:
        return None
    try:
        return _moment(day, _TIME.search(folded), ZoneInfo(zone))
    except (ValueError, OverflowError):  # 31 February, 25:00, the year 0
        return None


def clamped(moment: Moment, seen: datetime) -> Moment:
    """Return `moment`, or the time seen where a clock talked nonsense."""
    if moment.at is None or EARLIEST <= moment.at <= seen + TOLERANCE:
        return moment
    return Moment(seen, Quality.CLAMPED)


def _fold(text: str) -> str:
    """Return lower case, ASCII digits, Arabic letters in one form."""
    kept = "".join(each for each in unicodedata.normalize("NFC", text) if not unicodedata.combining(each))
    digits = "".join(str(unicodedata.digit(each)) if each.isdigit() else each for each in kept)
    return re.sub(r"\s+", " ", digits.lower().translate(_FOLDS)).strip()


def _iso(text: str) -> _Day | None:
    found = _ISO.search(text) or _BASIC.search(text)
    return _Day(int(found["year"]), int(found["month"]), int(found["day"])) if found else None


def _figures(text: str) -> _Day | None:
    found = _FIGURES.search(text)
    return _Day(int(found["year"]), int(found["month"]), int(found["day"])) if found else None


def _words(text: str) -> _Day | None:
    """Read a day whose month is a word, wherever day and year stand around it."""
    found = _MONTH.search(text)
    if not found or not found.lastgroup:
        return None
    numbers = [number.group() for number in _NUMBER.finditer(_TIME.sub(" ", text))]
    years = [int(number) for number in numbers if len(number) == 4]
    small = [int(number) for number in numbers if len(number) <= 2]
    if not years and len(small) == 2:  # RFC 822: 22 Nov 26
        years = [2000 + small.pop()]
    if len(years) != 1 or len(small) != 1:
        return None
    return _Day(years[0], int(found.lastgroup[2:]), small[0])


def _moment(day: _Day, time: re.Match[str] | None, zone: tzinfo) -> Moment:
    if time is None:
        return Moment(datetime(*day, tzinfo=zone).astimezone(UTC), Quality.ASSUMED)
    said = _zone(time["zone"])
    hour = int(time["hour"])
    if half := time["half"]:
        hour = hour % 12 + (12 if half[0] in "pم" else 0)
    at = datetime(*day, hour, int(time["minute"]), min(int(time["second"] or 0), 59), tzinfo=said or zone)
    return Moment(at.astimezone(UTC), Quality.EXACT if said else Quality.ASSUMED)


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in ZONE_HOURS:
        return timezone(timedelta(hours=ZONE_HOURS[text]))
    found = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", text)
    if not found:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-offset if found[1] == "-" else offset)
