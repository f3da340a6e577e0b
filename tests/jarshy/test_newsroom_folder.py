"""A folder of texts becomes feeds: titles, languages and publications, only as far as they are certain."""

import io
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jarshy.newsroom import folder
from jarshy.newsroom.server import NewsroomServer

KK = "Әкімдікте жиын өтті\n\nАлматы қаласының әкімі бүгін кәсіпкерлермен жиын өткізді. Сұрақ көп болды."
PL = "Burmistrz otworzył most. Kierowcy czekali na niego długo.\nŁączy on dwa brzegi rzeki."
AR = "افتتح الوزير اليوم الجسر الجديد في المدينة. وحضر الحفل عدد كبير من الأهالي."
SEEDS = Path("/work/shared/seeds")


def test_languages_titles_and_order(tmp_path: Path) -> None:
    for name, text in (("b.txt", PL), ("a.txt", KK), ("c.txt", AR), ("c.md", "not an article")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = folder.newsroom(tmp_path)
    assert [(e.guid, e.feed) for e in found.entries] == [
        ("a.txt", "folder-kk"),
        ("b.txt", "folder-pl"),
        ("c.txt", "folder-ar"),
    ]
    kazakh, polish, arabic = found.entries
    assert kazakh.title == "Әкімдікте жиын өтті"
    assert kazakh.text.startswith("Алматы қаласының")
    assert polish.title == "Burmistrz otworzył most. Kierowcy czekali na niego długo."
    assert polish.text == PL, "a line that is a sentence stays in the text"
    assert arabic.title == "افتتح الوزير اليوم الجسر الجديد في المدينة."
    assert arabic.text == AR


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        (KK, "kk"),
        (PL, "pl"),
        (AR, "ar"),
        ("Qazaqstan men Qytaı arasynda kelissóz ótti, jáne qujattarǵa qol qoıyldy", "kk"),
        ("Prezydent mówił po angielsku: the end", "pl"),
        ("Қазақстан PREMIUM брендін Web Summit-те таныстырды", "kk"),
    ],
)
def test_language_by_letters(text: str, tongue: str) -> None:
    assert folder.language(text) == tongue


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Тақырып\n24 қараша 2026, 16:51\nМәтін осында жалғасады.", datetime(2026, 11, 24, 16, 51, tzinfo=UTC)),
        ("АСТАНА. 5 наурыз 2024 – Бүгін жиын болды.", datetime(2024, 3, 5, 12, tzinfo=UTC)),
        ("Tytuł\n2025-09-10\nTreść", datetime(2025, 9, 10, 12, tzinfo=UTC)),
        ("Warszawa, 7 maja 2024 (PAP) - Otwarto most.", datetime(2024, 5, 7, 12, tzinfo=UTC)),
        ("10.09.2025 14:20 | Kraj\nTreść", datetime(2025, 9, 10, 14, 20, tzinfo=UTC)),
        ("بكين 17 مايو 2023 (شينخوا) -- افتتح الجسر.", datetime(2023, 5, 17, 12, tzinfo=UTC)),
        ("بيروت، 17 تشرين الثاني 2023 - افتتح الجسر.", datetime(2023, 11, 17, 12, tzinfo=UTC)),
        ("Тақырып\n22 Тамыз, 16:51 608\nМәтін", None),
        ("Most otwarto 7 maja 2024 roku, po wielu latach budowy i sporów, w których brała udział cała gmina.", None),
        ("Zbudowano go za czasów, gdy 7 maja 2024 nikt nie myślał.", None),
        ("Warszawa, 31 lutego 2024 (PAP) - Otwarto most.", None),
        ("Tytuł\n5 xxxxx 2024\nTreść", None),
        (PL, None),
    ],
)
def test_only_a_whole_dateline_is_a_date(text: str, day: datetime | None) -> None:
    assert folder.dateline(text, folder.language(text)) == day


def test_a_sidecar_outranks_and_must_be_right(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tytuł\n2025-09-10\nTreść", encoding="utf-8")
    beside = tmp_path / "a.json"
    beside.write_text('{"published": "2024-05-07T10:00:00+02:00", "else": 1}')
    assert folder.newsroom(tmp_path).entries[0].published == datetime(2024, 5, 7, 8, tzinfo=UTC)
    for wrong in ('{"published": "yesterday"}', "not json", '{"published": "2024-05-07T10:00:00"}'):
        beside.write_text(wrong)
        with pytest.raises(folder.CannotServe, match=r"a\.json"):
            folder.newsroom(tmp_path)


def test_what_cannot_be_served_is_said(tmp_path: Path) -> None:
    with pytest.raises(folder.CannotServe, match=r"no \.txt"):
        folder.newsroom(tmp_path)
    (tmp_path / "a.txt").write_bytes("żółw".encode("iso-8859-2"))
    with pytest.raises(folder.CannotServe, match=r"a\.txt: not UTF-8 \(byte 0\)"):
        folder.newsroom(tmp_path)
    (tmp_path / "a.txt").write_text(" \n")
    with pytest.raises(folder.CannotServe, match="empty"):
        folder.newsroom(tmp_path)


async def test_it_is_served_without_a_date_where_none_is_certain(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(KK + "\x0b &lt; <b>қалың</b>", encoding="utf-8")
    (tmp_path / "b b.txt").write_text("Екінші\n24 қараша 2026, 16:51\nМәтін осында.", encoding="utf-8")
    async with NewsroomServer(folder.newsroom(tmp_path)) as server, httpx.AsyncClient(trust_env=False) as client:
        document = await client.get(f"{server.base_url}/folder-kk/rss.xml")
        read = feedparser.parse(io.BytesIO(document.content))
        assert not read.bozo
        first, second = sorted(read.entries, key=lambda entry: entry.id)
        assert first.id == "a.txt"
        assert first.link == f"{server.base_url}/folder/a.txt"
        assert "published" not in first
        assert "&lt;b&gt;" in first.content[0].value
        assert second.published_parsed[:5] == (2026, 11, 24, 16, 51)
        for entry in read.entries:
            assert (await client.get(entry.link)).status_code == 200


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_any_text_has_a_title_and_keeps_its_words(text: str) -> None:
    text = text.strip()
    title, body = folder.heading(text)
    assert title
    assert body
    assert set(text.split()) <= set(title.split()) | set(body.split())


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not on this machine")
def test_the_seeds() -> None:
    found = folder.newsroom(SEEDS)
    assert [entry.feed[-2:] for entry in found.entries] == ["kk", "kk", "pl", "ar", "kk"]
    assert all(entry.published is None for entry in found.entries)
