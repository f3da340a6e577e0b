"""Single points of recognition, each in a sentence or two; and the laws that hold for any text."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.languages import LANGUAGES, Code
from streams.meetings import Recognition, meetings
from tests.shipped import lexicon
from wire.records import Article, FactKind, FactState, Form, Meeting, Quality, Status, StatusDetail

WEDNESDAY = datetime(2024, 5, 15, 9, tzinfo=UTC)


def read(code: Code, title: str, text: str = "", published: datetime | None = WEDNESDAY) -> Recognition:
    article = Article(
        id="a", keys=(), feed="f", outlet="o", language=code, title=title, text=text, seen=WEDNESDAY,
        published=published, quality=Quality.EXACT if published else Quality.MISSING,
    )  # fmt: skip
    return meetings(article, LANGUAGES[code].text(article.body), lexicon())


def only(recognition: Recognition) -> Meeting:
    assert len(recognition.meetings) == 1, recognition
    return recognition.meetings[0]


def why(recognition: Recognition) -> set[str]:
    assert not recognition.meetings, recognition.meetings
    return {reason.code for reason in recognition.refused}


@pytest.mark.parametrize(
    ("code", "title", "form"),
    [
        ("kk", "Тоқаев Минскіде Лукашенкомен келіссөз жүргізді", Form.MEETING),
        ("kk", "Тоқаев Лукашенкомен телефон арқылы сөйлесті", Form.PHONE_CALL),
        ("kk", "Тоқаев Лукашенкомен бейнебайланыс арқылы келіссөз өткізді", Form.VIDEO_CALL),
        ("kk", "Александр Лукашенко Астанаға ресми сапармен келді", Form.VISIT),
        ("pl", "Łukaszenka spotkał się z Tokajewem w Mińsku", Form.MEETING),
        ("pl", "Łukaszenka rozmawiał z Tokajewem przez telefon", Form.PHONE_CALL),
        ("ar", "ألكسندر لوكاشينكو يجري اتصالا هاتفيا مع قاسم جومارت توكاييف", Form.PHONE_CALL),
        ("ar", "التقى رئيس بيلاروس ألكسندر لوكاشينكو رئيس كازاخستان قاسم جومارت توكاييف في مينسك", Form.MEETING),
    ],
)
def test_forms(code: Code, title: str, form: Form) -> None:
    meeting = only(read(code, title))
    assert (meeting.partner.code, meeting.form, meeting.status) == ("BY", form, Status.HELD)
    assert meeting.counterpart.person == "lukashenko"


def test_an_office_and_a_country_are_enough_on_a_known_day() -> None:
    old = only(read("kk", "Тоқаев Қытай премьерімен кездесті", published=datetime(2022, 5, 4, tzinfo=UTC)))
    new = only(read("kk", "Тоқаев Қытай премьерімен кездесті"))
    assert (old.counterpart.person, new.counterpart.person) == ("li-keqiang", "li-qiang")


def test_without_a_day_nobody_is_guessed() -> None:
    meeting = only(read("kk", "Тоқаев Қытай премьерімен кездесті", published=None))
    assert meeting.counterpart.names is None
    assert meeting.date is None
    assert meeting.date_unknown is not None


@pytest.mark.parametrize(
    ("code", "title", "detail"),
    [
        ("pl", "Prezydent Serbii Aleksandar Vučić odwołał wizytę w Kazachstanie", None),
        ("kk", "Сербия Президенті Александр Вучичтің Астанаға сапары кейінге қалдырылды", StatusDetail.POSTPONED),
        ("pl", "Vučić nie przyjedzie do Kazachstanu na spotkanie z Tokajewem", None),
        ("ar", "تأجيل زيارة الرئيس الصربي ألكسندر فوتشيتش إلى كازاخستان", StatusDetail.POSTPONED),
    ],
)
def test_what_is_called_off(code: Code, title: str, detail: StatusDetail | None) -> None:
    meeting = only(read(code, title))
    assert (meeting.status, meeting.status_detail) == (Status.CANCELLED, detail)


@pytest.mark.parametrize(
    ("code", "title", "text"),
    [
        (
            "ar",
            "الرئيس الصربي ألكسندر فوتشيتش يلغي زيارته إلى كازاخستان",
            "ألغى الرئيس الصربي ألكسندر فوتشيتش زيارته إلى أستانا. وكان قد أرجأ العام الماضي زيارة رسمية لإيطاليا.",
        ),
        (
            "pl",
            "Prezydent Serbii Aleksandar Vučić odwołał wizytę w Kazachstanie",
            "Prezydent Serbii nie przyleci do Astany. Przed laty tak samo przełożył wizytę we Włoszech.",
        ),
    ],
)
def test_a_journey_elsewhere_that_was_put_off_leaves_this_one_cancelled(code: Code, title: str, text: str) -> None:
    meeting = only(read(code, title, text))
    assert (meeting.status, meeting.status_detail) == (Status.CANCELLED, None)


@pytest.mark.parametrize(
    ("code", "title", "day"),
    [
        ("kk", "Вучич 21 мамырда Қазақстанға ресми сапармен келеді", date(2024, 5, 21)),
        ("pl", "Vučić złoży w przyszłym tygodniu, 21 maja, wizytę w Kazachstanie", date(2024, 5, 21)),
        ("ar", "الرئيس الصربي ألكسندر فوتشيتش سيزور كازاخستان في الحادي والعشرين من مايو", date(2024, 5, 21)),
    ],
)
def test_what_is_ahead(code: Code, title: str, day: date) -> None:
    meeting = only(read(code, title))
    assert (meeting.form, meeting.status) == (Form.VISIT, Status.PLANNED)
    assert meeting.date is not None
    assert meeting.date.start == day


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Prezydent Kazachstanu Kasym-Żomart Tokajew spotkał się we wtorek z Władimirem Putinem.", 14, 14),
        ("Prezydent Kazachstanu Kasym-Żomart Tokajew spotkał się wczoraj z Władimirem Putinem.", 14, 14),
        ("Prezydent Kazachstanu Kasym-Żomart Tokajew spotkał się 13 maja z Władimirem Putinem.", 13, 13),
        ("Prezydent Kazachstanu Kasym-Żomart Tokajew spotkał się z Władimirem Putinem.", 15, 15),
    ],
)
def test_days(text: str, start: int, end: int) -> None:
    when = only(read("pl", "Rozmowa Tokajewa z Putinem", text)).date
    assert when is not None
    assert (when.start, when.end) == (date(2024, 5, start), date(2024, 5, end))


def test_a_range_of_days() -> None:
    when = only(read("pl", "Tokajew złoży w dniach od 20 do 22 maja wizytę w Serbii")).date
    assert when is not None
    assert (when.start, when.end) == (date(2024, 5, 20), date(2024, 5, 22))


def test_a_weekday_that_contradicts_the_day_gives_no_date() -> None:
    text = "استقبل الرئيس الروسي فلاديمير بوتين رئيس كازاخستان قاسم جومارت توكاييف اليوم (الثلاثاء) في موسكو"
    meeting = only(read("ar", "بوتين يستقبل توكاييف", text))
    assert meeting.date is None
    assert meeting.date_unknown is not None
    assert meeting.date_unknown.code == "contradiction"


@pytest.mark.parametrize(
    ("code", "title", "text", "reason"),
    [
        ("kk", "Тоқаев Лукашенкоға құттықтау жеделхатын жолдады", "", "no-meeting"),
        ("kk", "Тоқаев Қытай елшісін қабылдады", "Елші сенім грамотасын тапсырды.", "ambassador"),
        ("kk", "Тоқаев БҰҰ Бас хатшысымен кездесті", "", "organisation"),
        ("pl", "Putin spotkał się z Xi Jinpingiem w Astanie", "Gospodarzem był prezydent Tokajew.", "other-countries"),
        ("pl", "Nazarbajew i Putin spotkali się w 2011 roku w Moskwie, przypomina Tokajew", "", "no-office"),
        ("ar", "استقبل رئيس كازاخستان قاسم جومارت توكاييف رئيس الوزراء أولجاس بيكتينوف", "", "domestic"),
    ],
)
def test_what_is_none(code: Code, title: str, text: str, reason: str) -> None:
    assert why(read(code, title, text)) & {reason, "recalled"}


def test_two_meetings_of_one_article() -> None:
    text = (
        "Президент Қасым-Жомарт Тоқаев Италия Президенті Серджо Маттарелламен "
        "және Премьер-министр Джорджа Мелонимен кездесті."
    )
    found = read("kk", "Тоқаев Римге сапармен барды", text).meetings
    assert {m.counterpart.person for m in found} == {"mattarella", "meloni"}


def test_an_invitation_and_a_turnover_are_facts() -> None:
    text = (
        "Тоқаев Вучичті Қазақстанға ресми сапармен келуге шақырды. "
        "Былтыр тауар айналымы 400 миллион долларға жетті. Тараптар бірлескен мәлімдемеге қол қойды."
    )
    facts = only(read("kk", "Тоқаев Вучичпен Белградта келіссөз жүргізді", text)).facts
    states = {(fact.kind, fact.state, fact.value) for fact in facts}
    assert (FactKind.INVITATION, FactState.PROPOSED, "invitation:official-visit:RS") in states
    assert (FactKind.FIGURE, FactState.BACKGROUND, "trade:4e+08:USD:2023") in states
    assert (FactKind.DOCUMENT, FactState.DONE, "document:joint-statement") in states


def test_credits() -> None:
    text = "Prezydent Tokajew spotkał się w Astanie z prezydentem Serbii Aleksandarem Vučiciem. (PAP)"
    assert read("pl", "Vučić w Astanie", text).credits == "pap"


WORDS = st.sampled_from(
    [
        "Тоқаев",
        "Путинмен",
        "кездесті",
        "келіссөз",
        "ертең",
        "17",
        "мамыр",
        "Астанада",
        "Президенті",
        "Қытай",
        "мен",
        ",",
        ".",
        "Tokajew",
        "z",
        "spotkał",
        "prezydent",
        "Putin",
        "wizyta",
        "w",
        "Astanie",
        "jutro",
        "رئيس",
        "كازاخستان",
        "التقى",
        "بوتين",
        "في",
        "أستانا",
        "غدا",
        "،",
        "\u200f",
        "́",
        "2024",
        "31.12",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(LANGUAGES)), st.lists(WORDS, max_size=30), st.lists(WORDS, max_size=60), st.booleans())
def test_any_text_is_read_and_evidence_lies_inside(code: Code, title: list[str], text: list[str], dated: bool) -> None:
    recognition = read(code, " ".join(title), " ".join(text), WEDNESDAY if dated else None)
    body = f"{' '.join(title)}\n\n{' '.join(text)}" if text else " ".join(title)
    for meeting in recognition.meetings:
        assert meeting.partner.code != "KZ"
        assert meeting.kz.country == "KZ"
        assert all(body[e.start : e.end] == e.quote for e in meeting.evidence)
        assert (meeting.date is None) is (meeting.date_unknown is not None)
