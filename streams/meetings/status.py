"""Whether a line tells of something done, ahead, put off or denied: verb forms and sign words, by language."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from streams.languages.polish_tenses import perfective_future
from streams.lexicon import Mention
from streams.meetings.days import calendar
from streams.meetings.reading import Line, Reading
from streams.meetings.wordlists import Told, words

KK_INTENT: Final = re.compile(r"[мбп](?:ақ|ек)(?:шы|ші)?$")
KK_INTENT_NOT: Final = words("өзбек аймақ көмек тамақ бармақ ермек еңбек құмақ жұмақ шақпақ тоқпақ дүмпек")
KK_PRESENT: Final = re.compile(r"(?:й|[^аәеоөұүыіиуяйё][ае])(?:ды|ді)$")
# The past of stems in -ла, -да, -та ends like the present of others: талқылады, қабылдады, бастады.
KK_PAST_OF_VOWEL: Final = re.compile(r"\w{3,}(?<![ыіае])(?:ла|ле)(?:ды|ді)$|\w{3,}(?:да|де|та|те)(?:ды|ді)$")
KK_PAST_LISTED: Final = words(
    "талқылады қарады сұрады жасады аттады ойнады ұсынады сынады арнады жолдады көрмеді қалады"
    " қойды жойды тойды жайды құйды сыйды тіреді"
)
KK_PAST: Final = re.compile(r"(?:[дт][ыі]|[ғгқк][ае]н)$")
KK_FINITE: Final = re.compile(r"[дт][ыі]$")
KK_FUTURE_NOT: Final = words(
    "айтады дейді еді болады санайды біледі табылады саналады жатады тұрады отырады хабарлайды"
    " жазады деді көрсетеді есептейді"
)
KK_PARTICIPLE: Final = re.compile(r"[ғгқк][ае]н$")
KK_WILL: Final = re.compile(r"[аей]т[ыі]н")
KK_THAT_WILL: Final = re.compile(r"[аей]т(?:ыны|іні)н?$")
SAID_KK: Final = 3  # tokens from the visit to the verb that it is said of
SHORT: Final = 3
KK_AUXILIARY: Final = words("келеді барады береді")  # дамып келеді: goes on, not: will come
PL_PAST: Final = re.compile(r"(?:ł|ła|ło|li|ły|łem|łam|liśmy|łyśmy)$")
PL_FUTURE_LISTED: Final = words(
    "spotka spotkają złoży złożą poleci polecą przyjedzie przyjadą przyleci przylecą odwiedzi"
    " odwiedzą uda udadzą przyjmie przyjmą porozmawia porozmawiają będzie będą pojedzie pojadą"
    " przybędzie przybędą odbędzie odbędą powita powitają ugości wyląduje zawita stawi wyruszy"
    " dotrze zjawi wybiera przeprowadzi przeprowadzą zatelefonuje zadzwoni podejmie"
)  # fmt: skip
PL_MODAL: Final = words("ma mają miałby mieliby zamierza zamierzają planuje planują chce może")
PL_INFINITIVE: Final = re.compile(r"(?:ać|ić|yć|eć|ąć|ść|źć|uć)$")
AR_FUTURE: Final = re.compile(r"^(?:و|ف)?س([يتن]\w{2,})")
AR_FUTURE_WORDS: Final = frozenset({"سوف", "وسوف"})
AR_IMPERFECT: Final = tuple(
    words(
        "يقوم تقوم يعقد تعقد ينعقد تنعقد يجري تجري يكون تكون يتم تتم يبدا تبدا يشارك تشارك يلقي يتراس تتراس يراس يرافق"
        " ترافق يستمر تستمر يتناول تتناول يشهد تشهد يوقع توقع يتخلل تتخلل يتوجه تتوجه يصل تصل يغادر تغادر يلتقي تلتقي"
        " يزور تزور يستقبل تستقبل يبحث تبحث يناقش تناقش يجتمع تجتمع يحل تحل يسافر تسافر يتباحث تتباحث يعود تعود يفتتح"
        " تفتتح يحضر تحضر يستضيف تستضيف يمثل تمثل يودي تودي يتحدث تتحدث يجمع تجمع يقيم تقيم يمتد تمتد يركز تركز يتفق"
        " يستهل تستهل يختتم تختتم يحط تحط يتسلم يتفقد يضع يطير تطير يخاطب يقابل تقابل يتضمن تتضمن يدشن يقدم تقدم يهاتف"
    )
)


def looks_ahead(reading: Reading, line: Line, trigger: Mention | None = None) -> bool:
    """Whether a line tells of what is still to come."""
    key = ("ahead", line.number, trigger)
    if key not in reading.memo:
        reading.memo[key] = _looks_ahead(reading, line, trigger)
    return bool(reading.memo[key])


def _looks_ahead(reading: Reading, line: Line, trigger: Mention | None) -> bool:
    if trigger is not None and after_it(reading, trigger):
        return False
    return _next_time(reading, line, trigger) or _AHEAD[reading.language](reading, line, trigger)


AFTER_KK: Final = words("кейін соң")
AFTER: Final = {"pl": words("po"), "ar": words("بعد عقب اثر")}
AFTER_REACH: Final = 2


def after_it(reading: Reading, trigger: Mention) -> bool:
    """Whether something is told to follow the meeting: po wtorkowym spotkaniu, келіссөзден соң, عقب لقاء."""
    if trigger.note == "verb":
        return False
    if reading.language == "kk":
        return reading.folded(trigger.last + 1) in AFTER_KK
    back = range(trigger.first - AFTER_REACH, trigger.first)
    return any(reading.folded(at) in AFTER[reading.language] for at in back)


TIMES: Final = {
    "kk": ("апта", "ай", "жыл", "күн", "дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "pl": ("tydzień", "tygodni", "miesiąc", "rok", "poniedział", "wtor", "środ", "czwart", "piąt", "sobot", "niedziel"),
    "ar": ("الشهر", "الاسبوع", "العام", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد"),
}


BEFORE: Final = {"kk": 12, "pl": 12, "ar": 24}  # tokens: an Arabic verb comes long before the noun of its visit


def _next_time(reading: Reading, line: Line, trigger: Mention | None) -> bool:
    """Whether next week, month or the like stands near the trigger."""
    language = reading.language
    start, end = (
        (max(line.first, trigger.first - BEFORE[language]), min(line.end, trigger.last + 13))
        if trigger
        else (line.first, line.end)
    )
    for at in range(start, end) if not calendar.NEXT[language].isdisjoint(reading.words[start:end]) else ():
        if reading.folded(at) in calendar.NEXT[language]:
            beside = (reading.folded(at - 1),) if language == "ar" else (reading.folded(at + 1),)
            if any(word.startswith(TIMES[language]) or calendar.month(language, word) for word in beside if word):
                return True
    return False


def _kk_ahead(reading: Reading, line: Line, trigger: Mention | None) -> bool:
    """The first finite verb from the trigger on decides; a plan said behind it overrules."""
    start = trigger.last if trigger else line.first
    if trigger is not None and trigger.note == "verb" and KK_WILL.search(reading.folded(trigger.last)):
        return True  # келетінін хабарлады
    if trigger is not None and trigger.id == "visit" and _said_to_come(reading, trigger, line):
        return True
    if any(m.first >= start - 1 and _of_meeting(reading, line, m) for m in line.signs("planned")):
        return True
    for at in range(start, line.end):
        word = reading.folded(at)
        if word in KK_FUTURE_NOT or (word in KK_AUXILIARY and reading.folded(at - 1).endswith("п")):
            continue
        if kk_future(word) and not (KK_INTENT.search(word) and reading.capital(at)):
            return True
        finite = at > start or (trigger is not None and trigger.note == "verb")
        if finite and KK_FINITE.search(word) and len(word) > 3 and _is_verb_place(reading, at, line):
            return False
    return False


def _said_to_come(reading: Reading, visit: Mention, line: Line) -> bool:
    """Whether a Kazakh visit is told of the future: сапармен болады, сапармен Астанаға келетінін хабарлады."""
    behind = [reading.folded(at) for at in range(visit.last + 1, min(visit.last + 1 + SAID_KK, line.end))]
    that = visit.note != "verb" and any(KK_THAT_WILL.search(word) for word in behind)
    return that or behind[:1] == ["болады"]


COMING: Final = words("алдағы келер келесі")


def _of_meeting(reading: Reading, line: Line, planned: Mention) -> bool:
    """Whether what is said to be coming is the meeting: алдағы сапар, not алдағы екі жыл or белгіленген уақытта."""
    if KK_PARTICIPLE.search(reading.folded(planned.last)) and _ends_in_past(reading, line, planned):
        return False
    if reading.folded(planned.first) not in COMING or planned.first < planned.last:
        return True
    return any(0 < m.first - planned.last <= 2 for m in line.signs("talks", "visit", "travel", "receive"))


def _ends_in_past(reading: Reading, line: Line, planned: Mention) -> bool:
    """Whether the clause that holds a plan's participle ends in a plain past: белгіленген уақытта басталды."""
    for at in range(planned.last + 1, line.end):
        word = reading.folded(at)
        if KK_FINITE.search(word) and _is_verb_place(reading, at, line):
            return len(word) > SHORT and word != "еді" and not kk_future(word)
    return False


