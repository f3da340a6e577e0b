"""Records: what goes in comes out; what is no record is refused; what is newer stops the reader."""

import subprocess
import sys
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jarshy import published
from wire import records
from wire.records import Article, NewerRecord, Notice, NoticeState, Origin, UndecodableRecord, decode, encode

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ARTICLE = Article(
    id="art-1", keys=("key-1",), feed="f", outlet="Газет", language="kk", title="Тақырып", text="Мәтін", seen=NOW
)


def test_a_record_comes_back_as_it_went() -> None:
    assert decode(Article, encode(ARTICLE)) == ARTICLE


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_undecodable(raw: bytes) -> None:
    with pytest.raises(UndecodableRecord):
        decode(Article, raw)


@pytest.mark.parametrize(
    "raw",
    [None, b"", b"{}", b"[" * 100_000, b"\xff\xfe", b'{"type":"jarshy.article.v1","id":3}', encode(ARTICLE)[:-1]],
)
def test_poison_is_named_as_such(raw: bytes | None) -> None:
    with pytest.raises(UndecodableRecord, match=r"not a jarshy\.article\.v1"):
        decode(Article, raw)


def test_another_record_is_not_this_one() -> None:
    notice = Notice(source="collectors", subject="feed:f", state=NoticeState.FIRING, text="t", at=NOW)
    with pytest.raises(UndecodableRecord):
        decode(Article, encode(notice))


def test_a_newer_version_stops_the_reader_and_says_whom_to_upgrade() -> None:
    newer = encode(ARTICLE).replace(b"article.v1", b"article.v2")
    with pytest.raises(NewerRecord, match=r"upgrade the readers of jarshy\.article first"):
        decode(Article, newer)


def test_fields_and_values_of_a_later_writer_do_not_stop_a_reader() -> None:
    later = msgspec.json.decode(encode(ARTICLE)) | {"mood": "calm", "origin": "dream"}
    read = decode(Article, msgspec.json.encode(later))
    assert read.id == ARTICLE.id
    assert read.origin is Origin.UNKNOWN


def test_evidence_points_into_title_and_text() -> None:
    assert ARTICLE.body == "Тақырып\n\nМәтін"
    assert ARTICLE.body.index("Мәтін") == len(ARTICLE.title) + 2


@pytest.mark.parametrize("name", [n for n in dir(records) if isinstance(getattr(records, n), type)])
def test_every_set_of_words_on_the_wire_reads_what_it_does_not_know(name: str) -> None:
    kind = getattr(records, name)
    if issubclass(kind, records.WireEnum) and kind is not records.WireEnum:
        assert kind("no such word") is kind.UNKNOWN


def test_published_records_change_only_compatibly(pytestconfig: pytest.Config) -> None:
    folder = pytestconfig.rootpath / "docs/schemas"
    for name, text in published.schemas().items():
        kept = (folder / name).read_text(encoding="utf-8")
        broken = published.breaks(msgspec.json.decode(kept), msgspec.json.decode(text))
        assert not broken, f"{name}: readers of the published record would break: {broken}; raise its tag's version"
        assert kept == text, f"{name} is not what the record says now: run `make schemas`"


def test_the_asyncapi_page_is_what_the_manifest_says(pytestconfig: pytest.Config) -> None:
    kept = (pytestconfig.rootpath / "docs/asyncapi.json").read_text(encoding="utf-8")
    assert kept == published.asyncapi(), "docs/asyncapi.json is not what the manifest says now: run `make schemas`"


def _changed(change: str) -> dict[str, object]:
    return msgspec.json.decode(published.schemas()["jarshy.article.v1.schema.json"].replace(*change.split(" -> ")))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ('"outlet" -> "paper"', "Article.outlet is gone"),
        ('"live" -> "now"', "Origin lost the value 'live'"),
    ],
)
def test_a_breaking_change_is_noticed(change: str, fault: str) -> None:
    before = msgspec.json.decode(published.schemas()["jarshy.article.v1.schema.json"])
    assert fault in published.breaks(before, _changed(change))
    assert published.breaks(before, before) == []


RACE = """
import sys, threading
import msgspec
from wire.records import Record, decode
sys.setswitchinterval(1e-6)
for trial in range(60):
    fields = [(f"f{i}", str | None, None) for i in range(12)]
    kind = msgspec.defstruct("Deepest", fields)
    for depth in range(6):
        kind = msgspec.defstruct(f"Deep{depth}", [("inner", kind | None, None), *fields])
    record = msgspec.defstruct("Raced", [("inner", kind | None, None)], bases=(Record,), tag=f"raced.v1")
    together = threading.Barrier(8)
    def read():
        together.wait()
        decode(record, b'{"type":"raced.v1","inner":{"inner":{"inner":{"f3":"x"}},"f5":"y"}}')
    threads = [threading.Thread(target=read) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
"""


def test_threads_may_read_the_first_record_of_a_kind_together() -> None:
    ran = subprocess.run([sys.executable, "-c", RACE], capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
