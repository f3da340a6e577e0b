"""tests/corpus | read | shape, labels, coverage; no sentence shared between events or with evaluation data."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

HERE = Path(__file__).parent
SHARED = Path("/work/shared")
LANGUAGES = ("kk", "pl", "ar")
PARTS = ("open", "open-2", "open-3", "open-4", "open-5", "held-out-2", "held-out-3", "held-out-4")
KEYS = ["id", "lang", "label", "title", "text", "published", "event", "meetings", "why"]
MEETING_KEYS = ["with", "kz_actor", "kz_office", "counterpart", "level", "form", "status", "place", "date"]
LEVELS = {"head-of-state", "head-of-government", "minister", "speaker", "other-official"}
FORMS = {"meeting", "phone-call", "video-call", "visit"}
STATUSES = {"held", "planned", "cancelled"}
KINDS = {
    *("telegram", "congratulation", "condolence", "letter", "ambassador", "organisation", "company", "domestic"),
    *("multilateral", "other-countries", "recalled", "anniversary", "sport", "business-forum", "culture", "opinion"),
    *("governor", "tourism", "invitation", "rumour", "court", "exhibition", "statistics", "accident", "transit"),
    *("friendship-group",),
}
COUNTRIES = {code for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(code))} - {
    "KZ",
    "ZZ",
    "EZ",
    "UN",
}
COPIED = 14  # words; below it one meets the titles and formulas of agencies, which belong to nobody
SCRIPTS = {"kk": r"[\u0400-\u04ff]|[A-Za-z\u00c0-\u024f]", "pl": r"[A-Za-z\u00c0-\u024f]", "ar": r"[\u0600-\u06ff]"}

Row = dict[str, Any]


def rows(part: str) -> list[Row]:
    paths = [HERE / part / f"{language}.jsonl" for language in LANGUAGES]
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


ARTICLES = {part: rows(part) for part in PARTS}
EVERYTHING = [row for part in PARTS for row in ARTICLES[part]]
MEETINGS = [(row, meeting) for row in EVERYTHING for meeting in row["meetings"]]


def named(row: Row) -> str:
    return str(row["id"])


def shingles(text: str, size: int) -> Iterator[tuple[str, ...]]:
    """Every run of `size` words, folded to case."""
    words = re.findall(r"\w+", text.lower())
    return zip(*(words[start:] for start in range(size)), strict=False)


def body(row: Row) -> str:
    return f"{row['title']}\n{row['text']}"


@pytest.mark.parametrize("row", EVERYTHING, ids=named)
def test_an_article_is_well_formed(row: Row) -> None:
    assert list(row) == KEYS
    assert row["id"].startswith(f"{row['lang']}-")
    assert row["lang"] in LANGUAGES
    assert datetime.fromisoformat(row["published"]).tzinfo is not None
    assert all(row[key] and row[key] == row[key].strip() for key in ("title", "text", "why"))
    letters = re.findall(r"[^\W\d_]", row["text"])
    assert sum(1 for letter in letters if re.match(SCRIPTS[row["lang"]], letter)) > 0.9 * len(letters)


@pytest.mark.parametrize("row", EVERYTHING, ids=named)
def test_a_label_is_consistent(row: Row) -> None:
    positive = row["label"] == "positive"
    assert row["label"] in {"positive", "negative"}
    assert bool(row["meetings"]) is positive
    assert (row["event"] is not None) is positive
    assert row["why"].split(":")[0] in ({"positive"} if positive else KINDS)
    assert (row["event"] is None) or re.fullmatch(r"[CDFGHKLM]\d\d", row["event"])
    assert (row["event"] is None) or row["id"].split("-")[1] == row["event"]


@pytest.mark.parametrize(("row", "meeting"), MEETINGS, ids=lambda value: value.get("id", value.get("with")))
def test_a_meeting_uses_the_words_of_the_design(row: Row, meeting: Row) -> None:
    assert list(meeting) == MEETING_KEYS
    assert meeting["with"] in COUNTRIES
    assert meeting["kz_office"] in {*LEVELS, None}
    assert meeting["level"] in LEVELS
    assert meeting["form"] in FORMS
    assert meeting["status"] in STATUSES
    assert meeting["place"] is None or meeting["form"] in {"meeting", "visit"}
    if meeting["date"] is not None:
        day, published = date.fromisoformat(meeting["date"]), datetime.fromisoformat(row["published"]).date()
        assert abs((day - published).days) < 60
        assert day <= published or meeting["status"] != "held"
        assert day >= published or meeting["status"] != "planned"


def test_ids_and_texts_are_unique() -> None:
    for key in ("id", "title", "text"):
        assert [value for value, count in Counter(row[key] for row in EVERYTHING).items() if count > 1] == []


def test_one_person_is_spelled_one_way_and_holds_one_level_a_day() -> None:
    levels: dict[tuple[str, str], set[str]] = {}
    for row, meeting in MEETINGS:
        for name, level in ((meeting["counterpart"], meeting["level"]), (meeting["kz_actor"], meeting["kz_office"])):
            if name is not None:
                levels.setdefault((name, row["published"][:10]), set()).add(level)
    assert {key: found for key, found in levels.items() if len(found) > 1} == {}


def test_an_event_agrees_with_itself() -> None:
    told: dict[str, set[tuple[str, str | None]]] = {}
    for row in EVERYTHING:
        if row["event"]:
            pairs = {(meeting["with"], meeting["counterpart"]) for meeting in row["meetings"]}
            assert told.setdefault(row["event"], pairs) == pairs, row["id"]


def test_the_parts_share_no_event() -> None:
    owners = Counter(chain.from_iterable({row["event"] for row in ARTICLES[part]} - {None} for part in PARTS))
    assert [event for event, parts in owners.items() if parts > 1] == []


@pytest.mark.parametrize("part", PARTS)
def test_every_form_status_level_and_language_is_covered(part: str) -> None:
    told = [meeting for row in ARTICLES[part] for meeting in row["meetings"]]
    assert {meeting["form"] for meeting in told} == FORMS
    assert {meeting["status"] for meeting in told} == STATUSES
    assert {meeting["level"] for meeting in told} == LEVELS
    shares = Counter((row["lang"], row["label"]) for row in ARTICLES[part])
    for language in LANGUAGES:
        positive, negative = shares[language, "positive"], shares[language, "negative"]
        assert 0.5 <= positive / (positive + negative) <= 0.7


def test_the_whole_is_broad() -> None:
    assert len(EVERYTHING) >= 160
    assert len({row["event"] for row in EVERYTHING} - {None}) >= 50
    assert len({meeting["with"] for _, meeting in MEETINGS}) >= 30
    assert {row["why"].split(":")[0] for row in EVERYTHING if row["label"] == "negative"} == KINDS
    years = {row["published"][:4] for row in EVERYTHING}
    assert years == {str(year) for year in range(2019, 2027)}


def test_no_article_copies_a_sentence_of_another_event() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for row in EVERYTHING:
        for shingle in shingles(body(row), COPIED):
            owners.setdefault(shingle, set()).add(row["event"] or row["id"])
    assert {" ".join(shingle): found for shingle, found in owners.items() if len(found) > 1} == {}


def evaluation_texts() -> Iterator[str]:
    """Whatever there is to be judged on: the texts of labelled articles, and raw files as they stand."""
    for path in sorted(chain((SHARED / "eval").rglob("*.jsonl"), (SHARED / "seeds").glob("*.txt"))):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        yield from (body(json.loads(line)) for line in lines) if path.suffix == ".jsonl" else ["\n".join(lines)]


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not there")
def test_no_article_shares_words_with_evaluation_data() -> None:
    ours = {shingle: row["id"] for row in EVERYTHING for shingle in shingles(body(row), COPIED)}
    theirs = {shingle for text in evaluation_texts() for shingle in shingles(text, COPIED)}
    assert {name: shingle for shingle, name in ours.items() if shingle in theirs} == {}
