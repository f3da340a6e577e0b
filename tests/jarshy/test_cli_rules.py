"""`jarshy rules`: faults all at once, tests through the real recogniser, explanations, a first file, the schema."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from streams.rules.starter import STARTER
from tests.jarshy.commands import SHIPPED, run, written

HELD = "Тоқаев Ташкентте Шавкат Мирзиёевпен транзит туралы келіссөз жүргізді."
CALL = "Tokajew rozmawiał telefonicznie z Władimirem Putinem"
FAULTY = """\
- id: My Rule
  title: Two faults
  priority: loud
  desks: [nobody]
  when: {with: [UZB], colour: green}
- id: second
  title: More
  priority: flash
  desks: [asia]
  when: {counterpart: [foreign-ministre], place: astna, about: [tranzit]}
"""
TESTED = """\
id: uzbeks
title: Uzbekistan
priority: routine
desks: [asia]
when: {{with: [UZ]}}
tests:
  - match: "{held}"
    at: 2024-08-08
  - {second}
    at: 2024-08-08
"""


def test_every_shipped_rule_file_passes() -> None:
    result = run("rules", "check")
    assert (result.exit_code, result.stderr) == (0, "")
    rules, topics, tests = map(int, re.findall(r"\d+", result.stdout))
    assert (rules >= 12, topics > 0, tests >= 3 * rules) == (True, True, True)


def test_files_may_be_named(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(STARTER.replace("UZ, TR", "UZ, TU"), encoding="utf-8")
    result = run("rules", "check", file)
    assert result.exit_code == 1
    assert re.match(rf"{re.escape(str(file))}:\d+:\d+: .*'TU'", result.stdout)
    assert run("rules", "check", SHIPPED / "rules" / "poland.yaml").stdout.startswith("all is well: 1 rule,")


def test_every_fault_at_once_with_its_place_and_mend(tmp_path: Path) -> None:
    config = written(tmp_path, rules_mine=FAULTY)
    result = run("rules", "check", config=config)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    places = [re.fullmatch(r".*/rules/mine\.yaml:(\d+):(\d+): (.+)", line) for line in lines]
    assert all(places)
    assert {int(place[1]) for place in places if place} == {1, 3, 4, 5, 10}
    for word in ("loud", "nobody", "UZB", "colour", "foreign-ministre", "astna", "tranzit", "My Rule"):
        assert any(repr(word) in line for line in lines), word
    assert "(did you mean 'foreign-minister'?)" in result.stdout
    assert f"{len(lines)} problems" in result.stderr


def test_a_broken_lexicon_is_told_the_same_way(tmp_path: Path) -> None:
    config = written(tmp_path, rules_mine=STARTER)
    (config / "lexicon" / "people.yaml").write_text("people: [{id: x, colour: red}]\n", encoding="utf-8")
    result = run("rules", "check", config=config)
    assert result.exit_code == 1
    assert re.search(r"lexicon/people\.yaml:1:\d+: unknown key 'colour'", result.stdout)


def test_new_prints_a_file_that_passes(tmp_path: Path) -> None:
    printed = run("rules", "new")
    assert (printed.exit_code, printed.stdout) == (0, STARTER)
    result = run("rules", "check", config=written(tmp_path, rules_mine=printed.stdout))
    assert result.exit_code == 0, result.output
    assert result.stdout == "all is well: 1 rule, 1 topic, 2 tests\n"


def test_schema_knows_the_words_of_the_configuration(tmp_path: Path) -> None:
    config = written(tmp_path)
    result = run("rules", "schema", config=config)
    assert (result.exit_code, result.stderr) == (0, "")
    schema = json.loads(result.stdout)
    assert schema["title"] == "A rule file of Jarshy"
    assert {"UZ", "EU", "central-asia"} <= set(schema["$defs"]["with"]["enum"])
    assert {"tokayev", "foreign-minister"} <= set(schema["$defs"]["counterpart"]["enum"])


def test_tests_that_hold(tmp_path: Path) -> None:
    second = f'no-match: "{CALL}"\n    because: with'
    config = written(tmp_path, rules_mine=TESTED.format(held=HELD, second=second))
    result = run("rules", "test", config=config)
    assert (result.exit_code, result.stdout) == (0, "all is well: 2 tests of 1 rule\n")


def test_a_test_that_fails_says_the_first_line_that_failed(tmp_path: Path) -> None:
    config = written(tmp_path, rules_mine=TESTED.format(held=HELD, second=f'match: "{CALL}"'))
    result = run("rules", "test", "--rule", "uzbeks", config=config)
    assert result.exit_code == 1
    assert "with: wanted UZ, found Russia" in result.stdout
    assert "mine.yaml:9" in result.stdout
    assert "1 of 2 tests failed" in result.stderr


def test_a_rule_that_is_not_there(tmp_path: Path) -> None:
    config = written(tmp_path, rules_mine=STARTER)
    for command in (["test"], ["explain", HELD]):
        result = run("rules", *command, "--rule", "my-frist-rule", config=config)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "did you mean 'my-first-rule'?" in result.stderr


def test_explain_a_text_meeting_by_meeting() -> None:
    result = run("rules", "explain", HELD, "--at", "2024-08-08")
    assert result.exit_code == 0
    assert "Kazakh, read as of 2024-08-08" in result.stdout
    assert "1  Kazakhstan – Uzbekistan" in result.stdout
    assert re.search(r"counterpart\s+Shavkat Mirziyoyev, President .*“Шавкат Мирзиёевпен”", result.stdout)
    assert re.search(r"place\s+Tashkent\s+“Ташкентте”", result.stdout)
    assert re.search(r"✔ uranium-or-transit", result.stdout)
    assert re.search(r"✘ poland .* with: wanted PL, found Uzbekistan", result.stdout)
    assert not re.search(r"\x1b\[", result.stdout), "no colours where nobody watches"


def test_explain_one_rule_line_by_line() -> None:
    result = run("rules", "explain", CALL, "--at", "2024-08-08", "--rule", "calls-with-putin", "--rule", "poland")
    assert result.exit_code == 0
    wanted, _, refused = result.stdout.partition("✘ poland")
    assert re.search(r"✔ calls-with-putin(.|\n)*✔ counterpart: Vladimir Putin(.|\n)*✔ form: phone-call", wanted)
    assert "✘ with: wanted PL, found Russia" in refused
    assert "any-bilateral" not in result.stdout


def test_explain_colours_the_words_that_prove_it() -> None:
    result = run("rules", "explain", HELD, FORCE_COLOR="1", TERM="xterm-256color")
    (line,) = (line for line in result.stdout.splitlines() if re.sub(r"\x1b\[[\d;]*m", "", line) == HELD)
    assert re.search(r"\x1b\[[\d;]*33m?[\d;]*mШавкат Мирзиёевпен\x1b", line)
    assert re.search(r"\x1b\[[\d;]+mкеліссөз жүргізді\x1b", line)


def test_explain_a_file_takes_its_title_and_dateline(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(f"{CALL}\n5 listopada 2024\nPrezydenci mówili o handlu.\n", encoding="utf-8-sig")
    result = run("rules", "explain", file)
    assert "Polish, read as of 2024-11-05" in result.stdout
    assert "in the headline" in result.stdout


def test_explain_what_is_no_meeting() -> None:
    text = "توكاييف يبعث برقية تهنئة إلى رئيس صربيا بمناسبة العيد الوطني لبلاده"
    result = run("rules", "explain", "-", stdin=text)
    assert result.exit_code == 0
    assert "Arabic" in result.stdout
    assert "No bilateral meeting of Kazakhstan is its news." in result.stdout
    assert result.stdout.rstrip().splitlines()[-1].split()[0] in ("telegram", "no-meeting")


def test_explain_another_language() -> None:
    result = run("rules", "explain", "The weather was fine in London and everybody went for a long walk by the river.")
    assert result.exit_code == 0
    assert "another language" in result.stdout
    assert "other-language" in result.stdout


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("note-that-is-not-there.txt", "there is no file"),
        ("http://127.0.0.1:9/article", "save the article's text to a file"),
        ("http://", "is no address that can be fetched"),
        ("   ", "there is no text in it"),
    ],
)
def test_explain_nothing_is_a_sentence(source: str, told: str) -> None:
    result = run("rules", "explain", source)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr


PAGE = f"""<html><head><title>Келіссөз</title></head><body><nav>Басты бет</nav><article><h1>Ташкенттегі келіссөз</h1>
<p>{HELD}</p><p>Екі ел басшысы көлік дәліздерін кеңейтуге уағдаласты, олар арнайы жұмыс тобын құрады.</p></article>
</body></html>"""


class Site(BaseHTTPRequestHandler):
    """A site whose robots may read everything but /closed."""

    def do_GET(self) -> None:
        robots = self.path == "/robots.txt"
        body = ("User-agent: *\nDisallow: /closed" if robots else PAGE).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain" if robots else "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """Return the address of a site on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_explain_the_article_at_an_address(site: str) -> None:
    result = run("rules", "explain", f"{site}/article", "--at", "2024-08-08", "--allow-private")
    assert result.exit_code == 0, result.stderr
    assert "1  Kazakhstan – Uzbekistan" in result.stdout
    assert "Басты бет" not in result.stdout


