"""Which clitics and endings may stand around which kind of Arabic stem; words whose forms no rule gives.

All strings are folded: one alef, no points, ى as ي, seats of hamza gone (ئ as ي, ؤ as و).
"""

from typing import Final

# Kinds of stem. N_ stands without the article, A_ after it; a noun stem has several of them.
NAME: Final = 1 << 0
N_PLAIN: Final = 1 << 1  # bare, tanwin, pronouns
A_PLAIN: Final = 1 << 2
N_DUAL: Final = 1 << 3
A_DUAL: Final = 1 << 4
N_PLURAL: Final = 1 << 5  # -ات
A_PLURAL: Final = 1 << 6
N_PERSON: Final = 1 << 7  # feminine and sound plural of those who hold an office
A_PERSON: Final = 1 << 8
N_TA: Final = 1 << 9  # a noun in ة, registered without it
A_TA: Final = 1 << 10
N_ADJ: Final = 1 << 11
A_ADJ: Final = 1 << 12
PRONOUN: Final = 1 << 13  # a stem that only lives before a pronoun: لقائه
DUAL_PRONOUN: Final = 1 << 14  # the stem of a dual before a pronoun: بلدينا
CONSTRUCT: Final = 1 << 15  # dual in construct: وزيري
CONSTRUCT_AFTER: Final = 1 << 16  # the same, only after ب ل ك, for رئيسي alone is "main"
PERFECT: Final = 1 << 17
PERFECT_SHORT: Final = 1 << 18  # التقى without its last letter: التقت
PERFECT_LONG: Final = 1 << 19  # التقا before a pronoun
IMPERFECT: Final = 1 << 20
IMPERFECT_SHORT: Final = 1 << 21  # يلتقي without its last letter: يلتقون
TANWIN: Final = 1 << 22  # an adjective that may be an adverb: رسميا

_NOUNS: Final = N_PLAIN | N_DUAL | N_PLURAL | N_PERSON | N_TA | N_ADJ | TANWIN | PRONOUN | DUAL_PRONOUN
_ARTICLE: Final = A_PLAIN | A_DUAL | A_PLURAL | A_PERSON | A_TA | A_ADJ
_PAST: Final = PERFECT | PERFECT_SHORT | PERFECT_LONG
_PRESENT: Final = IMPERFECT | IMPERFECT_SHORT
_CONJUNCTIONS: Final = ("", "و", "ف")
PRONOUNS: Final = ("ه", "ها", "هم", "هما", "هن", "نا", "كم", "كما")
OBJECTS: Final = ("ه", "ها", "هم", "هما", "نا", "كم")


def _prefixes() -> dict[str, int]:
    kinds: dict[str, int] = {}
    after_preposition = NAME | _NOUNS | CONSTRUCT | CONSTRUCT_AFTER
    for conjunction in _CONJUNCTIONS:
        rows = {
            "": NAME | _NOUNS | CONSTRUCT | _PAST | _PRESENT,
            "ب": after_preposition,
            "ك": after_preposition,
            "ل": after_preposition | _PRESENT,
            "س": _PRESENT,
        }
        rows |= dict.fromkeys(("ال", "بال", "كال", "لل"), _ARTICLE)
        kinds |= {conjunction + prefix: kind for prefix, kind in rows.items()}
    return kinds