@lru_cache(maxsize=50_000)
def kk_future(word: str) -> bool:
    """Whether a Kazakh verb form says what is ahead (or always so): келеді, келмек."""
    if len(word) < 5:
        return False
    if KK_INTENT.search(word):
        return word not in KK_INTENT_NOT
    return bool(KK_PRESENT.search(word)) and not KK_PAST_OF_VOWEL.search(word) and word not in KK_PAST_LISTED


def _is_verb_place(reading: Reading, at: int, line: Line) -> bool:
    """A Kazakh finite verb ends its clause: accusatives end alike but stand inside."""
    return at + 1 >= line.end or any(mark in reading.gap(at, at + 1) for mark in '.,;:!?»”"–—()')


def _pl_ahead(reading: Reading, line: Line, trigger: Mention | None) -> bool:
    words = [reading.folded(at) for at in range(line.first, line.end)]
    if trigger is not None:
        own = reading.folded(trigger.first)
        if PL_PAST.search(own) and trigger.note == "verb" and not pl_future(own):
            return False
        if pl_future(own):
            return True
    if line.signs("planned"):
        return True
    if any(pl_future(word) for word in words) and not _pl_past_near(reading, line, trigger):
        return True
    if trigger is None and any(PL_PAST.search(word) and len(word) > SHORT for word in words):
        return False
    return any(word in PL_MODAL and _infinitive_follows(words, i) for i, word in enumerate(words))


