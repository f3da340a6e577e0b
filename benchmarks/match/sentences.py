"""What invented articles are made of: sentences with holes, in three languages.

{a} and {b} are the two sides' people, {city} a city in its plain form, {n} a number, {day} a day of a month,
{gen} and its like an invented word in that case, {t.gen} a word of the article's topics.
"""

from typing import Final

from streams.languages import Code

TITLES: Final[dict[Code, tuple[str, ...]]] = {
    "kk": ("{a} пен {b} {t.acc} талқылады", "{a} мен {b} арасында келіссөз өтті", "{a} {b} мырзаны қабылдады"),
    "pl": ("{a} i {b} rozmawiali o {t.loc}", "{a} przyjął {b}", "Rozmowy w mieście {city}: {a} i {b}"),
    "ar": ("{a} و{b} يبحثان {t.nom}", "{a} يلتقي {b} في {city}", "محادثات بين {a} و{b}"),
}
LEADS: Final[dict[Code, tuple[str, ...]]] = {
    "kk": (
        "{day} күні {city} қаласында {a} мен {b} келіссөз жүргізді.",
        "Бүгін {a} мен {b} кездесіп, {t.acc} және {gen} мәселесін талқылады.",
        "{city} қаласында {a} мен {b} шағын құрамда келіссөз өткізді.",
    ),
    "pl": (
        "{a} i {b} rozmawiali we wtorek w mieście {city} o {t.loc}.",
        "W mieście {city} spotkali się {a} i {b}.",
        "{a} i {b} przeprowadzili {day} rozmowy w wąskim gronie.",
    ),
    "ar": (
        "بحث {a} مع {b} اليوم في {city} {t.acc} بين البلدين.",
        "التقى {a} في {city} {b} وأجرى معه محادثات حول {t.acc}.",
        "عقد {a} و{b} جلسة محادثات في {city}.",
    ),
}
OTHER_TITLES: Final[dict[Code, tuple[str, ...]]] = {
    "kk": ("{nom}: {n} пайызға өсті", "{loc} {n} жаңа {nom} ашылды"),
    "pl": ("{nom}: wzrost o {n} procent", "Otwarto {n} {gen} w tym roku"),
    "ar": ("{nom}: نمو بنسبة {n} في المئة", "افتتاح {n} من {gen} هذا العام"),
}
SENTENCES: Final[dict[Code, tuple[str, ...]]] = {
    "kk": (
        "{nom} мен {nom} саласында былтыр {n} жоба іске асты, оның {n} пайызы {gen} есебінен қаржыландырылды.",
        "Сарапшылардың айтуынша, {gen} бағасы {n} теңгеден {n} теңгеге дейін көтеріледі.",
        "«{gen} сапасын арттырмай, {dat} сенім болмайды», – деді ол журналистерге.",
        "{loc} жұмыс істейтін {n} маман {acc} жаңартып, {dat} көшуді ұсынды.",
        "Жиында {nom}, {nom} және {nom} мәселелері де сөз болды.",
        "Келесі жылдың {n}-тоқсанында {gen} екінші кезегі пайдалануға беріледі.",
        "Оның пікірінше, {nom} {ins} бірге дамуы тиіс, әйтпесе {acc} сақтау қиын.",
        "Министрлік {acc} {n} миллиард теңгеге сатып алуды жоспарлап отыр.",
        "{day} күні {loc} өткен {nom} {n} мыңға жуық қонақ жинады.",
        "Бұған дейін {nom} {loc} ғана шығарылатын, қазір {n} облыста бар.",
        "Тұрғындар {gen} кеш басталғанына, {dat} ақша жетпегеніне шағымданды.",
        "Жаңа {nom} {n} адамға тұрақты жұмыс береді деп күтіліп отыр.",
    ),
    "pl": (
        "W ubiegłym roku {nom} i {nom} przyniosły {n} milionów złotych, z czego {n} procent trafiło do {gen}.",
        "Zdaniem ekspertów cena {gen} wzrośnie z {n} do {n} złotych za sztukę.",
        "„Bez {gen} nie będzie zaufania do {gen}” – powiedział dziennikarzom.",
        "Przy {loc} pracuje {n} osób, które zajmują się {ins} i {ins}.",
        "Poruszono także sprawy {gen}, {gen} oraz {gen}.",
        "Druga część {gen} ruszy w {n}. kwartale przyszłego roku, jeśli pozwoli na to {nom}.",
        "Jak dodał, {nom} musi iść w parze z {ins}, bo inaczej trudno utrzymać {acc}.",
        "Resort chce kupić {acc} za {n} mld zł, a potem oddać {acc} samorządom.",
        "{nom}, która odbyła się {day}, zgromadziła blisko {n} tys. widzów.",
        "Dotąd {nom} powstawała tylko przy {loc}, dziś działa w {n} województwach.",
        "Mieszkańcy skarżyli się na opóźnienie {gen} i brak pieniędzy na {acc}.",
        "Nowa {nom} da stałą pracę {n} osobom.",
    ),
    "ar": (
        "وحقق {nom} و{acc} في العام الماضي {n} مليون دولار، ذهب {n} في المئة منها إلى {gen}.",
        "ويتوقع الخبراء أن يرتفع سعر {gen} من {n} إلى {n} دولارا.",
        "وقال للصحفيين: «لا ثقة في {gen} من دون {gen}».",
        "ويعمل في {gen} نحو {n} خبير، يطورون {nom} و{nom}.",
        "وتناول الحاضرون أيضا {nom} و{nom} و{nom}.",
        "ومن المقرر أن يبدأ الجزء الثاني من {gen} في الربع {n} من العام المقبل.",
        "وأضاف أن {nom} يجب أن يسير مع {gen}، وإلا صعب الحفاظ على {gen}.",
        "وتعتزم الوزارة شراء {nom} بقيمة {n} مليار، ثم نقل {gen} إلى البلديات.",
        "وجمع {nom} الذي أقيم في {day} نحو {n} ألف زائر.",
        "وكان {nom} ينتج من قبل في {gen} وحدها، وهو اليوم في {n} محافظات.",
        "واشتكى السكان من تأخر {gen} ومن نقص المال {dat}.",
        "ويوفر {nom} الجديد عملا دائما لنحو {n} شخص.",
    ),
}
ON_TOPIC: Final[dict[Code, tuple[str, ...]]] = {
    "kk": (
        "Тараптар {t.acc} кеңейту жолдарын қарастырды.",
        "{t.nom} туралы мәселе {n} жылдан бері шешілмей келеді.",
        "Ол {t.dat} қатысты {n} ұсыныс айтты.",
    ),
    "pl": (
        "Strony mówiły o {t.loc} i o tym, jak je rozwijać.",
        "Sprawa {t.gen} czeka na rozwiązanie od {n} lat.",
        "Zgłosił też {n} propozycji w sprawie {t.gen}.",
    ),
    "ar": (
        "وناقش الجانبان سبل تطوير {t.gen}.",
        "ومسألة {t.nom} معلقة منذ {n} سنوات.",
        "وطرح {n} مقترحات بشأن {t.gen}.",
    ),
}
DAYS: Final[dict[Code, tuple[str, ...]]] = {
    "kk": ("5 маусым", "12 маусым", "20 мамыр", "3 маусым"),
    "pl": ("5 czerwca", "12 czerwca", "20 maja", "3 czerwca"),
    "ar": ("5 يونيو", "12 يونيو", "20 مايو", "3 يونيو"),
}
