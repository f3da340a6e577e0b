"""A folder of rule files: read whole, every fault at once, one hash; followed while a worker runs."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.rules.load import RuleSource, check_rules, load_rules
from tests.streams.rules.world import KNOWN, compiled, rule, whole_words
from wire.files import Problems

TOPIC = "topics: {uranium: {kk: [уран], pl: [uran], ar: [يورانيوم]}}"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return a configuration folder of two rules and a named topic."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "rules" / "one.yaml").write_text(rule("one", "{with: UZ, about: oil}"))
    (tmp_path / "rules" / "two.yaml").write_text(rule("two", "{with: CN}"))
    (tmp_path / "lexicon" / "topics.yaml").write_text("oil: {kk: [мұнай], pl: [ropa naftowa], ar: [نفط]}\n")
    return tmp_path


def touch(path: Path, text: str) -> None:
    """Write a file so that its looks change, however coarse the clock."""
    path.write_text(text)
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1_000_000_000))


def test_a_folder_becomes_a_set(config: Path) -> None:
    rules = load_rules(config, KNOWN, whole_words)
    assert [each.id for each in rules.rules] == ["one", "two"]
    assert rules.rule("two") is rules.rules[1]
    assert rules.rule("three") is None


def test_files_may_be_named_alone(config: Path) -> None:
    assert [each.id for each in load_rules(config, KNOWN, whole_words, [config / "rules" / "one.yaml"]).rules] == [
        "one"
    ]


def test_faults_of_all_files_are_found_at_once(config: Path) -> None:
    (config / "rules" / "three.yaml").write_text(rule("one", "{with: ZZ}"))
    (config / "rules" / "four.yaml").write_text("id: [\n")
    (config / "rules" / "five.yaml").write_bytes(b"\xff\xfe")
    (config / "rules" / "six.yaml").write_text("id: six\nid: seven\n")
    (config / "lexicon" / "topics.yaml").write_text(
        "oil: {kk: [мұнай], pl: [ropa naftowa], ar: [oil]}\nhot: {en: [a]}\n"
    )
    with pytest.raises(Problems) as caught:
        load_rules(config, KNOWN, whole_words)
    names = {Path(each.file).name for each in caught.value.problems}
    assert names == {"three.yaml", "four.yaml", "five.yaml", "six.yaml", "topics.yaml"}


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert [each.what for each in check_rules(tmp_path, KNOWN, whole_words).problems] == ["holds no rule file"]


def test_the_hash_is_that_of_the_meaning(config: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    before = load_rules(config, KNOWN, whole_words).hash
    (config / "rules" / "one.yaml").rename(config / "rules" / "zzz.yaml")
    (config / "rules" / "two.yaml").write_text(
        "# a comment\ndesks:\n  - asia\nwhen:\n  with:\n    - CN\nid: two\ntitle: A rule\npriority: routine\n"
    )
    assert load_rules(config, KNOWN, whole_words).hash == before
    (config / "lexicon" / "topics.yaml").write_text("oil: {kk: [мұнай], pl: [ropa naftowa], ar: [نفط, بترول]}\n")
    assert load_rules(config, KNOWN, whole_words).hash != before


@given(st.permutations(["one", "two", "three"]), st.sampled_from(["UZ", "CN", "EU"]))
def test_the_hash_knows_no_order_but_every_change(order: list[str], partner: str) -> None:
    files = {
        "one": rule("one", "[{with: [UZ, CN], about: uranium}, {form: visit}]", TOPIC),
        "two": rule("two", "{with: EU}"),
    }
    changed = {**files, "three": rule("three", f"{{with: {partner}, place: KZ}}")}
    usual = compiled(*changed.values()).hash
    assert compiled(*(changed[name] for name in order)).hash == usual
    assert compiled(*files.values()).hash != usual
    for old, new in (("[UZ, CN]", "[CN, UZ]"), ("[{with", "[{  with"), ("title: A rule", "title:   A rule")):
        assert compiled(files["one"].replace(old, new), files["two"], changed["three"]).hash == usual
    for old, new in (("routine", "urgent"), ("[asia]", "[europe]"), ("A rule", "Another"), ("with: EU", "with: NO")):
        assert compiled(files["one"], files["two"].replace(old, new), changed["three"]).hash != usual


def test_a_source_follows_its_files(config: Path) -> None:
    source = RuleSource(config, KNOWN, whole_words)
    first = source.current()
    assert source.refresh() is False
    touch(config / "rules" / "two.yaml", rule("two", "{with: NO}"))
    assert source.refresh() is True
    assert source.current().hash != first.hash
    assert source.problems() == ()


def test_a_broken_file_leaves_the_last_good_set(config: Path) -> None:
    source = RuleSource(config, KNOWN, whole_words)
    good = source.current()
    touch(config / "rules" / "two.yaml", rule("two", "{with: [Norwegia]}"))
    assert source.refresh() is True
    assert source.current() is good
    assert [(Path(each.file).name, each.line) for each in source.problems()] == [("two.yaml", 5)]
    assert source.refresh() is False
    assert source.problems()
    touch(config / "rules" / "two.yaml", rule("two", "{with: CN}"))
    assert source.refresh() is True
    assert source.problems() == ()
    assert source.current().hash == good.hash


def test_files_that_come_and_go_are_changes(config: Path) -> None:
    source = RuleSource(config, KNOWN, whole_words)
    touch(config / "rules" / "three.yaml", rule("three", "{with: KG}"))
    assert source.refresh() is True
    assert len(source.current().rules) == 3
    (config / "rules" / "three.yaml").unlink()
    assert source.refresh() is True
    assert len(source.current().rules) == 2
    shutil.rmtree(config / "rules")
    assert source.refresh() is True
    assert len(source.current().rules) == 2
    assert source.problems()


def test_a_file_touched_but_not_changed_is_no_change(config: Path) -> None:
    source = RuleSource(config, KNOWN, whole_words)
    touch(config / "rules" / "two.yaml", (config / "rules" / "two.yaml").read_text())
    assert source.refresh() is False


def test_a_source_that_never_was_good_does_not_start(config: Path) -> None:
    (config / "rules" / "two.yaml").write_text("id: [")
    with pytest.raises(Problems):
        RuleSource(config, KNOWN, whole_words)
