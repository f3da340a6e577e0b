"""Whether a line looks back on an earlier meeting: words of recall, past perfect, an old date or month.

line and trigger --> recalled or news
"""

from datetime import date
from typing import Final

from streams.lexicon import Mention
from streams.meetings import status, tenses
from streams.meetings.days import calendar
from streams.meetings.days import dates as days
from streams.meetings.days.moments import When
from streams.meetings.framing.frame import distance_tokens
from streams.meetings.reading import Line, Reading
from streams.meetings.wordlists import Told, words

RECALL_REACH: Final = 14
RECALL_BEHIND: Final = 5
FRESH: Final = 2  # days


def recalled(reading: Reading, line: Line, trigger: Mention) -> bool:  # noqa: PLR0911
    """Whether a line looks back on an earlier meeting."""
    if tenses.past_perfect(reading, line, trigger) and not _days_old(reading, line):
        return True
    if _so_many_times(reading, line, trigger):
        return True
    for sign in line.signs("recalled"):
        far = abs(sign.first - trigger.first) > RECALL_REACH
        if sign.first > trigger.first and reading.language != "pl":
            far = sign.first - trigger.last > RECALL_BEHIND or reading.folded(sign.first).lstrip("و").startswith("كان")
        if not far and not _about_trade(line, sign, trigger):
            return True
    day = reading.published
    if day is None:
        return False
    if _when_they_met(reading, line, trigger):
        return not any((day - w.day).days <= days.OLD for w in days.dates(reading, line) if w.day)
    marks = [w for w in days.dates(reading, line) if w.day is not None]
    fresh = [distance_tokens(w.first, trigger) for w in marks if w.day and (day - w.day).days <= days.OLD]
    if fresh and min(fresh) <= min(_distances_of_old(reading, line, trigger, marks, day), default=99):
        return False
    if another_month(reading, line, trigger):
        return True
    if any((day - (w.end or w.day)).days > days.OLD for w in marks if w.day and abs(w.first - trigger.first) < 25):
        return True
    return any(
        year < day.year and distance_tokens(at, trigger) <= 12 and not _money_near(line, at)
        for at, year in days.years(reading, line)
    )


TIMES: Final = {"kk": words("рет мәрте"), "pl": words("razy"), "ar": words("مرات مرتين")}
TIMES_REACH: Final = {"kk": 2, "pl": 4, "ar": 5}
NO_COUNT_KK: Final = words("алғаш тұңғыш соңғы бұл осы келесі тағы")
MORE: Final = words("więcej mniej wyższy wyższe większy większe szybciej częściej")


