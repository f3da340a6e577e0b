"""Names of strangers in Arabic: the words behind an office, or politely before it, up to one that no name holds.

office --polite words, portfolio passed over--> words | before it: polite word or verb --> words
"""

import re
from typing import Final

from streams.meetings.reading import Line, Reading
from streams.meetings.wordlists import words

LONGEST: Final = 4  # words of a name
TWO: Final = 2
JOINTS: Final = words("بن ال عبد ابن بنت ابو ولد")
SHORTEST: Final = 3
AHEAD: Final = 8  # words of a polite form and a name before an office
PORTFOLIO: Final = 7  # words of a ministry's name that the lexicon does not list
TAKEN: Final = frozenset({"country", "city", "region", "organisation", "office", "counterpart", "officer", "sign"})
POLITE: Final = words(
    "السيد السيده السيدة الشيخ الامير سمو سموه معالي سعاده سعادة الدكتور الدكتورة الدكتوره د المهندس فخامه فخامة"
    " الاستاذ اللواء الفريق الجنرال الحاج صاحب السمو الملكي الجلاله الجلالة الفخامه الفخامة"
)
STOP_AR: Final = words(
    "في من الى علي على عن مع ومع الذي التي الذين خلال قبل بعد حول بين ضمن عبر اليوم امس غدا مساء صباح ظهر بحضور"
    " بمشاركه بمشاركة لبحث لمناقشه لمناقشة حيث ان انه بان لدي لدى عقب اثر عند عندما ثم كما وذلك هناك امام بشان الاحد"
    " الاثنين الثلاثاء الاربعاء الخميس الجمعه الجمعة السبت وقال وقد كان قال اكد واكد هاتفيا بهدف بمناسبه بمناسبة"
    " علي تعزيز سبل العلاقات التعاون يوم وتم تم حفظه حفظها رعاه المفدي المعظم وذكر واعرب اعرب والوفد وعدد وعددا"
    " كانت وكانت كانا يكون تكون ليس اخر ابرز اهم تطورات مستجدات ملف ملفات قضايا جهود دعم تطوير فرص مجالات افاق كلا عددا"
    " زيارته زيارة لقاء لقاءه لقائه اتصالا اتصال جلسة جلسه كلمة كلمه مكتب هذا هذه ذلك تلك كل جميع بعض غير احدث"
    " عدد تاجيل الغاء ارجاء توسيع تنمية تنميه مختلف نتائج وسط بدوره بدورها برفقة برفقه رفقة لدى فيما بما وهو وهي الذين"
    " يوكد توكد يشيد تشيد يدعو تدعو يعلن تعلن يناقش تناقش يطلع تطلع تتناول يتناول يرحب ترحب يعرب تعرب يشارك تشارك"
    " يستعرض تستعرض يشدد تشدد يثمن تثمن يفتتح يختتم يبدا تبدا يعقد تعقد يتلقي تتلقي يهنئ يعزي يوقع يشهد تشهد"
    " يترأس يتراس تتراس يقوم تقوم يصل تصل يغادر تغادر يزور تزور يلتقي تلتقي يستقبل تستقبل يبحث تبحث يجتمع تجتمع"
    " لا لم لن قد سوف ليس ليست لما اذ اذا يتضمن تتضمن ينوي تنوي كلمته زار وصل غادر التقي استقبل بحث"
    " يهاتف يجري تجري يعود تعود يتوجه تتوجه يعتزم تعتزم يؤجل يوجل تؤجل يلغي تلغي واكدا وناقشا وبحثا واتفقا وشددا"
)
GIVEN_AR: Final = words(  # before a second word with the article, which no foreign name has
    "سالم محمد احمد علي حسن حسين محمود ابراهيم خالد سلمان فيصل ناصر سعيد صالح يوسف عمر سعود خليفة خليفه راشد زايد"
    " مبارك منصور سلطان طارق امين كريم جابر صباح بدر تميم حمد هيثم مشعل نواف ايمن بشر بشار انور هشام مصطفي سامح عادل"
    " عصام نبيل وليد حاتم سعد سهيل ثاني عثمان نايف متعب تركي بندر ماجد فهد عادل مازن حمزة هاشم زياد رياض ياسر جمال"
    " كمال جلال طلال شريف رضا مهدي قاسم فؤاد فواد حيدر برهم عادل مقتدي نوري هادي رشاد مريم ريم نورة نوره"
    " هند لطيفة شما اسماء فاطمة"
)
VERB_AR: Final = re.compile(r"^و?(?:[ينت]بحث|سي[بلزش]|يلت|يزو|يصل|يقو|يستق|يجر|ناقش|بحث)")


TIME: Final = words("اليوم امس الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه الجمعة السبت")
GIVEN: Final = words("صباح امين يوم")  # names that are other words too


