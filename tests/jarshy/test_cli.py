"""The commands as a whole: a closed set, each with help; what goes wrong ends with a sentence."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from jarshy.cli import COMMANDS, main
from tests.jarshy.commands import ROOT, run

EVERY = {
    "demo", "up", "health",
    "rules check", "rules test", "rules explain", "rules new", "rules schema",
    "rules backtest", "rules quiet", "replay", "verify",
    "lexicon check", "lexicon forms", "lexicon holders", "lexicon interest",
    "feeds check", "feeds status", "feeds probe", "feeds conform",
    "desks check", "desks test", "desks send", "desks resume",
    "outbox list", "outbox retry", "outbox drop",
    "silences add", "silences list", "silences end",
    "dead list", "dead show", "dead replay", "dead drop",
    "topics init", "topics list",
    "schemas write",
    "evaluate forms", "evaluate meetings", "evaluate stories",
}  # fmt: skip


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command below a group."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


FOUND = list(commands(main))
IDS = [" ".join(path) for path, _ in FOUND]


def test_the_commands_are_these() -> None:
    assert {" ".join(path) for path, command in FOUND if not isinstance(command, click.Group)} == EVERY


@pytest.mark.parametrize(("path", "command"), FOUND, ids=IDS)
def test_every_command_and_option_has_help(path: tuple[str, ...], command: click.Command) -> None:
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0
    assert command.help
    assert command.help.splitlines()[0].endswith((".", ";")), "its first line is a sentence"
    assert all(option.help for option in command.params if isinstance(option, click.Option)), path


def test_every_command_is_in_the_overview() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    told = result.output.partition("Commands:")[2]
    assert [line.split()[0] for line in told.splitlines() if line.strip()] == list(COMMANDS)


def test_an_unknown_command_is_a_sentence() -> None:
    result = run("ruls")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No such command 'ruls'" in result.stderr


@pytest.mark.parametrize(
    "words",
    [["rules", "check"], ["lexicon", "check"], ["feeds", "check"], ["desks", "check"], ["lexicon", "holders", "UZ"]],
    ids=" ".join,
)
def test_without_a_configuration_one_sentence_says_what_to_set(words: list[str], tmp_path: Path) -> None:
    result = run(*words, config=tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "nowhere: set JARSHY_CONFIG" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_wrong_variable_is_named() -> None:
    result = run("rules", "check", JARSHY_CONFIGG="x")
    assert result.exit_code == 78
    assert not result.stdout


def test_the_installed_command_answers() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "jarshy", "rules", "new"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert ran.stdout.startswith("# yaml-language-server")


def test_a_terminal_without_our_letters_gets_question_marks() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "jarshy", "rules", "explain", "Tokajew \N{EM DASH} w Rzymie"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "1"},
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"Tokajew ? w Rzymie" in ran.stdout


def test_a_group_waits_only_for_what_it_needs() -> None:
    said = "import sys; from jarshy.cli import main; main.get_command(None, 'rules'); print(*sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"kafka", "apprise", "aiohttp", "faust"} & set(ran.stdout.split())
