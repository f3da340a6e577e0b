"""Words for days in three languages: months, weekdays, relative days; one language, one table."""

from functools import lru_cache, partial
from typing import Final

from streams.meetings.wordlists import Told, words

MONTHS: Final[dict[str, dict[str, int]]] = {
    "kk": {
        m: i
        for i, names in enumerate(
            ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек",
            "қазан", "қараша", "желтоқсан"), 1
        )
        for m in (names,)
    },
    "pl": {
        form: i
        for i, forms in enumerate(
            (
                "stycznia styczniu styczeń", "lutego lutym luty", "marca marcu marzec",
                "kwietnia kwietniu kwiecień", "maja maju maj",
                "czerwca czerwcu czerwiec", "lipca lipcu lipiec", "sierpnia sierpniu sierpień",
                "września wrześniu wrzesień",
                "października październiku październik", "listopada listopadzie listopad", "grudnia grudniu grudzień",
            ),
            1,
        )
        for form in forms.split()
    },
    "ar": {
        form: i
        for i, forms in enumerate(
            (
                "يناير جانفي", "فبراير شباط فيفري", "مارس اذار", "ابريل نيسان افريل", "مايو ايار ماي",
                "يونيو يونيه حزيران جوان",
                "يوليو يوليه تموز جويلية", "اغسطس اب اوت", "سبتمبر ايلول", "اكتوبر", "نوفمبر", "ديسمبر",
            ),
            1,
        )
        for form in forms.split()
    },
}  # fmt: skip
# Two-word Levantine months: the second word tells which.
LEVANTINE: Final = {("تشرين", "الاول"): 10, ("تشرين", "الثاني"): 11, ("كانون", "الاول"): 12, ("كانون", "الثاني"): 1}

WEEKDAYS: Final[dict[str, dict[str, int]]] = {
    "kk": {"дүйсенбі": 0, "сейсенбі": 1, "сәрсенбі": 2, "бейсенбі": 3, "жұма": 4, "сенбі": 5, "жексенбі": 6},
    "pl": {
        form: i
        for i, forms in enumerate(
            ("poniedziałek poniedziałku", "wtorek wtorku", "środa środę środy", "czwartek czwartku", "piątek piątku",
             "sobota sobotę soboty", "niedziela niedzielę niedzieli")
        )
        for form in forms.split()
    } | {
        stem + end: i
        for i, stem in enumerate(
            ("poniedziałkow", "wtorkow", "środow", "czwartkow", "piątkow", "sobotni", "niedzieln")
        )
        for end in ("y", "ego", "emu", "ym", "a", "ej", "ą", "e", "ych", "", "m", "ch")
    },
    "ar": {"الاثنين": 0, "الثلاثاء": 1, "الاربعاء": 2, "الخميس": 3, "الجمعه": 4, "الجمعة": 4, "السبت": 5, "الاحد": 6},
}  # fmt: skip
_OPEN: Final = {"kk": ("жұма", "сенбі")}  # кk stems that need their own end: сенбі is inside сейсенбі

# Relative days: folded word -> days from the publication.
RELATIVE: Final[dict[str, dict[str, int]]] = {
    "kk": {"бүгін": 0, "бүгінгі": 0, "кеше": -1, "кешегі": -1, "ертең": 1, "ертеңгі": 1, "алдыңгүні": -2,
    "бүрсігүні": 2},
    "pl": {"dziś": 0, "dzisiaj": 0, "wczoraj": -1, "jutro": 1, "pojutrze": 2, "przedwczoraj": -2,
           **{stem + end: shift for stem, shift in (("dzisiejsz", 0), ("wczorajsz", -1), ("jutrzejsz", 1))
              for end in ("y", "ego", "emu", "ym", "a", "ej", "ą", "e", "ych", "ymi")}},
    "ar": {"اليوم": 0, "امس": -1, "البارحه": -1, "البارحة": -1, "غدا": 1, "غد": 1, "الغد": 1},
}  # fmt: skip

# Several words for one day: the words -> days from the publication.
PHRASES: Final[dict[str, dict[tuple[str, ...], int]]] = {
    "kk": {("алдыңғы", "күні"): -2},
    "pl": {},
    "ar": {("اول", "امس"): -2, ("اول", "من", "امس"): -2, ("بعد", "غد"): 2, ("بعد", "الغد"): 2,
           ("الليلة", "الماضية"): -1, ("الليلة", "الماضيه"): -1, ("الليله", "الماضيه"): -1, ("الليله", "الماضية"): -1},
}  # fmt: skip
PHRASE_BEGINS: Final = {language: frozenset(said[0] for said in phrases) for language, phrases in PHRASES.items()}

