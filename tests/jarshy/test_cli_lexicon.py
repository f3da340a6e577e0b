"""`jarshy lexicon`: faults and doubts of the files, forms and homographs of a word, who held which office."""

import re
from pathlib import Path

import pytest

from streams.languages import LANGUAGES, Code
from tests.jarshy.commands import run, written

DOUBLE = """
  - {id: other-one, country: UZ, en: Other One, kk: [Басқа Біреу], ar: [شخص آخر],
     holds: [{office: head-of-state, from: 2020-01-01}]}
  - {id: stranger, country: XQ, en: A Stranger, kk: [Бөтен Адам], pl: [Obcy Człowiek], ar: [رجل غريب],
     holds: [{office: king, from: 2021-01-01, to: 2020-01-01}]}
"""


def test_the_shipped_lexicon_is_well_and_counts_its_doubts() -> None:
    result = run("lexicon", "check")
    assert result.exit_code == 0
    assert re.search(r"all is well: .* unsure facts \(--unsure lists them\)\n$", result.stdout)
    assert "Not sure of" not in result.stdout


def test_doubts_are_listed_where_asked_for() -> None:
    result = run("lexicon", "check", "--unsure")
    assert "Not sure of" in result.stdout
    assert re.search(r"people\.yaml:\d+ +│ atamkulov", result.stdout)
    faults = re.findall(r"^\S+/(\w+)\.yaml:\d+:\d+: .+", result.stdout, re.MULTILINE)
    assert not {"people", "offices", "countries"} & set(faults)
    assert result.exit_code == (1 if faults else 0)


def test_every_fault_at_once(tmp_path: Path) -> None:
    config = written(tmp_path)
    people = config / "lexicon" / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8") + DOUBLE, encoding="utf-8")
    result = run("lexicon", "check", config=config)
    assert result.exit_code == 1
    for fault in (
        "'other-one' has no Polish form (add pl: [...])",
        "'other-one' and 'mirziyoyev' are both head-of-state of UZ from 2020-01-01",
        "unknown country 'XQ'",
        "unknown office 'king'",
        "'stranger' leaves king before taking it",
    ):
        assert re.search(rf"people\.yaml:\d+:\d+: .*{re.escape(fault)}", result.stdout), fault


def test_files_that_cannot_be_read_are_problems(tmp_path: Path) -> None:
    config = written(tmp_path)
    (config / "lexicon" / "cities.yaml").write_text("cities: {a: 1\n", encoding="utf-8")
    (config / "lexicon" / "offices.yaml").unlink()
    result = run("lexicon", "check", config=config)
    assert result.exit_code == 1
    assert re.search(r"cities\.yaml:1:9: the { that opens here is never closed", result.stdout)
    assert "offices.yaml:1:1: cannot be read" in result.stdout


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("Тоқаев", "kk", {"тоқаев", "тоқаевпен", "тоқаевтың"}),
        ("Katar", "pl", {"katar", "kataru", "katarem", "katarze"}),
        ("رئيس", "ar", {"رئيس", "والرئيس", "برئيس"}),
    ],
)
def test_forms(word: str, language: Code, expected: set[str]) -> None:
    result = run("lexicon", "forms", word, "--lang", language)
    assert result.exit_code == 0
    assert {LANGUAGES[language].fold(form) for form in expected} <= set(result.stdout.split())
    assert re.match(r"\d+ forms? as ", result.stderr)


def test_forms_of_a_verb_are_a_sample_unless_all_are_asked_for() -> None:
    some = run("lexicon", "forms", "келісу", "--lang", "kk", "--pos", "verb")
    every = run("lexicon", "forms", "келісу", "--lang", "kk", "--pos", "verb", "--all")
    assert len(some.stdout.split()) == 400
    assert "400 shown (--all for the rest)" in some.stderr
    assert len(every.stdout.split()) > 1000


def test_homographs_are_warned_of() -> None:
    result = run("lexicon", "forms", "عمان", "--lang", "ar")
    assert "warning: عمان itself means more than one thing, country OM among them" in result.stderr
    assert "city amman" in result.stderr
    result = run("lexicon", "forms", "Jordan", "--lang", "pl")
    assert "warning: jordanie would also be country JO" in result.stderr


def test_what_the_word_itself_means_is_no_warning() -> None:
    result = run("lexicon", "forms", "Duda", "--lang", "pl")
    assert "Duda is in the lexicon: person duda" in result.stderr
    assert "warning" not in result.stderr


@pytest.mark.parametrize("word", ["Wielka Brytania", "", "!"])
def test_forms_are_of_one_word(word: str) -> None:
    result = run("lexicon", "forms", word, "--lang", "pl")
    assert result.exit_code == 1
    assert "is not one word" in result.stderr


def test_holders_on_a_day() -> None:
    result = run("lexicon", "holders", "cn", "--at", "2022-05-05")
    assert result.exit_code == 0
    assert "China on 2022-05-05" in result.stdout
    assert re.search(r"head-of-government +│ Li Keqiang", result.stdout)
    assert "Li Qiang" not in result.stdout


def test_holders_in_all_years_the_newest_first() -> None:
    result = run("lexicon", "holders", "China")
    assert result.stdout.index("Li Qiang") < result.stdout.index("Li Keqiang")


def test_holders_of_nowhere() -> None:
    assert "did you mean 'Poland'?" in run("lexicon", "holders", "Polnd").stderr
    result = run("lexicon", "holders", "UZ", "--at", "1950-01-01")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "knows no office-holder of Uzbekistan on 1950-01-01" in result.stderr