def _suffixes() -> dict[str, int]:
    rows: list[tuple[int, tuple[str, ...]]] = [
        (NAME | N_PLAIN | A_PLAIN | N_ADJ | A_ADJ | PERFECT | IMPERFECT | IMPERFECT_SHORT, ("",)),
        (N_PLAIN | PRONOUN, PRONOUNS),
        (N_PLAIN | TANWIN, ("ا",)),
        (N_DUAL, ("ان", "ين", "ا", "اهما", "اهم", "يه", "يها", "يهما", "يهم", "ينا")),
        (A_DUAL, ("ان", "ين")),
        (N_PLURAL, ("ات", *("ات" + p for p in PRONOUNS))),
        (A_PLURAL, ("ات",)),
        (N_PERSON, ("ة", "ات", "ون", "ين", "و", "تان", "تين", "تا", "تي", *("ت" + p for p in PRONOUNS))),
        (A_PERSON, ("ة", "ات", "ون", "ين", "تان", "تين")),
        (N_TA, ("ة", "ه", "ات", "تان", "تين", "تا", "تي", *(t + p for t in ("ت", "ات") for p in PRONOUNS))),
        (A_TA, ("ة", "ه", "ات", "تان", "تين")),
        (N_ADJ | A_ADJ, ("ة", "ه", "ين", "ون", "ان", "ات", "تان", "تين")),
        (DUAL_PRONOUN, tuple(d + p for d in ("ي", "ا") for p in PRONOUNS)),
        (CONSTRUCT | CONSTRUCT_AFTER, ("ي",)),
        (PERFECT, ("ت", "ا", "تا", "وا", "ن", "نا", "تم")),
        (PERFECT, tuple(person + o for person in ("", "ت", "و", "نا") for o in OBJECTS)),
        (PERFECT_SHORT, ("ت", "تا", "وا", *(person + o for person in ("ت", "و") for o in OBJECTS))),
        (PERFECT_LONG, OBJECTS),
        (
            IMPERFECT,
            ("ان", "ون", "ين", "ن", "ا", "وا", *(n + o for n in ("", "ون", "و", "ان") for o in OBJECTS)),
        ),
        (IMPERFECT_SHORT, ("ون", "وا", *("ون" + o for o in OBJECTS))),
    ]
    kinds: dict[str, int] = {}
    for kind, suffixes in rows:
        for suffix in suffixes:
            kinds[suffix] = kinds.get(suffix, 0) | kind
    return kinds


PREFIXES: Final = _prefixes()
SUFFIXES: Final = _suffixes()
LONGEST_PREFIX: Final = max(map(len, PREFIXES))
LONGEST_SUFFIX: Final = max(map(len, SUFFIXES))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Holders of offices: they have a feminine, a sound plural and a dual in construct.
PERSONS: Final = _words(
    "رييس وزير سفير زعيم مسوول نايب مدير قايد مستشار مبعوث مندوب ملك امير ممثل خبير عضو محافظ حاكم كاتب امين"
    " مساعد وكيل سكرتير ضيف نظير شريك صديق حليف مفوض ناطق متحدث مواطن باحث طالب رجل عميد لواء فريق مراسل"
    " صحفي صحافي محلل دبلوماسي مرشح نايب قنصل مشرف منسق مضيف مستثمر سلطان سيد والي عاهل قاض محام مهندس عالم"
)
CONSTRUCT_ONLY_AFTER: Final = _words("رييس ملك امير سلطان عالم دبلوماسي رجل صحفي صحافي طالب ضيف عضو")
# The plural in -ات is another word: اتصالات are telecoms.
NO_PLURAL: Final = _words("اتصال قطر بحث وفد بلد خط حرب سلام نفط غاز قمح ماء")
# Roots with a common form V, of which توقع may be "she signs" or "he expected": then ت is not taken for "she".
FORM_V: Final = _words(
    "وقع قدم سلم علم حدث كلم عرف عهد كرر حمل حقق شكل طور غير اثر جدد عين وجه وقف وصل وسع زعم سبب فقد"
    " دخل خرج قبل جمع نظم فهم حرك جنب ضمن حفظ قرر سرب مسك طرق حول عمق ركز مكن شدد فرق قلص حسن حدد رجم"
    " طوع برع نفس عاف امن اهل اكد ايد حكم وفر وفي دفق خلص خلف خصص خطط كفل كون منع ميز نبا ورط وزع رقب رشح ردد"
)
# What newsrooms call states that CLDR names otherwise; the article belongs to the name.
SHORT_NAMES: Final = _words("السعودية الامارات المجر القاهرة الرياض الدوحة المنامة الخرطوم الجزاير القدس الجبيل")

