"""`jarshy feeds`, `desks`, `outbox`: files checked, secrets named and never shown, messages really sent."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.outbox import Outbox
from alerts.outbox_taking import Verdict, Wish
from jarshy.chat.records import Fault
from jarshy.chat.server import ChatThread
from tests.alerts.samples import AT_ONCE, NOW, alert, message
from tests.jarshy.commands import run
from wire.records import Outcome, Reason

TOKEN = "110201543:AAhiddenhiddenhiddenhidden-y"
DESKS = """\
receivers:
  almaty: {url: 'tgram://${BOT}/${CHAT}', frame: kk, zone: Asia/Almaty}
  riyadh: {url: 'tgram://${BOT}/${OTHER_CHAT}', frame: ar}
  trouble: {url: 'slack://${HOOK}', frame: en}
desks: {asia: [almaty], gulf: [riyadh, almaty]}
operators: [trouble]
routes:
  - match: {country: SA}
    desks: [gulf]
"""
SECRETS = {"BOT": TOKEN, "CHAT": "-100777", "OTHER_CHAT": "-100888", "HOOK": "T0AAAAAA/B0BBBBBB/cchiddencchiddencc"}


@pytest.fixture
def chat() -> Iterator[ChatThread]:
    with ChatThread() as running:
        yield running


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "desks.yaml").write_text(DESKS, encoding="utf-8")
    return tmp_path


def test_the_shipped_feeds() -> None:
    result = run("feeds", "check")
    assert (result.exit_code, result.stderr) == (0, "")
    for language in ("Kazakh", "Polish", "Arabic"):
        assert re.search(rf"{language} +│ [1-9]", result.stdout)
    assert re.search(r"all is well: \d+ feeds", result.stdout)


def test_faults_of_feeds_at_once(tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_text(
        "feeds:\n"
        "  - {id: one, url: 'ftp://example.org/x', language: kk, outlet: One}\n"
        "  - {id: one, url: 'https://example.org/y', language: kk, outlet: Two, interval: 1s}\n",
        encoding="utf-8",
    )
    result = run("feeds", "check", config=tmp_path)
    assert result.exit_code == 1
    assert [re.search(r"feeds\.yaml:(\d+):", line)[1] for line in result.stdout.splitlines()] == ["2", "3", "3"]  # type: ignore[index]
    assert "3 problems" in result.stderr


def test_the_shipped_desks_without_secrets() -> None:
    result = run("desks", "check", "--no-secrets")
    assert result.exit_code == 0, result.output
    assert "secrets were not looked at" in result.stdout


def test_missing_secrets_are_named(config: Path) -> None:
    result = run("desks", "check", config=config, BOT=TOKEN, CHAT="-100777")
    assert result.exit_code == 1
    assert "these secrets are not set: HOOK, OTHER_CHAT" in result.stdout
    assert "hidden" not in result.output


def test_desks_with_all_they_need(config: Path) -> None:
    result = run("desks", "check", config=config, **SECRETS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.search(r"almaty +│ tgram +│ kk +│ Asia/Almaty +│ first.* │ asia, gulf", result.stdout)
    assert "all is well: 3 receivers, 2 desks, 1 route\n" in result.stdout
    assert "hidden" not in result.output


def test_faults_of_desks_at_once(config: Path) -> None:
    text = DESKS.replace("Asia/Almaty", "Asia/Almty").replace("desks: [gulf]", "desks: [gulff]")
    (config / "desks.yaml").write_text(text, encoding="utf-8")
    result = run("desks", "check", config=config, **SECRETS)
    assert result.exit_code == 1
    assert "desks.yaml:2:" in result.stdout
    assert "did you mean 'gulf'?" in result.stdout


@pytest.mark.parametrize(
    ("receiver", "to", "words"),
    [
        ("almaty", "-100777", "Сынақ хабарлама"),
        ("riyadh", "-100888", "رسالة تجريبية"),
        ("trouble", "T0AAAAAA/B0BBBBBB", "A test message"),
    ],
)
def test_send_reaches_the_chat_with_that_receivers_secrets_alone(
    config: Path, chat: ChatThread, receiver: str, to: str, words: str
) -> None:
    needed = {"almaty": ("BOT", "CHAT"), "riyadh": ("BOT", "OTHER_CHAT"), "trouble": ("HOOK",)}[receiver]
    environ = {name: SECRETS[name] for name in needed}
    environ |= {"JARSHY_TELEGRAM_API": chat.address, "JARSHY_SLACK_API": chat.address}
    result = run("desks", "send", receiver, config=config, **environ)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{receiver} (")
    (told,) = chat.chat.to(to)
    assert told.text.lstrip("\u200f").startswith(words)
    assert not told.silent


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault(status=401), "did not take it"),
        (Fault(status=403, text=f"Forbidden: {TOKEN} was blocked"), "did not take it"),
        (Fault(status=429, retry_after=7), "asked to wait 7 s"),
        (Fault(status=500), "500"),
    ],
)
def test_send_says_why_it_was_refused_and_shows_no_secret(
    config: Path, chat: ChatThread, fault: Fault, told: str
) -> None:
    chat.chat.fail_always("-100777", fault)
    result = run("desks", "send", "almaty", config=config, JARSHY_TELEGRAM_API=chat.address, **SECRETS)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert "hidden" not in result.output


def test_send_to_nobody(config: Path) -> None:
    result = run("desks", "send", "almty", config=config, **SECRETS)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean 'almaty'?" in result.stderr
    result = run("desks", "send", "almaty", config=config)
    assert "these secrets are not set: BOT, CHAT" in result.stderr


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An outbox with an alert owed to one receiver, told to another, and kept for a parked one."""
    kept = Outbox(tmp_path / "data" / "outbox.db")
    record = alert()
    kinds = frozenset({record.kind})
    kept.take(record, message(record), [Wish(name, kinds) for name in ("almaty", "riyadh", "trouble")], NOW)
    for name, verdict in (
        ("riyadh", Verdict(Outcome.SENT)),
        ("trouble", Verdict(Outcome.PARKED, Reason(code="blocked", text="the bot was blocked"))),
    ):
        due = kept.begin(name, kept.next_turn(name, AT_ONCE, NOW).bundle)
        assert due
        kept.record(due, verdict, NOW)
    kept.close()
    return tmp_path / "data"


