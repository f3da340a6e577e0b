"""The codes of refusals are a closed set: documented, known to rules, and all that the recogniser ever says."""

from pathlib import Path

import pytest

from streams.languages import LANGUAGES
from streams.languages.identify import identify
from streams.lexicon import Lexicon
from streams.meetings import meetings
from streams.meetings.gold import read_gold
from streams.meetings.refusals import CODES, TEXTS, Refused
from streams.pipeline import NO_LANGUAGE
from streams.rules.finder import finder
from streams.rules.known import known
from streams.rules.load import check_rules

ROOT = Path(__file__).resolve().parents[3]
CONFIG = ROOT / "config"
RULE = """\
id: any
title: Any meeting
desks: [asia]
priority: routine
when: {with: [UZ]}
tests:
  - match: "Тоқаев Мирзиёевпен кездесті."
    at: 2025-06-11
  - no-match: "Тоқаев Мирзиёевке жеделхат жолдады."
    at: 2025-06-11
    because: %s
"""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.compile(CONFIG / "lexicon")


def test_every_code_is_documented() -> None:
    assert set(TEXTS) == set(CODES) == {code.value for code in Refused}
    assert all(text.strip() for text in TEXTS.values())


def test_nothing_else_is_ever_said(lexicon: Lexicon) -> None:
    said = {NO_LANGUAGE.code}
    for path in sorted((ROOT / "tests/corpus/open").glob("*.jsonl")):
        for gold in read_gold(path.read_bytes().splitlines()):
            language = identify(gold.title, gold.text, gold.lang)
            found = meetings(gold.article, LANGUAGES[language].text(gold.article.body), lexicon)
            said |= {reason.code for reason in found.refused}
    assert said <= CODES
    assert {"telegram", "ambassador", "recalled", "no-office", "sport", "business"} <= said


def test_a_misspelt_reason_is_a_problem(lexicon: Lexicon, tmp_path: Path) -> None:
    rule = tmp_path / "any.yaml"
    for word, problems in (("telegram", 0), ("telegramm", 1)):
        rule.write_text(RULE % word, encoding="utf-8")
        found = [str(each) for each in check_rules(tmp_path, known(lexicon, CONFIG), finder, [rule])]
        told = [each for each in found if "unknown reason" in each]
        assert len(told) == problems, found
        assert all("telegram" in each for each in told)
