"""What is not YAML is told in a newcomer's words, where the slip is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.files import read_text
from wire.files.syntax import strange_letter

SLIPS = [
    ("a:\n\tb: 1\n", 2, 1, "a tab stands before the first word", "spaces"),
    ("a:\n\u00a0 b: 1\n  c: 2\n", 2, 1, "a no-break space stands", "spaces"),
    ("a:\n  b: 1\n    c: 2\n", 3, 5, "deeper than the one above", "same column"),
    ("a:\n  b: [1]\n    c: 2\n", 3, 5, "begins in column 5", "same column"),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "begins in column 2", "same column"),
    ("a: one: two\n", 1, 7, "a second colon", "quotes"),
    ('a: "one "two" three"\n', 1, 10, "behind the end of the value", "«»"),
    ("a: 1\nb: 'one\nc: 2\n", 2, 4, "the quote that opens here is never closed", "close it"),
    ("a: 1\nb: [one, two\nc: 2\n", 2, 4, "the [ that opens here is never closed", "comma"),
    ("a: {b: 1\nc: 2\n", 1, 4, "the { that opens here is never closed", "close it with }"),
    ("a: 1\nb:2\nc: 3\n", 2, 1, "no colon with a space behind it", "key: value"),
    ("a: @desk\n", 1, 4, "a value cannot begin with @", "quotes"),
    ("a: %5\n", 1, 4, "a value cannot begin with %", "quotes"),
    ("a: *\n", 1, 4, "a value cannot begin with *", "quotes"),
    ("a: 1\n---\nb: 2\n", 2, 1, "a second document", "remove it"),
    ("a: 1\nb: \x01\n", 2, 4, "a character that nobody sees (U+0001)", "remove it"),
    ('a: "one\nb: 1\nc: "two"\n', 1, 4, "closed only on line 3", "close it"),
    ("a: 1\nb: !!python/name:os.system 2\n", 2, 4, "has a tag (!name)", "remove it"),
]


@pytest.mark.parametrize(("text", "line", "column", "what", "mend"), SLIPS)
def test_each_slip_is_told_where_it_is(text: str, line: int, column: int, what: str, mend: str) -> None:
    _, (problem,) = read_text(text, "f.yaml")
    assert (what in problem.what, mend in problem.mend) == (True, True), problem
    assert (problem.line, problem.column) == (line, column), problem


@given(st.text(alphabet="ab:-[]{}\"'\t \n#&*!|>%@,?\u00a0\u2028", max_size=60))
def test_a_slip_lies_in_the_text(text: str) -> None:
    _, problems = read_text(text, "f.yaml")
    for problem in problems:
        assert 1 <= problem.line <= text.count("\n") + text.count("\u2028") + 2
        assert problem.what


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("titl\u0435", "its '\u0435', letter 5, is Cyrillic and no Latin letter"),
        ("title", ""),
        ("Türkiye", ""),
        ("уран", ""),
        ("", ""),
    ],
)
def test_a_letter_of_another_script_is_told(word: str, told: str) -> None:
    assert strange_letter(word) == told