def _so_many_times(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether meetings are counted, not told: бірнеше рет жүздесті, spotkali się pięć razy, التقيا خمس مرات."""
    language, reach = reading.language, TIMES_REACH[reading.language]
    for at in range(max(line.first + 1, trigger.first - reach), min(line.end, trigger.last + reach + 1)):
        if reading.folded(at) not in TIMES[language]:
            continue
        before = reading.folded(at - 1)
        if language == "kk" and trigger.note != "verb" and at != trigger.first - 1:
            return False  # бірнеше рет жарияланған келіссөз
        if language == "kk":
            return before not in NO_COUNT_KK and not before.endswith(("ншы", "нші"))
        return language == "ar" or reading.folded(at + 1) not in MORE
    return False


def _days_old(reading: Reading, line: Line) -> bool:
    """Whether a line names a day of this week: кеше сөйлескен еді is news told in the past perfect."""
    day = reading.published
    named = [w for w in days.dates(reading, line) if w.day is not None and w.code in ("today", "relative", "explicit")]
    return day is not None and any(w.day and 0 <= (day - w.day).days <= FRESH for w in named)


def _distances_of_old(reading: Reading, line: Line, trigger: Mention, marks: list[When], day: date) -> list[int]:
    """Return how far from the trigger stand days and years that are past."""
    old = [w.first for w in marks if w.day and (day - (w.end or w.day)).days > days.OLD]
    old += [at for at, year in days.years(reading, line) if year < day.year and not _money_near(line, at)]
    return [distance_tokens(at, trigger) for at in old]


WHEN: Final = {"pl": words("gdy kiedy kiedyś niegdyś"), "ar": words("عندما حين حينما يوم وحين وعندما")}
WHEN_REACH: Final = {"pl": 6, "ar": 2}


def _when_they_met(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether the meeting only dates something else: kiedy spotkał się, حين زار."""
    if trigger.note != "verb" or line.title or reading.language == "kk":
        return False
    back = range(max(line.first, trigger.first - WHEN_REACH[reading.language]), trigger.first)
    return any(reading.folded(at) in WHEN[reading.language] for at in back)


def another_month(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether a month without a day, and not this one, dates the trigger: we wrześniu, қыркүйекте."""
    day = reading.published
    if day is None or line.title or not _months_away(reading, line, trigger, day.month):
        return False
    return not status.looks_ahead(reading, line, trigger)


def _months_away(reading: Reading, line: Line, trigger: Mention, now: int) -> bool:
    """Whether another month or season than this stands near the trigger; one that dates a document does not count."""
    near = range(max(line.first, trigger.first - RECALL_REACH), min(line.end, trigger.last + RECALL_BEHIND + 1))
    seasons = reading.told_in(near, A_SEASON[reading.language])
    if any(_another_season(reading, at, now) and not _of_what_will_be(reading, at) for at in seasons):
        return True
    for at in reading.told_in(near, calendar.MAY_BE_A_MONTH[reading.language]):
        month = calendar.month(reading.language, reading.folded(at), reading.folded(at + 1))
        if (
            month
            and month != now
            and not _of_what_will_be(reading, at)
            and not reading.folded(at - 1)[:1].isdigit()
            and _in_a_month(reading, at)
        ):
            return not any(d.kind == "document" and abs(d.first - at) <= 2 for d in line.mentions)
    return False


WILL_KK: Final = 4  # tokens


def _of_what_will_be(reading: Reading, at: int) -> bool:
    """Whether a Kazakh month or season dates what a participle behind it says to be ahead: күзде өтетін форум."""
    behind = (reading.folded(step) for step in range(at + 1, at + 1 + WILL_KK))
    return reading.language == "kk" and any(tenses.KK_COMING.match(word) for word in behind)


SEASONS: Final = {  # the months of each, in Kazakh and Polish by its own case, in Arabic behind `in`
    "kk": {"көктемде": (3, 4, 5), "жазда": (6, 7, 8), "күзде": (9, 10, 11), "қыста": (12, 1, 2)},
    "pl": {"wiosną": (3, 4, 5), "latem": (6, 7, 8), "jesienią": (9, 10, 11), "zimą": (12, 1, 2)},
    "ar": {"الربيع": (3, 4, 5), "الصيف": (6, 7, 8), "الخريف": (9, 10, 11), "الشتاء": (12, 1, 2)},
}

A_SEASON: Final = {language: Told(named.__contains__) for language, named in SEASONS.items()}


def _another_season(reading: Reading, at: int, month: int) -> bool:
    """Whether a season that is not now dates what a line tells: زيارتها في الربيع."""
    months = SEASONS[reading.language].get(reading.folded(at))
    beside = reading.language != "ar" or reading.folded(at - 1) in ("في", "خلال")
    return months is not None and beside and month not in months


def _in_a_month(reading: Reading, at: int) -> bool:
    if reading.language == "kk":
        return reading.folded(at).endswith(("да", "де", "та", "те", "дағы", "дегі", "тағы", "тегі"))
    return reading.folded(at - 1) in (("w", "we") if reading.language == "pl" else ("في", "شهر"))


def _about_trade(line: Line, sign: Mention, trigger: Mention) -> bool:
    """Whether `last year` speaks of trade figures, not of the meeting."""
    money = line.of("turnover", "unit", "currency")
    own = min((abs(sign.first - m.first) for m in money), default=99)
    return own < abs(sign.first - trigger.first)


def _money_near(line: Line, at: int) -> bool:
    return any(abs(m.first - at) <= 6 for m in line.of("turnover", "unit", "currency"))
