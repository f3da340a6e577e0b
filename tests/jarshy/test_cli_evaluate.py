"""`jarshy evaluate`: figures of small gold files, pure JSON on standard output, errors explained."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.jarshy.commands import run

DEV = Path("/work/shared/eval")

TASHKENT = {
    "with": "UZ",
    "kz_actor": "Kassym-Jomart Tokayev",
    "counterpart": "Shavkat Mirziyoyev",
    "level": "head-of-state",
    "form": "meeting",
    "status": "held",
    "place": "Tashkent",
    "date": "2024-08-08",
}
CALL = {"with": "RU", "counterpart": "Vladimir Putin", "level": "head-of-state", "form": "phone-call", "status": "held"}
ARTICLES: list[dict[str, Any]] = [
    {"id": "kk-1", "lang": "kk", "event": "tashkent", "published": "2024-08-08T18:00:00+05:00", "meetings": [TASHKENT],
     "title": "Тоқаев Ташкентте Шавкат Мирзиёевпен келіссөз жүргізді",
     "text": "Мемлекет басшысы Қасым-Жомарт Тоқаев бүгін Ташкентте Өзбекстан Президенті Шавкат Мирзиёевпен "
             "келіссөз жүргізді."},
    {"id": "pl-1", "lang": "pl", "event": "tashkent", "published": "2024-08-08T16:30:00+02:00", "meetings": [TASHKENT],
     "title": "Tokajew rozmawiał w Taszkencie z Mirzijojewem",
     "text": "Prezydent Kazachstanu Kasym-Żomart Tokajew spotkał się w czwartek w Taszkencie z prezydentem Uzbekistanu "
             "Szawkatem Mirzijojewem."},
    {"id": "ar-1", "lang": "ar", "event": "call", "published": "2024-09-10T12:00:00+03:00", "meetings": [CALL],
     "title": "اتصال هاتفي بين توكاييف وبوتين",
     "text": "أجرى الرئيس الكازاخي قاسم جومارت توكاييف اتصالا هاتفيا مع الرئيس الروسي فلاديمير بوتين."},
    {"id": "kk-2", "lang": "kk", "event": None, "published": "2024-08-09T10:00:00+05:00", "meetings": [],
     "label": "negative", "title": "Алматыда футбол кездесуі өтті",
     "text": "Ойын тең аяқталды. Жанкүйерлер көп жиналды."},
]  # fmt: skip
FORMS = {
    "classes": [
        {"lang": "pl", "class": "QATAR", "lemmas": ["Katar"], "pos": "np", "forms": ["Kataru", "Katarem", "Lizbona"]},
        {"lang": "pl", "class": "MEET", "lemmas": ["spotkać się"], "pos": "v", "forms": ["spotkali się"]},
    ],
    "must_not_match": ["lampa", "Katarzyna", "Katarze"],
}


def lines(file: Path, articles: list[dict[str, Any]]) -> Path:
    file.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in articles) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return lines(tmp_path / "gold.jsonl", ARTICLES)


def test_forms_as_json(tmp_path: Path) -> None:
    file = tmp_path / "forms.json"
    file.write_text(json.dumps(FORMS), encoding="utf-8")
    result = run("evaluate", "forms", file, "--json", "--errors")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"pl": {"forms": 4, "recall": 0.75, "false": 1, "words": 3}}
    assert "Lizbona" in result.stderr
    assert "Katarze" in result.stderr


def test_forms_as_a_table(tmp_path: Path) -> None:
    file = tmp_path / "forms.json"
    file.write_text(json.dumps(FORMS), encoding="utf-8")
    result = run("evaluate", "forms", file)
    assert "│ pl       │ 4     │ 0.750" in result.stdout
    assert "Lizbona" not in result.output


@pytest.mark.parametrize("content", ["", "{", "[]", '{"classes": [{"lang": "xx"}]}', '{"classes": 1}', "\udcff"])
def test_a_wrong_file_of_forms_is_a_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "forms.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    result = run("evaluate", "forms", file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "forms.json is no evaluation file of forms" in result.stderr


def test_meetings_as_json(gold: Path) -> None:
    result = run("evaluate", "meetings", gold, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    figures = json.loads(result.stdout)
    assert list(figures) == ["kk", "pl", "ar", "all"]
    assert list(figures["all"]) == [
        "articles", "precision", "recall", "f1", "meeting_f1",
        "with", "form", "status", "level", "counterpart", "place", "date",
    ]  # fmt: skip
    assert figures["all"]["articles"] == 4
    assert figures["all"]["f1"] == figures["all"]["with"] == figures["all"]["counterpart"] == 1.0
    assert figures["ar"]["place"] is None, "null in the gold is not judged"


def test_each_miss_is_explained(tmp_path: Path) -> None:
    wrong = [{**ARTICLES[0], "meetings": [{**TASHKENT, "form": "visit"}]}, {**ARTICLES[3], "meetings": [CALL]}]
    result = run("evaluate", "meetings", lines(tmp_path / "wrong.jsonl", wrong), "--errors")
    assert result.exit_code == 0
    assert "│ kk-1    │ form   │ visit" in result.stdout
    assert "in the headline" in result.stdout
    assert "│ kk-2    │ missed │ RU Vladimir Putin" in result.stdout
    assert "no-kazakhstan" in result.stdout


def test_no_errors_is_said(gold: Path) -> None:
    assert run("evaluate", "meetings", gold, "--errors").stdout.endswith("no errors\n")


def test_stories_as_json(tmp_path: Path) -> None:
    first = lines(tmp_path / "one.jsonl", ARTICLES[:1])
    rest = lines(tmp_path / "two.jsonl", ARTICLES[1:])
    result = run("evaluate", "stories", first, rest, "--json", "--errors")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "stories": 2, "events": 2, "bcubed_precision": 1.0, "bcubed_recall": 1.0, "bcubed_f1": 1.0,
        "first_alerts_per_event": 1.0, "events_with_one_first": 1.0, "first_alerts_of_negatives": 0,
    }  # fmt: skip
    assert result.stderr == "no errors\n"


def test_events_split_and_missed_are_listed(tmp_path: Path) -> None:
    later = {**ARTICLES[1], "id": "pl-2", "published": "2024-12-12T10:00:00+01:00"}
    unseen = {**ARTICLES[3], "label": "positive", "event": "football", "meetings": [CALL]}
    result = run("evaluate", "stories", lines(tmp_path / "odd.jsonl", [*ARTICLES[:2], later, unseen]), "--errors")
    assert "│ split          │ tashkent" in result.stdout
    assert "kk-1 pl-1 | pl-2" in result.stdout
    assert "│ missed         │ kk-2" in result.stdout
    assert "│ no first       │ football" in result.stdout
    assert "unread: kk-2: 0 of 1 meetings" in result.stdout
    assert "│ 2 first, not 1 │ tashkent" in result.stdout
    assert "date 2024-08-08 / 2024-12-12" in result.stdout


def test_two_hosts_of_one_guest_are_two_meetings(tmp_path: Path) -> None:
    text = (
        "Prezydent Kazachstanu Kasym-Żomart Tokajew spotkał się w Astanie z premierem Malezji Anwarem Ibrahimem. "
        "Następnie premier Malezji Anwar Ibrahim rozmawiał z premierem Kazachstanu Ołżasem Bektenowem."
    )
    guest = {"with": "MY", "level": "head-of-government", "counterpart": "Anwar Ibrahim", "form": "meeting"}
    hosts = ["Kassym-Jomart Tokayev", "Olzhas Bektenov"]
    meetings = [{**guest, "status": "held", "kz_actor": host} for host in hosts]
    article = {"id": "a", "lang": "pl", "event": "kl", "published": "2024-05-16T13:45:00+02:00", "text": text,
               "title": "Premier Malezji u Tokajewa i Bektenowa", "meetings": meetings}  # fmt: skip
    result = run("evaluate", "stories", lines(tmp_path / "hosts.jsonl", [article]), "--json")
    figures = json.loads(result.stdout)
    assert (figures["stories"], figures["events_with_one_first"]) == (2, 1.0)


def test_two_meetings_of_one_event_are_two_stories(tmp_path: Path) -> None:
    rome = "Prezydent Kazachstanu Kasym-Żomart Tokajew spotkał się w Rzymie z prezydentem Włoch Sergiem Mattarellą."
    then = "Następnie Tokajew rozmawiał w Rzymie z premier Włoch Giorgią Meloni."
    met = {
        "with": "IT",
        "level": "head-of-state",
        "counterpart": "Sergio Mattarella",
        "form": "meeting",
        "status": "held",
    }
    also = {**met, "level": "head-of-government", "counterpart": "Giorgia Meloni"}
    unnamed = {**also, "counterpart": None}
    base = {"lang": "pl", "event": "rome", "text": f"{rome} {then}", "published": "2024-01-18T20:00:00+01:00"}
    articles = [
        {**base, "id": "a", "title": "Tokajew rozmawiał z Mattarellą i Meloni w Rzymie", "meetings": [met, also]},
        {**base, "id": "b", "title": "Tokajew w Rzymie spotkał się z Mattarellą i Meloni", "meetings": [met, unnamed]},
    ]
    result = run("evaluate", "stories", lines(tmp_path / "rome.jsonl", articles), "--json")
    figures = json.loads(result.stdout)
    assert (figures["stories"], figures["events"], figures["first_alerts_per_event"]) == (2, 1, 1.0)


@pytest.mark.parametrize("command", ["meetings", "stories"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "there is no article"),
        ('{"id": "a"}', "line 1: "),
        ('{"id": "a", "lang": "en", "title": "x", "text": "y"}', "'a' is in 'en', not in kk, pl or ar"),
        ('{"id": "a", "lang": "pl", "title": "x", "text": "y"}\n' * 2, "article 'a' is already in"),
        ("\n{", "line 2: "),
    ],
)
def test_a_wrong_file_of_articles_is_a_sentence(tmp_path: Path, command: str, content: str, told: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(content, encoding="utf-8")
    result = run("evaluate", command, file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr


def test_a_time_without_a_zone_is_utc_and_without_a_time_nothing_breaks(tmp_path: Path) -> None:
    bare = [{**ARTICLES[0], "published": "2024-08-08T12:00:00"}, {**ARTICLES[1], "published": None}, ARTICLES[2]]
    for command in ("meetings", "stories"):
        result = run("evaluate", command, lines(tmp_path / "bare.jsonl", bare), "--json")
        assert result.exit_code == 0, result.output


@pytest.mark.skipif(not DEV.exists(), reason="the development set is not here")
def test_the_development_set_goes_through(tmp_path: Path) -> None:
    result = run("evaluate", "stories", *sorted((DEV / "dev").glob("*.jsonl")), "--json")
    assert result.exit_code == 0
    assert set(json.loads(result.stdout)) >= {"stories", "events", "bcubed_f1"}
