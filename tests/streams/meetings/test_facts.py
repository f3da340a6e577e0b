"""What came of a meeting, in a sentence or two of each language: documents, invitations, figures, who says so."""

import pytest

from streams.languages import Code
from tests.streams.meetings.test_meetings import WEDNESDAY, only, read
from wire.records import Fact, FactKind, FactState

DONE, TO_BE_DONE = FactState.DONE, FactState.TO_BE_DONE
PROPOSED, BACKGROUND = FactState.PROPOSED, FactState.BACKGROUND
TITLES = {
    "kk": "Тоқаев Минскіде Лукашенкомен келіссөз жүргізді",
    "pl": "Łukaszenka spotkał się z Tokajewem w Mińsku",
    "ar": "توكاييف يلتقي لوكاشينكو في مينسك",
}
LEAD = {
    "kk": "Қазақстан Президенті Қасым-Жомарт Тоқаев Беларусь Президенті Александр Лукашенкомен кездесті. ",
    "pl": "Prezydent Kazachstanu Kasym-Żomart Tokajew spotkał się z prezydentem Białorusi Alaksandrem Łukaszenką. ",
    "ar": "التقى رئيس كازاخستان قاسم جومارت توكاييف رئيس بيلاروس ألكسندر لوكاشينكو في مينسك. ",
}


def told(code: Code, text: str) -> tuple[Fact, ...]:
    return only(read(code, TITLES[code], LEAD[code] + text)).facts


@pytest.mark.parametrize(
    ("code", "text", "value", "state"),
    [
        ("kk", "Тараптар бірлескен мәлімдемеге қол қойды.", "document:joint-statement", DONE),
        ("kk", "Бүгін көлік туралы келісімге қол қойылады.", "document:agreement", TO_BE_DONE),
        ("kk", "Былтыр қол қойылған меморандум орындалып жатыр.", "document:memorandum", BACKGROUND),
        ("kk", "Келіссөз соңында он үш құжатқа қол қойылды.", "documents:13:signed", DONE),
        ("pl", "Prezydenci podpisali protokół o współpracy celnej.", "document:protocol", DONE),
        ("pl", "Ministrowie podpisali trzydzieści pięć dokumentów.", "documents:35:signed", DONE),
        ("pl", "Umowę o kolei podpisano w 2019 roku.", "document:agreement", BACKGROUND),
        ("ar", "ووقع الرئيسان مذكرة تفاهم بشأن الزراعة.", "document:memorandum", DONE),
        ("ar", "ووقع الوزراء ثلاث عشرة وثيقة.", "documents:13:signed", DONE),
        ("ar", "وسيوقع الجانبان معاهدة غدا.", "document:treaty", TO_BE_DONE),
    ],
)
def test_documents(code: Code, text: str, value: str, state: FactState) -> None:
    (found,) = told(code, text)
    assert (found.kind, found.value, found.state) == (FactKind.DOCUMENT, value, state)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("kk", "Тараптар бірқатар құжатқа қол қойды."),
        ("pl", "Podpisano ponad dziesięć dokumentów."),
        ("ar", "ووقع الجانبان عددا من الوثائق."),
        ("pl", "Dzień wcześniej Łukaszenka podpisał deklarację z Armenią."),
    ],
    ids=["some", "roughly", "a number of", "with another country"],
)
def test_documents_that_say_nothing_make_no_fact(code: Code, text: str) -> None:
    assert told(code, text) == ()


