"""What kafka-python 3.0.12 does with the classes of answers, and that no client of ours meets it."""

import gc
import subprocess
import sys

from kafka.protocol.api_header import ResponseClassRegistry

import wire.broker

RACE = """
import gc
from kafka.protocol.api_header import ResponseClassRegistry as known
from kafka.protocol.metadata import ApiVersionsResponse as answer
first = answer[3]
del answer._VERSIONS[3]  # as another thread saw it, that began to make it too
answer[3]
answer._VERSIONS[3] = first  # the slower thread's is kept, the other's was registered
gc.collect()
try:
    known._response_class_registry[18][3]
except ReferenceError:
    print("dead")
"""


def test_a_class_made_by_two_threads_is_dead_for_whoever_asks_next() -> None:
    ended = subprocess.run([sys.executable, "-c", RACE], capture_output=True, text=True, check=True)
    assert ended.stdout == "dead\n", "kafka-python has mended it: wire.broker.client.know_every_answer may go"


def test_every_answer_is_known_before_any_client_asks() -> None:
    assert wire.broker.Publisher is not None
    gc.collect()
    for known in ResponseClassRegistry._response_class_registry.values():
        answer = known[None]
        assert set(range(answer.min_version, answer.max_version + 1)) <= set(answer._VERSIONS)