def states(output: str) -> dict[str, str]:
    return {row[2].strip(): row[3].strip() for line in output.splitlines() if len(row := line.split("│")) > 4}


def test_outbox_lists_what_is_open_with_its_reason(data: Path) -> None:
    result = run("outbox", "list", JARSHY_DATA=str(data))
    assert result.exit_code == 0
    assert states(result.stdout) == {"almaty": "owed", "trouble": "parked"}
    assert "blocked: the bot was blocked" in result.stdout
    assert "1 owed, 1 parked, 1 sent" in result.stdout


def test_outbox_lists_what_is_asked_for(data: Path) -> None:
    every = run("outbox", "list", "--all", JARSHY_DATA=str(data))
    assert states(every.stdout) == {"almaty": "owed", "riyadh": "sent", "trouble": "parked"}
    sent = run("outbox", "list", "--state", "sent", JARSHY_DATA=str(data))
    assert states(sent.stdout) == {"riyadh": "sent"}
    one = run("outbox", "list", "--receiver", "almaty", JARSHY_DATA=str(data))
    assert states(one.stdout) == {"almaty": "owed"}
    newest = run("outbox", "list", "--all", "--last", "1", JARSHY_DATA=str(data))
    assert states(newest.stdout) == {"trouble": "parked"}
    assert "the newest 1 of 3" in newest.stdout


def test_resume_gives_a_parked_receiver_a_second_chance(config: Path, data: Path) -> None:
    result = run("desks", "resume", "trouble", config=config, JARSHY_DATA=str(data))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "it is owed 1 message" in result.stdout
    kept = Outbox(data / "outbox.db")
    turn = kept.next_turn("trouble", AT_ONCE, NOW + timedelta(seconds=1))
    kept.close()
    assert turn.bundle


def test_without_an_outbox_a_sentence_says_where_it_was_looked_for(config: Path, tmp_path: Path) -> None:
    for words in (["outbox", "list"], ["desks", "resume", "almaty"]):
        result = run(*words, config=config, JARSHY_DATA=str(tmp_path / "none"))
        assert result.exit_code == 1
        assert "there is no outbox" in result.stderr
        assert not (tmp_path / "none").exists()