@pytest.mark.parametrize(
    ("code", "text", "states"),
    [
        ("kk", "ТМД Мемлекет басшылары кеңесінің отырысында көлік туралы келісімге қол қойылды.", [BACKGROUND]),
        ("kk", "Саммит қорытындысында 16 құжатқа қол қойылды.", [BACKGROUND]),
        ("kk", "ТМД саммиті аясында тараптар меморандумға қол қойды.", [DONE]),
        ("pl", "Na szczycie WNP podpisano 16 dokumentów.", [BACKGROUND]),
        ("pl", "Po rozmowach podpisano umowę o współpracy w ramach WNP.", [DONE]),
        ("pl", "Na marginesie szczytu WNP Tokajew i Łukaszenka podpisali umowę o tranzycie.", [DONE]),
        ("ar", "ووقع قادة رابطة الدول المستقلة اتفاقية بشأن التجارة الحرة.", [BACKGROUND]),
        ("ar", "وعلى هامش القمة وقع الجانبان مذكرة تفاهم بشأن الزراعة.", [DONE]),
    ],
)
def test_what_many_states_signed_is_not_done_at_the_talks_of_two(
    code: Code, text: str, states: list[FactState]
) -> None:
    assert [fact.state for fact in told(code, text)] == states


def test_a_documents_title_is_its_own_words() -> None:
    (kk,) = told("kk", "Бүгін ауыл шаруашылығындағы ынтымақтастық туралы келісімге қол қойылады.")
    (pl,) = told("pl", "Prezydenci podpisali umowę o uznawaniu dyplomów, choć rozmowy trwały długo.")
    assert (kk.title, pl.title) == (
        "ауыл шаруашылығындағы ынтымақтастық туралы келісімге",
        "umowę o uznawaniu dyplomów",
    )


@pytest.mark.parametrize(
    ("code", "text", "value", "by"),
    [
        ("kk", "Тоқаев Лукашенконы қыркүйекте Қазақстанға мемлекеттік сапармен келуге шақырды.",
         "state-visit:BY:2024-09", "KZ"),
        ("kk", "Лукашенко Тоқаевты Минскіге ресми сапармен келуге шақырды.", "official-visit:KZ", "BY"),
        ("pl", "Tokajew zaprosił Łukaszenkę do złożenia wizyty w Kazachstanie.", "visit:BY", "KZ"),
        ("pl", "Łukaszenka zaprosił Tokajewa z wizytą oficjalną.", "official-visit:KZ", "BY"),
        ("ar", "ودعا توكاييف نظيره إلى زيارة كازاخستان.", "visit:BY", "KZ"),
    ],
)  # fmt: skip
def test_an_invitation_says_whom_to_where_and_when(code: Code, text: str, value: str, by: str) -> None:
    (found,) = told(code, text)
    assert (found.kind, found.value, found.state, found.said_by) == (
        FactKind.INVITATION, f"invitation:{value}", PROPOSED, by,
    )  # fmt: skip


def test_two_words_for_one_invitation_are_one_and_two_guests_are_two() -> None:
    (one,) = told(
        "kk",
        "Тоқаев Лукашенконы Қазақстанға ресми сапармен келуге шақырды. Кейін ол тағы айтты. "
        "Тоқаев Лукашенконы биылғы қыркүйекте Қазақстанға мемлекеттік сапармен келуге шақырды.",
    )
    assert one.value == "invitation:state-visit:BY:2024-09"
    assert one.names.en == "invitation to a state visit (Alexander Lukashenko; Kazakhstan; September 2024)"
    assert len(one.evidence) == 2
    both = told(
        "kk",
        "Тоқаев Лукашенконы Қазақстанға сапармен келуге шақырды. "
        "Лукашенко Тоқаевты Минскіге ресми сапармен келуге шақырды.",
    )
    assert [each.value for each in both] == ["invitation:visit:BY", "invitation:official-visit:KZ"]


def test_what_one_came_by_is_no_invitation_and_what_is_accepted_is_to_be_done() -> None:
    assert told("pl", "Tokajew przybył na zaproszenie prezydenta Białorusi z wizytą oficjalną.") == ()
    assert told("ar", "وجاءت الزيارة بدعوة من رئيس بيلاروس.") == ()
    (found,) = told("pl", "Łukaszenka przyjął zaproszenie do złożenia wizyty w Kazachstanie.")
    assert (found.value, found.state) == ("invitation:visit:BY", TO_BE_DONE)


