"""Days by name: today, yesterday, on Tuesday, next Friday; counted from the publication.

a word and its neighbours --published day, looking back or ahead--> When, or why the day is unknown
"""

from datetime import timedelta
from typing import Final

from streams.meetings.days import calendar
from streams.meetings.days.moments import NAMES, WEEK, When
from streams.meetings.reading import Reading

ADJECTIVE: Final = 8  # letters from which a Polish weekday may be an adjective: wtorkowe spotkanie
ABLATIVE_KK: Final = ("нан", "нен", "дан", "ден", "тан", "тен")


def ago(reading: Reading, at: int, end: int) -> When | None:
    """Return the day so many days, weeks, months or years ago: past the first days only nearly."""
    day, language = reading.published, reading.language
    if day is None:
        return None
    first = at + 1 if language == "ar" else at
    if language == "ar" and reading.folded(at) != "قبل":
        return None
    if language == "kk" and reading.folded(at - 1).endswith(ABLATIVE_KK):  # жиыннан бір күн бұрын
        return None
    count = _number(reading, first)
    unit = calendar.SPANS[language].get(reading.folded(first + 1 if count else first), 0)
    last = first + 1 if count else first
    if not unit or last >= end or (language != "ar" and reading.folded(last + 1) not in ("бұрын", "temu")):
        return None
    if not count and (language != "ar" or reading.folded(last) in ("ايام", "سنوات", "اشهر", "شهور", "اسابيع", "اعوام")):
        return None  # years ago
    found = day - timedelta(days=(count or 1) * unit)
    return When(at, last if language == "ar" else last + 1, found, found, "ago")


IN_PL: Final = "za"  # za trzy dni
IN_AR: Final = "بعد"
IN_KK: Final = "кейін"  # үш күннен кейін


def hence(reading: Reading, at: int, end: int) -> When | None:
    """Return the day so many days ahead, in a line that looks ahead; weeks tell no day."""
    day, language = reading.published, reading.language
    if day is None or (language == "ar" and reading.folded(at) != IN_AR):
        return None
    if language == "pl" and reading.folded(at - 1) != IN_PL:
        return None
    first = at + 1 if language == "ar" else at
    count = _number(reading, first)
    last = first + 1 if count else first
    word = reading.folded(last)
    if language == "kk":
        if not word.endswith(ABLATIVE_KK) or reading.folded(last + 1) != IN_KK:
            return None
        word = word[:-3]
    unit = calendar.SPANS[language].get(word, 0)
    if unit != 1 or last >= end or not count:
        return None
    found = day + timedelta(days=count)
    return When(at, last + (language == "kk"), found, found, "hence")


def _number(reading: Reading, at: int) -> int:
    word = reading.folded(at)
    return int(word) if word.isdigit() and len(word) < 3 else calendar.NUMBERS[reading.language].get(word, 0)


BEFORE_PL: Final = frozenset({"w", "we", "po", "na", "od", "do", "przed", "dzień"}) | (  # a short weekday
    calendar.NEXT["pl"] | calendar.LAST["pl"]
)


def named(reading: Reading, at: int, end: int, ahead: bool) -> When | None:
    word, language, day = reading.folded(at), reading.language, reading.published
    if word in calendar.PHRASE_BEGINS[language] and (phrase := _phrase(reading, at, end)) is not None:
        return phrase
    shift = calendar.RELATIVE[language].get(word)
    if shift is None and language == "ar" and word.startswith("و"):
        shift = calendar.RELATIVE[language].get(word[1:])
    if shift is not None:
        return _shifted(reading, at, end, shift)
    stated = calendar.weekday(language, word)
    if stated < 0 or (language == "pl" and len(word) < ADJECTIVE and reading.folded(at - 1) not in BEFORE_PL):
        return None
    if language == "pl" and len(word) < ADJECTIVE and reading.folded(at - 1) in ("do", "od", "przed", "po"):
        return None
    if day is None:
        return When(at, at, None, None, "no-publication", f"{NAMES[stated]}, but the publication date is unknown")
    near = {reading.folded(at + step) for step in (-2, -1, 1, 2)}
    if near & calendar.NEXT[language]:
        ahead = True
    back = (day.weekday() - stated) % WEEK
    named_so = near & calendar.NEXT[language] if ahead else near & calendar.LAST[language]
    if back == 0 and named_so:  # w przyszłą środę, said on a Wednesday
        found = day + timedelta(days=WEEK if ahead else -WEEK)
    else:
        found = day + timedelta(days=(WEEK - back) % WEEK) if ahead else day - timedelta(days=back)
    return When(at, at, found, found, "weekday")


def _phrase(reading: Reading, at: int, end: int) -> When | None:
    """Return the day that several words name: أول من أمس."""
    for said, shift in calendar.PHRASES[reading.language].items():
        last = at + len(said) - 1
        if last < end and all(reading.folded(at + step) == word for step, word in enumerate(said)):
            return _shifted(reading, last, end, shift)._replace(first=at)
    return None


def _shifted(reading: Reading, at: int, end: int, shift: int) -> When:
    day = reading.published
    stated = -1
    stop = at
    for ahead in (1, 2):
        if at + ahead < end and (found := calendar.weekday(reading.language, reading.folded(at + ahead))) >= 0:
            stated, stop = found, at + ahead
            break
    if day is None:
        said = f" ({NAMES[stated]})" if stated >= 0 else ""
        return When(
            at, stop, None, None, "no-publication", f"{reading.surface(at)}{said}, but the publication date is unknown"
        )
    found_day = day + timedelta(days=shift)
    if stated >= 0 and found_day.weekday() != stated:
        return When(at, stop, None, None, "contradiction", f"{found_day} is no {NAMES[stated]}")
    return When(at, stop, found_day, found_day, "today" if shift == 0 else "relative")