@lru_cache(maxsize=50_000)
def pl_future(word: str) -> bool:
    """Whether a Polish word tells what is ahead."""
    return word in PL_FUTURE_LISTED or perfective_future(word)


COURSE_PL: Final = frozenset({"której", "którego"})


def in_its_course_pl(reading: Reading, verb: int) -> bool:
    """Whether a Polish verb tells what a visit is to hold: z wizytą, podczas której spotka się."""
    return any(reading.folded(verb - step) in COURSE_PL for step in (1, 2, 3))


def _pl_past_near(reading: Reading, line: Line, trigger: Mention | None) -> bool:
    """Whether the verb nearest to the trigger is in the past."""
    if trigger is None:
        return False
    for reach in range(1, 9):
        for at in (trigger.first - reach, trigger.last + reach):
            if line.first <= at < line.end:
                word = reading.folded(at)
                if pl_future(word):
                    if in_its_course_pl(reading, at):
                        continue
                    return False
                if PL_PAST.search(word) and len(word) > 3:
                    return True
    return False


def _infinitive_follows(words: list[str], at: int) -> bool:
    return any(PL_INFINITIVE.search(word) for word in words[at + 1 : at + 4])


def _ar_ahead(reading: Reading, line: Line, trigger: Mention | None) -> bool:
    start = max(line.first, trigger.first - 14) if trigger else line.first
    end = min(line.end, trigger.last + 7) if trigger else line.end
    if any(start <= m.first < end for m in line.signs("planned")):
        return True
    return bool(reading.told_in(range(start, end), AR_WILL))


def _ar_future(word: str) -> bool:
    future = AR_FUTURE.match(word)
    return word in AR_FUTURE_WORDS or (future is not None and future[1].startswith(AR_IMPERFECT))


AR_WILL: Final = Told(_ar_future)


_AHEAD: Final[dict[str, Callable[[Reading, Line, Mention | None], bool]]] = {
    "kk": _kk_ahead, "pl": _pl_ahead, "ar": _ar_ahead,
}  # fmt: skip