def test_a_file_that_is_no_outbox_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "outbox.db").write_bytes(b"not a database at all, but long enough to be read as one" * 40)
    result = run("outbox", "list", JARSHY_DATA=str(tmp_path))
    assert result.exit_code == 1
    assert "cannot be used" in result.stderr


def rows(data: Path) -> dict[str, dict[str, object]]:
    kept = Outbox(data / "outbox.db")
    try:
        return {str(row["receiver"]): row for row in kept.rows()}
    finally:
        kept.close()


def test_a_delivery_may_be_dropped_with_a_reason(data: Path) -> None:
    id = str(rows(data)["almaty"]["id"])
    result = run("outbox", "drop", id, "--reason", "a test of ours", JARSHY_DATA=str(data))
    assert (result.exit_code, result.stdout) == (0, f"{id} is dropped\n")
    assert (rows(data)["almaty"]["state"], rows(data)["almaty"]["reason"]) == ("suppressed", "dropped")
    again = run("outbox", "retry", id, JARSHY_DATA=str(data))
    assert again.exit_code == 1
    assert "cannot be sent: it is suppressed" in again.stderr


def test_a_delivery_may_be_let_go(data: Path) -> None:
    id = str(rows(data)["almaty"]["id"])
    result = run("outbox", "retry", id, JARSHY_DATA=str(data))
    assert (result.exit_code, result.stderr) == (0, "")
    assert rows(data)["almaty"]["reason"] == "released"
    nobody = run("outbox", "retry", "dlv-none", JARSHY_DATA=str(data))
    assert "there is none of this id" in nobody.stderr


def test_silences_are_made_shown_and_ended(data: Path) -> None:
    words = ("--country", "UZ", "--for", "8h", "--author", "Asel", "--reason", "training")
    made = run("silences", "add", *words, JARSHY_DATA=str(data))
    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout.startswith("silence 1 holds country UZ, by Asel: training till ")
    listed = run("silences", "list", JARSHY_DATA=str(data))
    assert re.search(r"1 .*│ UZ .*│ Asel +│ training", listed.stdout)
    assert run("silences", "end", "1", JARSHY_DATA=str(data)).exit_code == 0
    assert run("silences", "list", JARSHY_DATA=str(data)).stdout == "nothing is silenced\n"
    assert "there is no silence 1 in force" in run("silences", "end", "1", JARSHY_DATA=str(data)).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--for", "8h", "--author", "A", "--reason", "r"), "nobody may silence everything"),
        (("--country", "UZ", "--for", "soon", "--author", "A", "--reason", "r"), "is no length of time"),
        (("--country", "UZ", "--for", "8h", "--author", " ", "--reason", "r"), "needs an end, an author and a reason"),
    ],
)
def test_a_silence_needs_a_matter_an_end_and_an_author(data: Path, words: tuple[str, ...], said: str) -> None:
    result = run("silences", "add", *words, JARSHY_DATA=str(data))
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("--country", "uz"), "it fits 1 of the 1 alert that came so far"),
        (("--feed", "feed-11"), "none of the 1 alert that came so far would have been held: is it spelled right?"),
        (("--feed", "feed-11"), "; feed-11: did you mean 'feed-1'?"),
        (("--rule", "xyz"), "; xyz: one of: ca"),
    ],
)
def test_a_silence_says_what_it_would_have_held(data: Path, line: tuple[str, str], said: str) -> None:
    result = run("silences", "add", *line, "--for", "8h", "--author", "A", "--reason", "r", JARSHY_DATA=str(data))
    assert result.exit_code == 0
    assert said in result.stdout


def test_the_tests_of_desks(config: Path) -> None:
    tests = "tests:\n  - {alert: {country: SA}, at: 2026-11-24T12:00+03:00, to: {riyadh: at once, almaty: at once}}\n"
    (config / "desks.yaml").write_text(DESKS + tests, encoding="utf-8")
    assert run("desks", "test", config=config).stdout == "1 test: all goes as they say\n"
    (config / "desks.yaml").write_text(DESKS + tests.replace(", almaty: at once", ""), encoding="utf-8")
    result = run("desks", "test", config=config)
    assert result.exit_code == 1
    assert "reaches almaty as well, at once" in result.stdout
    assert run("desks", "test", config=config.parent / "none").exit_code == 1
