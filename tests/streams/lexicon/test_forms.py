"""Inflection on words of our own, the false friends, and the development figures where they are at hand."""

import json
from pathlib import Path

import pytest

from streams.languages import LANGUAGES, Code, Pos
from streams.languages.forms import accepted
from streams.lexicon.forms import FormClass, evaluate, evaluate_language

LANGUAGES_ROOM = Path(__file__).parents[1] / "languages"
GOLD = LANGUAGES_ROOM / "gold"
FORMS = LANGUAGES_ROOM / "forms"
SHARED = Path(__file__).parents[4] / "shared/eval/morphology"


def gold(file: Path) -> tuple[list[FormClass], list[str]]:
    """Our own lists: `lemmas | pos | forms` a line; a line that starts with ! holds words that match nothing."""
    code: Code = file.stem[:2]  # type: ignore[assignment]
    classes, forbidden = [], []
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("!"):
            forbidden += line[1:].split()
        elif line.strip() and not line.startswith("#"):
            lemmas, pos, forms = (part.strip() for part in line.split("|"))
            names = [lemma.strip() for lemma in lemmas.split(",")]
            classes.append(FormClass(code, lemmas, names, forms.split(), pos or None))
    return classes, forbidden


@pytest.mark.parametrize("file", sorted(GOLD.glob("*.txt")), ids=lambda file: file.stem)
def test_every_form_of_our_own_lists_matches_and_no_false_friend_does(file: Path) -> None:
    code: Code = file.stem[:2]  # type: ignore[assignment]
    figures = evaluate_language(code, *gold(file))
    assert figures.missed == []
    assert figures.wrong == []
    assert figures.forms > 150
    assert figures.words > 20


@pytest.mark.parametrize("file", sorted(FORMS.glob("*.json")), ids=lambda file: file.stem)
def test_forms_of_many_lemmas_match_and_words_like_them_do_not(file: Path) -> None:
    """Lists in the evaluation's format; words that are a legal form of a lemma as well (қалам: my city) are left out.

    The `unseen` ones were written after the languages were mended on the others, and run once before mending again:
    then 0.982, 0.976 and 0.992 of the forms matched, and 2.1 %, 0 and 0 of the words did wrongly.
    """
    ((_, figures),) = evaluate(file.read_bytes()).items()
    assert figures.recall >= 0.99, figures.missed
    assert figures.false <= figures.words / 100, figures.wrong
    assert figures.forms > 400
    assert figures.words > 90


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_development_figures(code: Code) -> None:
    if not (file := SHARED / f"{code}.json").exists():
        pytest.skip("shared/eval is not here")
    figures = evaluate(file.read_bytes())[code]
    assert figures.recall >= 0.99
    assert figures.false <= figures.words / 100


@pytest.mark.parametrize(
    ("code", "lemma", "pos", "friends"),
    [
        ("kk", "Қытай", "name", "қытайша қытайтану Қытайбек"),
        ("kk", "Мали", "name", "малы малын малға Малик Маликов"),
        ("kk", "Алматы", "name", "алмады алмайды алма"),
        ("kk", "министр", "noun", "министрлік министрлігі министрліктер"),
        ("kk", "төраға", "noun", "төрағалық төрағалығымен төреші"),
        ("kk", "сапар", "noun", "Сапарбаев сапа сапасы сапалы"),
        ("kk", "қой", "verb", "қойма қоймадан қойшы қойдың"),
        ("kk", "кездес", "verb", "кездестірді кездейсоқ кездесетіндер-ай"),
        ("kk", "шақыр", "verb", "шақырым шақырымға"),
        ("pl", "Chiny", "name", "china Chinka Chinek chinolog"),
        ("pl", "premier", "noun", "premierę premierą premierowy"),
        ("pl", "Mali", "name", "mali mały"),
        ("pl", "Gruzja", "name", "gruz gruzu Gruzin Gruzini"),
        ("pl", "Duda", "name", "dudy dudek duda"),
        ("pl", "prezydent", "noun", "wiceprezydent prezydentura"),
        ("pl", "partner", "noun", "partnerstwo partnerstwa"),
        ("ar", "الصين", "name", "حصين تحصين رصين الصيني صين"),
        ("ar", "وزير", "noun", "وزارة الوزارة وزر"),
        ("ar", "رئيس", "noun", "رئيسي الرئيسي رئيسية رئاسة"),
        ("ar", "اجتماع", "noun", "اجتماعي الاجتماعية"),
        ("ar", "اتصال", "noun", "اتصالات الاتصالات"),
        ("ar", "وقع", "verb", "موقع الموقع توقع وقوع واقع"),
        ("ar", "يوقع", "verb", "موقع توقع"),
        ("ar", "بلد", "noun", "البلدية بلدي"),
        ("ar", "مالي", "name", "المالي مالية ماليا"),
        ("ar", "قطر", "name", "قطار قطرات قطرة القطر"),
        ("ar", "أستانا", "name", "الأستانة الأستانه"),
    ],
)
def test_false_friends(code: Code, lemma: str, pos: Pos, friends: str) -> None:
    figures = evaluate_language(code, [FormClass(code, lemma, [lemma], [lemma], pos)], friends.split())
    assert figures.wrong == []


def test_oman_is_not_amman_where_the_writer_says_so() -> None:
    def match(lemma: str, word: str) -> bool:
        return not evaluate_language("ar", [FormClass("ar", lemma, [lemma], [word], "name")], []).missed

    assert match("عُمان", "عُمان")
    assert match("عُمان", "بعُمان")
    assert match("عُمان", "عمان")
    assert match("عمّان", "وعمّان")
    assert not match("عُمان", "عمّان")
    assert not match("عمّان", "عُمان")


@pytest.mark.parametrize("written", ["و15", "بـ15", "وبـ١٥", "الـ15", "لل15", "15"])
def test_an_arabic_number_is_read_behind_what_is_joined_to_it(written: str) -> None:
    assert LANGUAGES["ar"].text(f"بين 12 {written} مايو").folded[2] == "15"


def test_phrases_need_every_word_in_order() -> None:
    forms = ["қол қойды", "қол қойылды", "қол қоюға"]
    figures = evaluate_language("kk", [FormClass("kk", "sign", ["қол қою"], forms)], ["қол", "қойды", "қойып қол"])
    assert (figures.missed, figures.wrong) == ([], [])


def test_the_file_may_hold_several_languages() -> None:
    content = {
        "classes": [
            {"lang": "pl", "class": "a", "lemmas": ["Astana"], "pos": "np", "forms": ["Astanie"]},
            {"lang": "kk", "class": "a", "lemmas": ["Астана"], "pos": "np", "forms": ["Астанада", "жоқ"]},
        ],
        "must_not_match": {"pl": ["astma"], "kk": ["Астаналық"]},
    }
    figures = evaluate(json.dumps(content))
    assert figures["pl"].row() == {"forms": 1, "recall": 1.0, "false": 0, "words": 1}
    assert figures["kk"].row() == {"forms": 2, "recall": 0.5, "false": 0, "words": 1}
    assert figures["kk"].missed == [("a", "жоқ")]


@pytest.mark.parametrize(("code", "lemma"), [("kk", "келісім"), ("pl", "umowa"), ("ar", "اتفاق"), ("kk", "жүргізу")])
def test_every_shown_form_is_accepted(code: Code, lemma: str) -> None:
    language = LANGUAGES[code]
    shown = list(accepted(language, lemma))
    assert len(shown) == len(set(shown)) > 5
    some = shown[:: max(1, len(shown) // 200)]
    assert evaluate_language(code, [FormClass(code, lemma, [lemma], some)], []).missed == []
