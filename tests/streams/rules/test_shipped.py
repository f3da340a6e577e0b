"""The rules, topics and schema that ship: right, tested in three languages, current."""

import json
import re
from collections import defaultdict
from functools import cache

from streams.languages import LANGUAGES
from streams.rules.finder import finder
from streams.rules.judge import sight
from streams.rules.known import known
from streams.rules.load import check_rules, rule_files
from streams.rules.ruleset import RuleSet, Topic
from streams.rules.schema import schema_text
from tests.shipped import CONFIG, lexicon
from tests.streams.rules.world import repository

SCHEMA = repository() / "docs" / "schemas" / "rule.schema.json"
REGENERATE = ".venv/bin/jarshy rules schema > docs/schemas/rule.schema.json"


@cache
def shipped() -> RuleSet:
    """Return the shipped rules."""
    checked = check_rules(CONFIG, known(lexicon(), CONFIG), finder)
    assert checked.rules, "\n".join(map(str, checked.problems))
    return checked.rules


def language(text: str) -> str:
    """Return the language of a test by its letters."""
    if re.search(r"[\u0600-\u06ff]", text):
        return "ar"
    return "kk" if re.search(r"[\u0400-\u04ff]", text) else "pl"


def test_there_are_rules_for_a_desk_to_start_with() -> None:
    assert len(shipped().rules) >= 12
    assert {desk for rule in shipped().rules for desk in rule.desks} == {"asia", "europe", "gulf", "diplomacy"}


def test_the_general_rule_is_there() -> None:
    general = shipped().rule("any-bilateral")
    assert general
    assert general.desks == ("diplomacy",)
    assert all(block.follow for block in general.when)


def test_every_rule_is_tested_in_every_language_both_ways() -> None:
    for rule in shipped().rules:
        found = defaultdict(set)
        for test in rule.tests:
            found[test.match].add(language(test.text))
        spoken = {key for clause in rule.when[0].clauses if clause.line == "language" for key in clause.keys}
        assert found[True] == (spoken or {"kk", "pl", "ar"}), rule.id
        assert found[True] | found[False] == {"kk", "pl", "ar"}, rule.id
        assert found[False], rule.id


def test_topics_hold_where_the_tests_say() -> None:
    for rule in shipped().rules:
        wanted = {
            line: {key for block in rule.when for clause in block.clauses if clause.line == line for key in clause.keys}
            for line in ("about", "mentions")
        }
        for test in rule.tests:
            sighted = sight(shipped(), LANGUAGES[language(test.text)].text(test.text))  # type: ignore[index]
            for line, found in (("about", sighted.about), ("mentions", sighted.mentions)):
                if line in test.because:
                    assert wanted[line].isdisjoint(found), (rule.id, test.text)
                elif test.match and wanted[line] and len(rule.when) == 1:
                    assert not wanted[line].isdisjoint(found), (rule.id, test.text)


def test_every_lemma_of_every_topic_is_found() -> None:
    document = check_rules(CONFIG, known(lexicon(), CONFIG), finder)
    assert document.rules
    topics = [topic for topic in shipped().topics if topic.words]
    for number, topic in enumerate(topics):
        for code, lemmas in topic.words:
            for lemma in lemmas:
                found = finder([Topic(topic.name, ((code, (lemma,)),))])(LANGUAGES[code].text(lemma))  # type: ignore[index]
                assert list(found), (number, topic.name, code, lemma)


def test_every_shipped_file_teaches() -> None:
    assert all("#" in path.read_text() for path in rule_files(CONFIG))


def test_the_schema_is_current() -> None:
    desks = sorted(known(lexicon(), CONFIG).desks or ())
    text = schema_text(known(lexicon(), CONFIG).names, desks)
    assert SCHEMA.read_text() == text, f"run: {REGENERATE}"


def test_the_schema_refers_to_what_it_defines() -> None:
    schema = json.loads(SCHEMA.read_text())
    referred = set(re.findall(r'"#/\$defs/(\w+)"', SCHEMA.read_text()))
    assert referred == set(schema["$defs"])
    assert schema["$defs"]["Rule"]["properties"]["priority"]["enum"] == ["flash", "routine", "urgent"]
    assert {"central-asia", "PL", "EU"} <= set(schema["$defs"]["with"]["enum"])
    assert set(schema["$defs"]["Block"]["properties"]) | {"follow"} == set(schema["$defs"]["When"]["properties"])


def test_every_shipped_file_names_the_schema() -> None:
    for path in rule_files(CONFIG):
        told = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text())
        assert told, path
        assert (path.parent / told[1]).resolve() == SCHEMA