def test_explain_fetches_only_what_it_may(site: str) -> None:
    closed = run("rules", "explain", f"{site}/closed", "--allow-private")
    assert (closed.exit_code, closed.stdout) == (1, "")
    assert "is not for robots" in closed.stderr
    guarded = run("rules", "explain", f"{site}/article")
    assert (guarded.exit_code, guarded.stdout) == (1, "")


def test_explain_words_that_are_not_utf8() -> None:
    result = run("rules", "explain", "Tokajew \udcb3 w Rzymie")
    assert result.exit_code == 0
    assert "Tokajew ? w Rzymie" in result.stdout


def test_explain_what_is_not_utf8() -> None:
    result = run("rules", "explain", "-", stdin="Toк".encode("cp1251"))
    assert result.exit_code == 1
    assert "is not UTF-8 (byte 2)" in result.stderr


def test_a_rule_without_a_test_is_named(tmp_path: Path) -> None:
    untested = TESTED.partition("tests:")[0].format()
    config = written(tmp_path, rules_mine=untested)
    for command in ("check", "test"):
        result = run("rules", command, config=config)
        assert (result.exit_code, result.stdout.startswith("all is well")) == (0, True)
        assert "without a test, so nobody knows what they do: uzbeks" in result.stderr


@pytest.mark.parametrize(
    ("word", "code"), [("Polska", "PL"), ("Польша", "PL"), ("بولندا", "PL"), ("UZ, KG", "[UZ, KG]")]
)
def test_a_country_by_its_name_in_any_language(tmp_path: Path, word: str, code: str) -> None:
    config = written(tmp_path, rules_mine=TESTED.partition("tests:")[0].format().replace("[UZ]", f'"{word}"'))
    result = run("rules", "check", config=config)
    assert (result.exit_code, f"unknown country or group '{word}' (write {code})" in result.stdout) == (1, True)
