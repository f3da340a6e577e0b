"""Short headlines of ours in the three languages and in those that look like them; the feed's claim is a hint.

headlines/other.txt has Russian, Kyrgyz, Uzbek (two scripts), Tatar, Bashkir, Tajik, Mongolian, Ukrainian, Bulgarian,
Azeri, Turkish, Turkmen, Czech, Slovak, Croatian, Lithuanian, western ones, Persian, Urdu, Kurdish, Kazakh and Uyghur
in Arabic letters, Pashto. What cannot be told is not there: Токаев Бишкекке келди may be Kazakh in haste.
"""

import json
from pathlib import Path

import pytest

from streams.languages import LANGUAGES
from streams.languages.identify import identify

HEADLINES = Path(__file__).with_name("headlines")
SHARED = Path(__file__).parents[4] / "shared/eval/dev"
ALMOST_ALL = 0.85


def headlines(name: str) -> list[str]:
    return (HEADLINES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_a_headline_is_known_when_its_feed_says_so_too(code: str) -> None:
    assert [line for line in headlines(code) if identify(line, "", code) != code] == []


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_few_headlines_need_that(code: str) -> None:
    every = headlines(code)
    known = [line for line in every if identify(line, "") == code]
    assert len(known) > ALMOST_ALL * len(every) - 2
    assert all(identify(line, "") in (code, "") for line in every)


@pytest.mark.parametrize("claimed", ["", *LANGUAGES])
def test_no_claim_makes_another_language_ours(claimed: str) -> None:
    assert [line for line in headlines("other") if identify(line, "", claimed)] == []


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_articles_are_known_without_any_claim(code: str) -> None:
    if not (file := SHARED / f"{code}.jsonl").exists():
        pytest.skip("shared/eval is not here")
    articles = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [each["id"] for each in articles if identify(each["title"], each["text"]) != code] == []
