"""Days in the words of a language: `{on:+0}` and the day of the play -> `w środę`.

A play has no date of its own, so its articles name days by their distance from today.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple


class Words(NamedTuple):
    """How a language names days."""

    months: tuple[str, ...]
    """In a date: genitive in Polish."""
    weekdays: tuple[str, ...]
    on: tuple[str, ...]
    """`on Monday`."""
    months_in: tuple[str, ...] = ()
    """`in May`, where a date takes it (Kazakh)."""
    months_dual: tuple[str, ...] = ()
    """The Levant's name of the month, where papers print both (Arabic)."""


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_KK_DAYS = _each("дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі")
_AR_DAYS = _each("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد")

WORDS = {
    "kk": Words(
        months=_each("қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"),
        months_in=_each(
            "қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда қыркүйекте қазанда қарашада желтоқсанда"
        ),
        weekdays=_KK_DAYS,
        on=tuple(f"{day} күні" for day in _KK_DAYS),
    ),
    "pl": Words(
        months=_each(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
        ),
        weekdays=_each("poniedziałek wtorek środa czwartek piątek sobota niedziela"),
        on=("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę"),
    ),
    "ar": Words(
        months=_each("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        months_dual=tuple(
            month.replace("_", " ")
            for month in _each(
                "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول"
            )
        ),
        weekdays=_AR_DAYS,
        on=tuple(f"يوم {day}" for day in _AR_DAYS),
    ),
}

PLACEHOLDERS: dict[str, Callable[[Words, date], str]] = {
    "date": lambda words, day: f"{day.day} {words.months[day.month - 1]}",
    "date-in": lambda words, day: f"{day.day} {words.months_in[day.month - 1]}",
    "date-dual": lambda words, day: f"{day.day} {words.months_dual[day.month - 1]}/{words.months[day.month - 1]}",
    "weekday": lambda words, day: words.weekdays[day.weekday()],
    "on": lambda words, day: words.on[day.weekday()],
    "dm": lambda _, day: f"{day:%d.%m}",
}
"""What may stand in an article, before the colon; a capital first letter gives one."""

_PLACEHOLDER = re.compile(r"\{([A-Za-z-]+):([+-]\d+)\}")
_BRACES = re.compile(r"\{[^}]*\}?|\}")


def told(text: str, language: str, today: date) -> str:
    """Return the text with its days named, as seen from `today`."""
    words = WORDS[language]

    def name(found: re.Match[str]) -> str:
        render = PLACEHOLDERS.get(found[1].lower())
        if render is None:
            return found[0]
        named = render(words, today + timedelta(days=int(found[2])))
        return named[:1].upper() + named[1:] if found[1][0].isupper() else named

    return _PLACEHOLDER.sub(name, text)


def unknown(text: str) -> Iterator[str]:
    """Yield what stands in braces and nobody renders."""
    for found in _BRACES.finditer(text):
        placeholder = _PLACEHOLDER.fullmatch(found[0])
        if placeholder is None or placeholder[1].lower() not in PLACEHOLDERS:
            yield found[0]


def in_words(moment: datetime, language: str) -> str:
    """Return a moment as a newspaper prints it: `22 қараша 2026, 14:05:20`."""
    return f"{moment.day} {WORDS[language].months[moment.month - 1]} {moment.year}, {moment:%H:%M:%S}"
