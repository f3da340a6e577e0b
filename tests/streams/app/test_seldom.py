"""The Kafka clients' log: each kind of line once a minute, and how many were held back."""

import logging

from streams.app.seldom import Seldom


def line(name: str, said: str, *args: object, level: int = logging.ERROR) -> logging.LogRecord:
    return logging.LogRecord(name, level, "", 0, said, args, None)


def test_a_kind_of_line_is_written_once_in_a_while() -> None:
    now = 0.0
    seldom = Seldom(60, lambda: now)
    first = [seldom.filter(line("aiokafka.cluster", "no answer from %s", node)) for node in range(5)]
    assert first == [True, False, False, False, False]
    assert seldom.filter(line("aiokafka.cluster", "another thing"))
    now = 60.0
    late = line("aiokafka.cluster", "no answer from %s", 7)
    assert seldom.filter(late)
    assert late.getMessage() == "no answer from 7 (and 4 like it)"


def test_after_a_quiet_time_it_is_as_if_it_were_new() -> None:
    now = 0.0
    seldom = Seldom(60, lambda: now)
    assert seldom.filter(line("faust.app", "away"))
    now = 200.0
    again = line("faust.app", "away")
    assert seldom.filter(again)
    assert again.getMessage() == "away"


def test_what_we_say_ourselves_and_what_is_grave_is_always_written() -> None:
    seldom = Seldom(60, lambda: 0.0)
    assert all(seldom.filter(line("jarshy.streams", "a dead letter")) for _ in range(3))
    assert all(seldom.filter(line("aiokafka", "the end", level=logging.CRITICAL)) for _ in range(3))