# Perfects that a term may give without their imperfect.
VERBS: Final = _words(
    "التقي استقبل اجتمع زار وصل اجري عقد ناقش تباحث اعلن اكد وقع هاتف اتصل تلقي ودع غادر ترأس تراس شارك دعا هنا"
    " ابرم اتفق تناول استعرض صرح اشار اوضح قال ذكر افاد شدد اعرب ابلغ كشف اتهم طالب عبر وقعا بدا انهي الغي اجل"
    " ارجا توجه سافر رحب شكر تبادل قرر رفض ايد ادان دشن افتتح تسلم سلم قدم اقر صادق"
)

# Adjectives without a nisba that newsrooms put beside meetings.
ADJECTIVES: Final = _words(
    "جديد كبير قديم قريب بعيد طويل قصير خاص عام هام مهم سابق حالي قادم مقبل مشترك متبادل رفيع واسع عميق ودي وثيق"
    " شامل موسع عاجل طاري نووي عربي كبار صغير قوي حديث مستقل متحد موقت دايم خاطف تاريخي"
)

_BROKEN: Final = """
رييس رؤساء|وزير وزراء|سفير سفراء|زعيم زعماء|قايد قادة|نايب نواب|ملك ملوك|امير امراء|خبير خبراء|شريك شركاء
حليف حلفاء|نظير نظراء|صديق اصدقاء|عضو اعضاء|مدير مدراء|كاتب كتاب|حاكم حكام|ضيف ضيوف|وفد وفود|طرف اطراف
بلد بلدان بلاد|دولة دول|حكومة حكومات|قمة قمم|اتفاق اتفاقات|عقد عقود|مشروع مشاريع مشروعات|برنامج برامج|ملف ملفات
وثيقة وثايق|مذكرة مذكرات|معاهدة معاهدات|قضية قضايا|ازمة ازمات|خطة خطط|فرصة فرص|رحلة رحلات|رسالة رسايل
برقية برقيات|سوق اسواق|طريق طرق|ميناء موانيي موانيء موانئ مواني|مطار مطارات|خط خطوط|حقل حقول|سد سدود|نهر انهار|بحر بحار
مورد موارد|مصدر مصادر|معدن معادن|سلعة سلع|بضاعة بضايع|منتج منتجات|سلاح اسلحة|صاروخ صواريخ|جيش جيوش|حرب حروب
قاعدة قواعد|قوة قوات قوى قوي|حد حدود|منطقة مناطق|مدينة مدن|اقليم اقاليم|عاصمة عواصم|قرية قرى قري
بنك بنوك|مصرف مصارف|قرض قروض|صندوق صناديق|شركة شركات|مصنع مصانع|مركز مراكز|معهد معاهد|جامعة جامعات|مدرسة مدارس
قانون قوانين|قرار قرارات|شرط شروط|حكم احكام|حق حقوق|مبدا مبادي مباديء|هدف اهداف|موقف مواقف|جانب جوانب|مسالة مسايل
موضوع مواضيع موضوعات|منتدى منتدي منتديات|لجنة لجان|مجلس مجالس|حزب احزاب|نايب نواب|مبلغ مبالغ|رقم ارقام|سعر اسعار
عام اعوام|شهر اشهر شهور|يوم ايام|اسبوع اسابيع|خبر اخبار|حادث حوادث|سبب اسباب|اثر اثار|عمل اعمال|قطار قطارات
سفينة سفن|طايرة طايرات|قمر اقمار|محصول محاصيل|حبة حبوب|منحة منح|رسم رسوم|ضريبة ضرايب|عقوبة عقوبات|نزاع نزاعات
تاشيرة تاشيرات|عملة عملات|استثمار استثمارات|انبوب انابيب|محطة محطات|مفاعل مفاعلات|قناة قنوات|جسر جسور|نفق انفاق
مبعوث مبعوثين|تاجر تجار|عامل عمال|طالب طلاب طلبة|لاجي لاجيين|سجين سجناء|رهينة رهاين|خلاف خلافات|علاقة علاقات
"""
BROKEN_PLURALS: Final[dict[str, tuple[str, ...]]] = {
    row.split()[0]: tuple(row.split()[1:]) for line in _BROKEN.strip().splitlines() for row in line.split("|")
}