# Beside a weekday or a month: the next one, or the last one.
NEXT: Final = {
    "kk": words("келесі алдағы келер"),
    "pl": words("przyszły przyszłą przyszłym przyszłego najbliższy najbliższą najbliższym najbliższego następny"),
    "ar": words("المقبل المقبله المقبلة القادم القادمه القادمة المقبلين"),
}
LAST: Final = {
    "kk": words("өткен былтырғы"),
    "pl": words("ubiegły ubiegłą ubiegłym ubiegłego zeszły zeszłą zeszłym zeszłego miniony minioną minionym"),
    "ar": words("الماضي الماضيه الماضية المنصرم الفايت"),
}

ORDINALS_AR: Final = {
    word: i
    for i, words in enumerate(
        ("الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"), 1
    )
    for word in (words,)
}  # fmt: skip
ORDINALS_AR["الحادي"] = 1  # الحادي عشر, الحادي والعشرين
ORDINALS_AR_TENS: Final = {"عشر": 10, "والعشرين": 20, "العشرين": 20, "والعشرون": 20, "الثلاثين": 30, "والثلاثين": 30}


# A number of days or weeks ago: 5 күн бұрын, dwa tygodnie temu, قبل ثلاثة أيام.
NUMBERS: Final[dict[str, dict[str, int]]] = {
    "kk": {
        word: i
        for i, word in enumerate(["бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз", "он"], 1)
    },
    "pl": {
        word: i
        for i, forms in enumerate(
            ("jeden jedną", "dwa dwie", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć", "dziesięć"), 1
        )
        for word in forms.split()
    },
    "ar": {
        word: i
        for i, forms in enumerate(
            ("", "", "ثلاثه ثلاثة ثلاث", "اربعه اربعة اربع", "خمسه خمسة خمس", "سته ستة ست", "سبعه سبعة سبع",
             "ثمانيه ثمانية", "تسعه تسعة تسع", "عشره عشرة عشر"), 1
        )
        for word in forms.split()
    },
}  # fmt: skip
SPANS: Final[dict[str, dict[str, int]]] = {
    "kk": {"күн": 1, "апта": 7, "ай": 30, "жыл": 365},
    "pl": {"dni": 1, "dzień": 1, "tydzień": 7, "tygodnie": 7, "tygodni": 7, "miesiąc": 30, "miesiące": 30,
           "miesięcy": 30, "rok": 365, "lata": 365, "lat": 365},
    "ar": {"ايام": 1, "يوم": 1, "يوما": 1, "يومين": 2, "اسبوع": 7, "اسابيع": 7, "اسبوعين": 14, "شهر": 30, "شهرا": 30,
           "اشهر": 30, "شهرين": 60, "شهور": 30, "عام": 365, "عامين": 730, "اعوام": 365, "سنة": 365, "سنه": 365,
           "سنوات": 365, "سنتين": 730},
}  # fmt: skip


@lru_cache(maxsize=20_000)  # asked of every word beside a meeting
def month(language: str, word: str, following: str = "") -> int:
    """Return the month that a folded word names, else 0."""
    if language == "kk":
        plain = word.removesuffix("дың").removesuffix("ның").removesuffix("нің").removesuffix("дің")
        for ending in (
            "",
            "да",
            "де",
            "та",
            "те",
            "дағы",
            "дегі",
            "тағы",
            "тегі",
            "нда",
            "нде",
            "ында",
            "інде",
            "ға",
            "ге",
            "қа",
            "ке",
            "дан",
            "ден",
            "тан",
            "тен",
        ):
            found = MONTHS["kk"].get(plain.removesuffix(ending)) if not ending or plain.endswith(ending) else None
            if found:
                return found
        return 0
    if language == "ar":
        plain = word if word in MONTHS["ar"] else word.removeprefix("و").removeprefix("ب").removeprefix("ل")
        return MONTHS["ar"].get(plain, 0) or LEVANTINE.get((word, following), 0)
    return MONTHS[language].get(word, 0)


def _may_be_a_month(language: str, word: str) -> bool:
    return month(language, word) > 0 or any(word == first for first, _ in LEVANTINE)


MAY_BE_A_MONTH: Final = {language: Told(partial(_may_be_a_month, language)) for language in NUMBERS}


@lru_cache(maxsize=20_000)
def weekday(language: str, word: str) -> int:
    """Return the weekday (Monday 0) that a folded word names, else -1."""
    if language == "kk":
        for ending in (
            "",
            "де",
            "да",
            "дегі",
            "дағы",
            "нің",
            "ның",
            "сі",
            "сінде",
            "сы",
            "ге",
            "ға",
            "ден",
            "дан",
            "сында",
            "ні",
            "ны",
        ):
            if word.endswith(ending):
                found = WEEKDAYS["kk"].get(word.removesuffix(ending) if ending else word)
                if found is not None:
                    return found
        return -1
    if language == "ar":
        return WEEKDAYS["ar"].get(word, WEEKDAYS["ar"].get(word.removeprefix("و"), -1))
    return WEEKDAYS[language].get(word, -1)
