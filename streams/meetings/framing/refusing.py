"""Why a line with a word of meeting tells of none, seen from the line itself.

line, trigger, parties --> code of a refusal, or nothing
"""

from collections.abc import Sequence
from typing import Final

from streams.lexicon import Mention
from streams.meetings import tenses
from streams.meetings.days import dates as days
from streams.meetings.framing.frame import distance
from streams.meetings.framing.recall import recalled
from streams.meetings.reading import Line, Reading
from streams.meetings.who.party import HOME, Party
from streams.meetings.who.titles import is_plural
from streams.meetings.wordlists import words


def refused_outright(  # noqa: PLR0917, PLR0911
    reading: Reading, line: Line, trigger: Mention, here: Sequence[Party], ours: list[Party], theirs: list[Party]
) -> str:
    if recalled(reading, line, trigger) or _habitual(reading, line, trigger):
        return "recalled"
    if tenses.did_not(reading, trigger):
        return "denied"
    if (line.signs("rumour") and not _denied(reading)) or _irreal(reading, trigger):
        return "rumour"
    if _wished(reading, line, trigger):
        return "opinion"
    if trigger.id in ("visit", "travel") and _invites(reading, line):
        return "invitation"
    if trigger.id in ("visit", "travel") and _to_a_summit(reading, line):
        return "multilateral"
    if not theirs and _of_a_delegation(reading, line, trigger):
        return "no-office"
    letters = line.signs("telegram") and trigger.id in ("visit", "travel", "receive", "guest")
    if letters and not (ours and bearers(reading, line, trigger, theirs)):
        return "telegram"
    if line.signs("ambassador") and not (ours and theirs):
        return "ambassador"
    if _one_of_many(reading, line) or _of_many_states(reading, line, trigger):
        return "multilateral"
    outsiders = [p for p in here if not p.counts]
    if outsiders and not theirs and trigger.id != "phone":
        nearest = min((*outsiders, *ours), key=lambda p: distance(p, trigger))
        if not nearest.counts or len(outsiders) > 1 or ours:
            return outsiders[0].why_not or "no-office"
    return ""


def _denied(reading: Reading) -> bool:
    """Whether headline or lead say that what is rumoured is not so: then it is told to be off."""
    return any(line.signs("denied") for line in reading.opening(DENIAL))


def _of_a_delegation(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether the visit is a delegation's, of whose head nothing is said: زيارة الوفد, wizyta delegacji."""
    if trigger.id != "visit" or trigger.note == "verb":
        return False
    if reading.language == "kk":
        return any(0 < trigger.first - m.last <= 1 for m in line.signs("delegation"))
    return any(0 < m.first - trigger.last <= 1 for m in line.signs("delegation"))


DENIAL: Final = 3  # lines of the body
LIST: Final = 3  # countries side by side


def _one_of_many(reading: Reading, line: Line) -> bool:
    """Whether Kazakhstan stands in a list of states whose leaders are met together."""
    run: list[str] = []
    last = -LIST
    for m in (m for m in line.of("country") if m.note == "name"):
        if m.first - last > 2:
            run = []
        run, last = [*run, m.id], m.last
        if len(run) >= LIST and HOME in run:
            return any(o.note == "plural" or is_plural(reading, o) for o in line.of("office"))
    return False


PLURALS_AR: Final = words("وزراء قاده قادة رؤساء روساء زعماء")
STATES_AR: Final = words("دول الدول بلدان مجموعه مجموعة")
MANY_REACH: Final = 4  # tokens from the verb to its subject, or on to the states


def _of_many_states(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether the ministers or leaders of several states are the verb's subject: عقد وزراء خارجية دول الخليج."""
    if reading.language != "ar" or reading.folded(trigger.last - 1) == "هامش":
        return False
    for at in range(line.first, min(line.first + MANY_REACH, line.end)):
        if reading.folded(at) in PLURALS_AR:
            return any(reading.folded(i) in STATES_AR for i in range(at + 1, min(at + MANY_REACH, line.end)))
    return False


def bearers(reading: Reading, line: Line, trigger: Mention, theirs: list[Party]) -> list[Party]:
    """Return the office holders received who hand over a letter of their head of state; no ambassadors."""
    letters = line.signs("telegram")
    if trigger.id != "receive" or trigger.note != "verb" or not letters or line.signs("ambassador"):
        return []
    if reading.language == "kk":  # хат әкелген министрді қабылдады
        return [p for p in theirs if p.last < trigger.first and letters[-1].last < p.last]
    return [p for p in theirs if trigger.last < p.first and p.last < letters[0].first]


def _irreal(reading: Reading, trigger: Mention) -> bool:
    """Whether the verb only supposes: кездессе."""
    if reading.language != "kk" or trigger.note != "verb" or not reading.folded(trigger.last).endswith(("са", "се")):
        return False
    line = reading.line_of(trigger.last)
    rest = [reading.folded(at) for at in range(trigger.last + 1, line.end)]
    return "еді" in rest or "?" in reading.gap(line.end - 1, line.end)


SHOULD: Final = {
    "kk": words("керек"),
    "pl": words("powinien powinna powinno powinni należałoby warto"),
    "ar": words("ينبغي يجب يتعين وينبغي ويجب"),
}
SHOULD_REACH: Final = 8  # tokens between the word and the verb


def _wished(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether somebody only says that they should meet, on no day: powinien polecieć, баруы керек, ينبغي أن يجلس."""
    if reading.language == "kk":
        near = range(trigger.last + 1, min(trigger.last + 3, line.end))
    else:
        near = range(max(line.first, trigger.first - SHOULD_REACH), trigger.first)
    if not any(reading.folded(at) in SHOULD[reading.language] for at in near) and not _is_up_to(reading, line, trigger):
        return False
    return not any(when.day for when in days.dates(reading, line))


def _is_up_to(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether an Arabic sentence says upon whom it is to meet: على الوزير أن يلتقي نظيره."""
    return (
        reading.language == "ar"
        and reading.folded(line.first) in ("علي", "وعلي")
        and reading.folded(trigger.first - 1) == "ان"
    )


HABIT: Final = {
    "pl": words("regularnie często zwykle"),
    "ar": words("دوريا بانتظام عاده عادة"),
}
HABIT_REACH: Final = {"pl": (3, 3), "ar": (1, 7)}  # tokens before the verb and behind it, its subject among them
STANDS_KK: Final = ("тұрады", "жүреді", "тұратын")


def _habitual(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether they are said to meet time and again, on no day: кездесіп тұрады, regularnie się spotykają."""
    if trigger.note != "verb" or any(when.day for when in days.dates(reading, line)):
        return False
    if reading.language == "kk":
        word, behind = reading.folded(trigger.last), reading.folded(trigger.last + 1)
        return word.endswith("п") and behind.startswith(STANDS_KK)
    back, on = HABIT_REACH[reading.language]
    near = range(max(line.first, trigger.first - back), min(line.end, trigger.last + on + 1))
    return not tenses.is_past(reading, trigger) and any(reading.folded(at) in HABIT[reading.language] for at in near)


def _invites(reading: Reading, line: Line) -> bool:
    """Whether somebody is asked to come: an invitation by a verb, or one that is handed over."""
    for sign in line.signs("invited"):
        word = reading.folded(sign.first)
        if sign.note == "verb" and not (
            reading.language == "kk" and word.startswith(("шақыруы", "шақыртуы", "шақырғаны"))
        ):
            return True
    return False


def _to_a_summit(reading: Reading, line: Line) -> bool:
    return (
        bool(line.signs("multilateral"))
        and not line.of("invitation")
        and bool(line.of("organisation") or line.signs("attend"))
    )
