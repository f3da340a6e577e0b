"""What the made-up newspapers print: sentences of three languages with places for names, cities, days and a number.

A person stands in the nominative everywhere, so that any holder of the lexicon fits.
"""

from typing import NamedTuple

Text = tuple[str, str]
"""Title and text."""


class Phrases(NamedTuple):
    """One language's ways to tell of the same thing; a newspaper chooses one."""

    held: tuple[Text, ...]
    called: tuple[Text, ...]
    planned: tuple[Text, ...]
    call_planned: tuple[Text, ...]
    cancelled: tuple[Text, ...]
    call_cancelled: tuple[Text, ...]
    quiet: tuple[Text, ...]
    """No bilateral meeting: weather, sport, budgets, telegrams."""
    note: str
    """What makes an article unlike any other."""


PHRASES = {
    "kk": Phrases(
        held=(
            (
                "{us} пен {them} келіссөз жүргізді",
                "{us} пен {them} {date_in} {city} қаласында кездесіп, келіссөз жүргізді.",
            ),
            ("{city}: {us} пен {them} кездесті", "{date_in} {city} қаласында {us} пен {them} кездесті."),
        ),
        called=(
            (
                "{us} пен {them} телефон арқылы сөйлесті",
                "{date_in} {us} пен {them} телефон арқылы сөйлесті.",
            ),
        ),
        planned=(
            ("{us} пен {them} кездеседі", "{us} пен {them} {date_in} {city} қаласында кездеседі."),
            ("{us} пен {them} келіссөз жүргізеді", "{date_in} {city} қаласында {us} пен {them} келіссөз жүргізеді."),
        ),
        call_planned=(
            ("{us} пен {them} телефон арқылы сөйлеседі", "{date_in} {us} пен {them} телефон арқылы сөйлеседі."),
        ),
        cancelled=(
            (
                "{us} пен {them} кездесуі өтпейді",
                "{us} пен {them} арасында {date_in} {city} қаласында жоспарланған кездесу өтпейтін болды.",
            ),
        ),
        call_cancelled=(
            (
                "{us} пен {them} телефон арқылы сөйлеспейді",
                "{us} пен {them} арасында {date_in} жоспарланған телефон арқылы сөйлесу өтпейтін болды.",
            ),
        ),
        quiet=(
            ("{city} қаласында жаңа мектеп ашылды", "Мектепте {number} бала оқиды, сабақ {date_in} басталды."),
            ("Ертең {city} қаласында жаңбыр жауады", "Синоптиктер желдің екпіні {number} шақырымға жетеді дейді."),
            ("Астық жиналды", "Облыс диқандары {number} гектардың егінін жинап алды."),
            ("Футбол: ұлттық құрама жеңді", "Құрама командасы {city} қаласында {number} көрерменнің алдында жеңді."),
            ("{us} {them} атына жеделхат жолдады", "{us} {date_in} {them} атына құттықтау жеделхатын жолдады."),
        ),
        note="Хабар нөмірі {number}.",
    ),
    "pl": Phrases(
        held=(
            ("{us} i {them} spotkali się", "{us} i {them} spotkali się {date} w mieście {city}."),
            ("{us} i {them} prowadzili rozmowy", "{date} w mieście {city} {us} i {them} prowadzili rozmowy."),
        ),
        called=(("{us} i {them} rozmawiali przez telefon", "{us} i {them} rozmawiali {date} przez telefon."),),
        planned=(("{us} i {them} spotkają się", "{us} i {them} spotkają się {date} w mieście {city}."),),
        call_planned=(
            ("{us} i {them} porozmawiają przez telefon", "{us} i {them} porozmawiają {date} przez telefon."),
        ),
        cancelled=(
            (
                "{us} i {them} nie spotkają się",
                "Spotkanie, na którym {us} i {them} mieli rozmawiać {date} w mieście {city}, zostało odwołane.",
            ),
        ),
        call_cancelled=(
            (
                "{us} i {them} nie porozmawiają przez telefon",
                "Rozmowa telefoniczna, którą {us} i {them} mieli odbyć {date}, została odwołana.",
            ),
        ),
        quiet=(
            ("{city}: otwarto nowy szpital", "W szpitalu jest {number} łóżek, pierwsi chorzy przyjechali {date}."),
            ("Jutro deszcz", "Synoptycy zapowiadają wiatr i {number} litrów deszczu, od {date} będzie chłodniej."),
            ("Ceny węgla w górę", "Tona kosztuje już {number} złotych."),
            ("Siatkówka: porażka w meczu wyjazdowym", "Mecz w mieście {city} oglądało {number} widzów."),
            ("Depesza z gratulacjami", "{us} wysłał {date} depeszę gratulacyjną, jej adresatem jest {them}."),
        ),
        note="Notatka numer {number}.",
    ),
    "ar": Phrases(
        held=(
            ("{us} و{them} يعقدان محادثات", "عقد {us} و{them} محادثات في {city} يوم {date}."),
            ("{us} يلتقي {them}", "التقى {us} {them} في {city} يوم {date}."),
        ),
        called=(("اتصال هاتفي بين {us} و{them}", "أجرى {us} اتصالا هاتفيا مع {them} يوم {date}."),),
        planned=(("{us} سيلتقي {them}", "سيلتقي {us} {them} في {city} يوم {date}."),),
        call_planned=(("اتصال هاتفي مرتقب بين {us} و{them}", "سيجري {us} اتصالا هاتفيا مع {them} يوم {date}."),),
        cancelled=(
            ("إلغاء لقاء {us} و{them}", "تم إلغاء اللقاء بين {us} و{them} الذي كان مقررا في {city} يوم {date}."),
        ),
        call_cancelled=(
            (
                "إلغاء اتصال هاتفي بين {us} و{them}",
                "تم إلغاء الاتصال الهاتفي بين {us} و{them} الذي كان مقررا يوم {date}.",
            ),
        ),
        quiet=(
            ("افتتاح مدرسة جديدة في {city}", "تضم المدرسة {number} تلميذا وبدأت الدروس يوم {date}."),
            ("أمطار غدا", "تتوقع الأرصاد رياحا قوية وهطول {number} مليمترا من المطر."),
            ("ارتفاع أسعار القمح", "بلغ سعر الطن {number} ريالا."),
            ("كرة القدم: فوز في مباراة الإياب", "حضر المباراة في {city} نحو {number} متفرجا."),
            ("{us} يبعث برقية تهنئة", "بعث {us} يوم {date} برقية تهنئة إلى {them}."),
        ),
        note="الخبر رقم {number}.",
    ),
}
