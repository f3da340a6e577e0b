"""People's files: every fault at once, each with its place and what to do."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire import files


class Desk(msgspec.Struct):
    """A shape to read."""

    name: str
    size: int = 1
    mood: str | list[str] = "calm"


class Sheet(msgspec.Struct):
    """A file of them."""

    desks: list[Desk]


def faults(text: str) -> list[str]:
    document, problems = files.read_text(text, "desks.yaml")
    if problems:
        return [str(problem) for problem in problems]
    return [str(problem) for problem in files.check(document, Sheet)[1]]


def test_a_right_file_is_its_value() -> None:
    document, problems = files.read_text("desks:\n  - name: asia\n    size: 3\n", "desks.yaml")
    assert not problems
    assert files.check(document, Sheet) == (Sheet([Desk("asia", 3)]), [])


def test_every_fault_is_told_at_once_with_its_place_and_its_mend() -> None:
    assert faults("desks:\n  - nam: asia\n    size: big\n  - name: gulf\n    mood: {a: b}\n") == [
        "desks.yaml:2:5: unknown key 'nam' (did you mean 'name'?)",
        "desks.yaml:2:5: 'name' is missing (add a line name: ...)",
        "desks.yaml:3:5: 'big' does not fit here: expected a whole number, got text",
        "desks.yaml:5:5: {'a': 'b'} does not fit here: expected text or a list, got a block of lines (key: value)",
    ]


def test_a_key_that_stands_twice_is_a_fault() -> None:
    fault = "desks.yaml:2:1: 'desks' stands here twice (first on line 1) (keep one)"
    assert faults("desks: []\ndesks: []\n") == [fault]


@pytest.mark.parametrize("word", ["NO", "yes", "on", "22:00", "1_000", "0x1f", "2024-01-01", "1.2.3"])
def test_yaml_1_2_leaves_words_alone(word: str) -> None:
    assert files.read_text(f"a: {word}", "f")[0].value == {"a": word}


@pytest.mark.parametrize(("word", "value"), [("true", True), ("~", None), ("012", 12), ("-3", -3), ("1e3", 1000.0)])
def test_yaml_1_2_reads_its_own(word: str, value: object) -> None:
    assert files.read_text(f"a: {word}", "f")[0].value == {"a": value}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [1,\nb: 2", "the [ that opens here is never closed"),
        ("[" * 100_000, "is nested too deeply"),
        ("- " * 100_000, "is nested too deeply"),
        ("a: &x [1]\nb: [*x, *x]", "is an alias"),
        ("\x00", "a character that nobody sees"),
    ],
)
def test_what_is_no_usable_yaml_is_a_problem_and_no_crash(text: str, fault: str) -> None:
    assert fault in faults(text)[0]


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    document, problems = files.read_text(text, "f")
    assert problems or document.value is None or document.marks


def test_a_file_that_is_not_there_or_not_utf8_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(files.Problems, match="cannot be read"):
        files.load(tmp_path / "none.yaml", Sheet)
    (tmp_path / "latin.yaml").write_bytes("desks: [\u0119]".encode("iso-8859-2"))
    with pytest.raises(files.Problems, match="is not UTF-8"):
        files.load(tmp_path / "latin.yaml", Sheet)
