"""config/interest.txt is what the lexicon makes it, and knows whom desks care about."""

from pathlib import Path

import pytest

from collectors.interest import load
from jarshy.interest import least, stem, written

CONFIG = Path(__file__).parents[2] / "config"


def test_the_list_is_current() -> None:
    kept = (CONFIG / "interest.txt").read_text(encoding="utf-8")
    assert kept == written(CONFIG / "lexicon"), "run `jarshy lexicon interest --write`"


@pytest.mark.parametrize(
    "text",
    [
        "Мемлекет басшысы қонақты қабылдады",
        "Премьер-министр Бектеновтің сапары",
        "Путин Астанаға келді",
        "Kazachska delegacja w Warszawie",
        "Prezydent poleci do Astany",
        "W sprawie wizyty Tokajewa",
        "العاصمة الكازاخستانية",
        "وصل الرئيس توكاييف",
        "في أستانا",
    ],
)
def test_what_matters_is_found(text: str) -> None:
    assert load(CONFIG / "interest.txt").found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Қазан айында қар жауады",
        "Donald Trump spotkał się z Macronem",
        "Wypadek na autostradzie",
        "درجات الحرارة في القاهرة",
    ],
)
def test_what_does_not_matter_is_not(text: str) -> None:
    assert load(CONFIG / "interest.txt").found(text) is None


def test_endings_that_change_are_left_out() -> None:
    assert stem("kazachski", "pl") == "kazach"
    assert stem("Astana", "pl") == "astan"
    assert stem("Қазақстан", "kk") == "қазақстан"
    assert stem("қазақ", "kk") == "қазақ"
    assert stem("ҚР", "kk") == ""
    assert least(["ab", "abc", "b", "ab"]) == ["ab", "b"]