def behind(reading: Reading, last: int) -> list[int]:
    """Return the words of the name behind an office's last token; none when there is none, or no end to it."""
    start = last + 1
    if start >= reading.line_of(last).end:
        return []
    while reading.folded(start) in CARETAKER and start + 1 < reading.line_of(last).end:
        if reading.folded(start) == "في" and reading.folded(start + 1) not in CARETAKER:
            break
        start += 1
    at = _past_portfolio(reading, start)
    polite = False
    while reading.folded(at) in POLITE and at < reading.line_of(start).end:
        at, polite = at + 1, True
    return _words(reading, at, polite)


CARETAKER: Final = words(
    "في حكومه حكومة تصريف الاعمال بحكومه بحكومة المكلف بالانابة بالانابه بالوكاله بالوكالة المنتخب"
)


def _past_portfolio(reading: Reading, start: int) -> int:
    """Return the polite word behind the rest of a ministry's name; the start when there is none."""
    end = min(reading.line_of(start).end, start + PORTFOLIO)
    for at in range(start, end):
        if reading.folded(at) in POLITE and not reading.gap(at - 1, at).strip(" ،-"):
            return at
        if reading.gap(at - 1, at).strip(" -") or not reading.folded(at).startswith(("ال", "وال", "بال", "لل")):
            return start
    return start


def _words(reading: Reading, start: int, polite: bool) -> list[int]:
    end = reading.line_of(start).end
    found: list[int] = []
    for at in range(start, end):
        word = reading.folded(at)
        if at > start and reading.gap(at - 1, at).strip(" -"):
            break
        if (
            (_stops(reading, at) and (found or not polite or word not in GIVEN))
            or VERB_AR.match(word)
            or word[:1].isdigit()
            or known(reading, at)
        ):
            break
        if not found and word.startswith(("ال", "لل", "و", "ب", "ل")) and not polite and len(word) > SHORTEST + 3:
            return []  # the office's own continuation: وزير التنمية الرقمية
        found.append(at)
        if len(found) > LONGEST:
            return []
    enough = 1 if polite else 2
    return found if len(found) >= enough else []


def run(reading: Reading, line: Line, start: int, taken: set[int]) -> list[int]:
    """Return the two to four words from one on that no name ends and nothing else explains."""
    found: list[int] = []
    for at in range(start, line.end):
        if at in taken or _no_name(reading, at) or (found and reading.gap(at - 1, at).strip(" -")):
            break
        if not found and reading.folded(at).startswith(("ال", "لل", "بال", "وال")):
            break
        if found and reading.folded(at).startswith("و") and len(reading.folded(at)) > SHORTEST:
            break  # and what follows
        found.append(at)
    if len(found) > TWO + 1 and not any(reading.folded(at) in JOINTS for at in found):
        found = found[:TWO]  # what goes on is no name of three words
    arab = not found or reading.folded(found[0]).removeprefix("و") in GIVEN_AR
    definite = any(reading.folded(at).startswith("ال") for at in found)
    return found if len(found) <= LONGEST + 1 and (arab or not definite) else []


def ahead(reading: Reading, first: int) -> list[int]:
    """Return the words of the name that stands politely before an office: سعادة السيد علي الكواري وزير المالية."""
    line = reading.line_of(first)
    for at in range(first - 1, max(line.first, first - AHEAD) - 1, -1):
        if "،" in reading.gap(at, at + 1) and reading.folded(at) in TIME and first - at > TWO:
            found = range(at + 1, first)  # اليوم، يوزف سيكيلا مفوض
            return [*found] if not any(_no_name(reading, i) for i in found) else []
        if reading.gap(at, at + 1).strip(" -،") or (known(reading, at) and not _polite(reading, at)):
            return []
        if _polite(reading, at) or (_begins(reading, line, at) and first - at > 2):
            found = range(at + 1, first)
            return [*found] if 2 <= len(found) <= LONGEST + 2 and not any(_no_name(reading, i) for i in found) else []
    return []


def bounded(reading: Reading, tokens: range) -> bool:
    """Whether words may all be of one name."""
    plain = not any(reading.gap(at - 1, at).strip(" -") for at in tokens)
    return plain and not any(_no_name(reading, at) for at in tokens)


def known(reading: Reading, at: int) -> bool:
    """Whether the lexicon knows a token as something that is no name of a person."""
    return any(m.first <= at <= m.last and m.kind in TAKEN for m in reading.line_of(at).mentions)


def _polite(reading: Reading, at: int) -> bool:
    return reading.folded(at).removeprefix("و").removeprefix("ب").removeprefix("ل") in POLITE


def _begins(reading: Reading, line: Line, at: int) -> bool:
    """Whether the verb of meeting stands here, whose subject follows."""
    return any(m.last == at and m.note == "verb" for m in line.signs("talks", "receive", "discuss"))


def _no_name(reading: Reading, at: int) -> bool:
    word = reading.folded(at)
    return _stops(reading, at) or bool(VERB_AR.match(word)) or word[:1].isdigit() or _polite(reading, at)


def _stops(reading: Reading, at: int) -> bool:
    """Whether a word ends every name; on and Ali fold alike, and are told apart as written."""
    word = reading.folded(at)
    return word in STOP_AR and (word != "علي" or reading.surface(at).endswith("ى"))