@pytest.mark.parametrize(
    ("code", "text", "value", "state"),
    [
        ("kk", "Былтыр тауар айналымы 1,4 миллиард долларға жетті.", "trade:1.4e+09:USD:2023", BACKGROUND),
        ("kk", "Биылғы бес айда тауар айналымы тоғыз жүз емес, екі миллиард доллар болды.",
         "trade:2e+09:USD:2024-01/2024-05", BACKGROUND),
        ("kk", "Тараптар тауар айналымын бес миллиард долларға жеткізуді көздейді.", "trade:5e+09:USD", TO_BE_DONE),
        ("pl", "Wymiana handlowa wyniosła w 2022 roku $3,5 mld.", "trade:3.5e+09:USD:2022", BACKGROUND),
        ("pl", "Celem jest zwiększenie obrotów handlowych do 10 mld euro.", "trade:1e+10:EUR", TO_BE_DONE),
        ("pl", "Podpisano umowę o inwestycji za 1 200 mln euro.", "investment:1.2e+09:EUR", DONE),
        ("ar", "وبلغ التبادل التجاري خمسة عشر مليار دولار العام الماضي.", "trade:1.5e+10:USD:2023", BACKGROUND),
        ("ar", "واتفقا على رفع التبادل التجاري إلى ملياري دولار.", "trade:2e+09:USD", TO_BE_DONE),
        ("ar", "وبلغت الاستثمارات 4,500 مليون دولار منذ عام 2005.", "investment:4.5e+09:USD:2005/", BACKGROUND),
    ],
)  # fmt: skip
def test_figures_have_a_unit_a_period_and_a_state(code: Code, text: str, value: str, state: FactState) -> None:
    figures = [each for each in told(code, text) if each.kind is FactKind.FIGURE]
    assert [(each.value, each.state) for each in figures] == [(value, state)]


@pytest.mark.parametrize(
    ("code", "text", "by"),
    [
        ("kk", "Тоқаев тауар айналымы 2 миллиард долларға жеткенін айтты.", "KZ"),
        ("kk", "Тауар айналымы 2 миллиард доллар болды. Бұл аз, – деді Беларусь Президенті.", "BY"),
        ("kk", "Тауар айналымы 2 миллиард доллар болды. «Бұл аз», – деді Беларусь Президенті.", None),
        ("pl", "Według strony białoruskiej obroty handlowe sięgają 2 mld dolarów.", "BY"),
        ("pl", "Tokajew podkreślił znaczenie kolei. Dodał, że obroty handlowe to 2 mld dolarów.", "KZ"),
        ("ar", "وقال لوكاشينكو إن التبادل التجاري بلغ 2 مليار دولار.", "BY"),
        ("pl", "Obroty handlowe sięgają 2 mld dolarów.", None),
    ],
)
def test_who_says_so(code: Code, text: str, by: str | None) -> None:
    assert [each.said_by for each in told(code, text) if each.kind is FactKind.FIGURE] == [by]


def test_words_of_another_sentence_that_say_who_are_evidence_too() -> None:
    text = "Тауар айналымы 2 миллиард доллар болды. Бұл аз, – деді Беларусь Президенті."
    (found,) = told("kk", text)
    assert [each.about for each in found.evidence] == ["figure", "said-by"]


def test_facts_of_an_article_with_two_partners_go_with_the_one_they_name() -> None:
    text = (
        "Қазақстан Президенті Қасым-Жомарт Тоқаев Беларусь Президенті Александр Лукашенкомен кездесті. "
        "Беларусь пен Қазақстан арасындағы тауар айналымы 1 миллиард долларға жетті. "
        "Содан соң Қасым-Жомарт Тоқаев Сербия Президенті Александр Вучичпен келіссөз жүргізді. "
        "Тараптар бірлескен мәлімдемеге қол қойды."
    )
    found = read("kk", "Тоқаев Лукашенкомен және Вучичпен кездесті", text, WEDNESDAY).meetings
    assert {each.partner.code: [fact.value for fact in each.facts] for each in found} == {
        "BY": ["trade:1e+09:USD"],
        "RS": ["document:joint-statement"],
    }
