"""Who meets whom where words are few: discussing, letters handed over, guests welcomed, names nobody knows, titles."""

from datetime import UTC, datetime

import pytest

from streams.languages import LANGUAGES, Code
from streams.meetings import Recognition, meetings
from tests.shipped import lexicon
from wire.records import Article, Form, Meeting, Quality, Resolution, Status

DAY = datetime(2025, 6, 11, 9, tzinfo=UTC)


def read(code: Code, title: str, text: str = "") -> Recognition:
    article = Article(
        id="a", keys=(), feed="f", outlet="o", language=code, title=title, text=text, seen=DAY, published=DAY,
        quality=Quality.EXACT,
    )  # fmt: skip
    return meetings(article, LANGUAGES[code].text(article.body), lexicon())


def only(recognition: Recognition) -> Meeting:
    assert len(recognition.meetings) == 1, recognition
    return recognition.meetings[0]


def codes(recognition: Recognition) -> set[str]:
    assert not recognition.meetings, recognition.meetings
    return {reason.code for reason in recognition.refused}


@pytest.mark.parametrize(
    ("code", "title", "partner", "form"),
    [
        ("kk", "Тоқаев пен Рахмон су бөлу тәртібін талқылады", "TJ", Form.MEETING),
        ("kk", "Олжас Бектенов Грузия Премьер-министрімен жүк тасымалын сөз етті", "GE", Form.MEETING),
        ("pl", "Tokajew i prezydent Turcji omówili w Ankarze budowę rurociągu", "TR", Form.MEETING),
        ("pl", "Tokajew i prezydent Turcji przez telefon omówili budowę rurociągu", "TR", Form.PHONE_CALL),
        ("ar", "ناقش رئيس الوزراء أولجاس بيكتينوف مع نظيره الأردني في عمان ملف النقل", "JO", Form.MEETING),
    ],
)
def test_to_discuss_with_each_other_is_to_talk(code: Code, title: str, partner: str, form: Form) -> None:
    meeting = only(read(code, title))
    assert (meeting.partner.code, meeting.form, meeting.status) == (partner, form, Status.HELD)


def test_to_discuss_at_home_is_no_meeting() -> None:
    assert "no-office" in codes(read("kk", "Олжас Бектенов министрлермен бірге жол жөндеуді талқылады"))
    assert "no-office" in codes(read("pl", "Rząd Kazachstanu omówił budżet kolei"))


@pytest.mark.parametrize(
    ("code", "title", "reason"),
    [
        ("kk", "Тоқаев Өзбекстан Президентін мерекемен құттықтап, жеделхат жолдады", "telegram"),
        ("pl", "Tokajew wysłał depeszę do prezydenta Turcji", "telegram"),
        ("ar", "تسلم توكاييف أوراق اعتماد سفير اليابان", "ambassador"),
        ("kk", "Қазақстанда жаңа мектептер ашылды", "no-office"),
    ],
)
def test_reasons_are_named_without_a_word_of_meeting(code: Code, title: str, reason: str) -> None:
    assert reason in codes(read(code, title))


def test_who_hands_a_letter_over_is_met_unless_he_is_an_ambassador() -> None:
    said = "استقبل الرئيس قاسم جومارت توكاييف {} الذي سلمه رسالة خطية من أمير الكويت"
    assert only(read("ar", said.format("وزير الخارجية الكويتي"))).counterpart.office == "foreign-minister"
    assert "telegram" in codes(read("ar", said.format("سفير الكويت")))


@pytest.mark.parametrize(
    ("code", "title", "name"),
    [
        ("kk", "Олжас Бектенов Словения көлік министрі Янез Ковачпен кездесті", "Янез Ковач"),
        ("kk", "Тоқаев Словения көлік министрі Янез Ковачты қабылдады", "Янез Ковач"),
        ("pl", "Bektenow rozmawiał z ministrem transportu Słowenii Janezem Kovačem", "Janez Kovač"),
        ("pl", "Bektenow przyjął ministra transportu Słowenii Janeza Kovača", "Janez Kovač"),
        ("pl", "Minister szkolnictwa wyższego Słowenii Janez Kovač rozmawiał z Bektenowem", "Janez Kovač"),
        ("ar", "استقبل رئيس الوزراء أولجاس بيكتينوف وزير النقل السلوفيني يانز كوفاتش في أستانا", "يانز كوفاتش"),
        ("ar", "استقبل رئيس الوزراء أولجاس بيكتينوف وزير النقل السلوفيني في أستانا", None),
        ("pl", "Bektenow rozmawiał w Lublanie z ministrem transportu Słowenii", None),
    ],
)
def test_a_stranger_is_named_as_the_text_names_him(code: Code, title: str, name: str | None) -> None:
    other = only(read(code, title)).counterpart
    assert (other.country, other.person) == ("SI", None)
    assert (getattr(other.names, code) if other.names else None) == name
    assert other.resolution is (Resolution.NAMED if name else Resolution.UNKNOWN)


@pytest.mark.parametrize(
    ("code", "title", "text"),
    [
        ("kk", "Рахмон Астанаға ұшып келді", "Тәжікстан Президентін әуежайда Серік Жұманғарин күтіп алды."),
        ("pl", "Prezydent Tadżykistanu przyleciał do Astany", "Na lotnisku powitał go wicepremier Serik Żumangarin."),
        ("ar", "رئيس طاجيكستان يصل إلى أستانا", "وكان في استقبال الرئيس إمام علي رحمن في المطار سيريك جومانغارين."),
    ],
)
def test_who_welcomes_a_guest_is_no_party_to_his_visit(code: Code, title: str, text: str) -> None:
    meeting = only(read(code, title, text))
    assert (meeting.form, meeting.kz.person, meeting.counterpart.person) == (Form.VISIT, "tokayev", "rahmon")


def test_whom_a_guest_comes_to_talk_with_is_his_party() -> None:
    meeting = only(read("kk", "Тәжікстан Премьер-министрі Қохир Расулзода Астанада Серік Жұманғаринмен кездесті"))
    assert (meeting.form, meeting.kz.person) == (Form.MEETING, "zhumangarin")


def test_heads_are_called_what_they_are() -> None:
    emir = only(read("pl", "Tokajew rozmawiał w Dosze z emirem Kataru")).counterpart
    chancellor = only(read("kk", "Тоқаев Германия канцлерімен кездесті")).counterpart
    president = only(read("kk", "Тоқаев Өзбекстан Президентімен кездесті")).counterpart
    assert (emir.office, emir.office_names.en, emir.office_names.ar) == ("head-of-state", "Emir", "أمير")
    assert (chancellor.office, chancellor.office_names.kk) == ("head-of-government", "Канцлер")
    assert president.office_names.en == "President"


def test_two_titles_behind_an_arabic_name_are_one_person() -> None:
    text = (
        "الدوحة - تلقى الشيخ محمد بن عبدالرحمن رئيس مجلس الوزراء وزير الخارجية اتصالا هاتفيا من"
        " مراد نورتليو وزير خارجية كازاخستان."
    )
    meeting = only(read("ar", "وزير الخارجية يتلقى اتصالا هاتفيا من وزير خارجية كازاخستان", text))
    assert (meeting.kz.office, meeting.form) == ("foreign-minister", Form.PHONE_CALL)


def test_a_deputy_for_something_is_no_premier() -> None:
    other = only(
        read("kk", "Тоқаев Ауғанстан Премьер-министрінің экономика жөніндегі орынбасарын қабылдады")
    ).counterpart
    assert (other.country, other.office) == ("AF", "deputy-head-of-government")
