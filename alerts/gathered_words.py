"""The words of digests and agendas: one table for each language a desk may be addressed in."""

import msgspec


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the lines of a message that tells several stories."""

    digest: str  # {n} stories
    agenda: str  # {day}: the first of seven
    planned: str
    passed: str  # their day is over, and nobody reported
    more: str  # {n} that found no room
    update: str
    change: str
    correction: str


WORDS = {
    "en": Words(
        digest="Gathered: {n} stories",
        agenda="The next seven days, from {day}",
        planned="Planned",
        passed="The day has passed, and no report came",
        more="and {n} more",
        update="more on it",
        change="status changed",
        correction="corrected",
    ),
    "kk": Words(
        digest="Жинақталған хабарлар: {n}",
        agenda="{day}: алдағы жеті күн",
        planned="Жоспарда",
        passed="Күні өтті, бірақ хабар келген жоқ",
        more="тағы {n}",
        update="толықтырылды",
        change="жағдайы өзгерді",
        correction="түзетілді",
    ),
    "pl": Words(
        digest="Zebrane wiadomości: {n}",
        agenda="Najbliższe siedem dni, od {day}",
        planned="W planie",
        passed="Dzień minął, a doniesień nie było",
        more="i jeszcze {n}",
        update="uzupełnienie",
        change="zmiana statusu",
        correction="sprostowanie",
    ),
    "ar": Words(
        digest="أخبار مجمّعة: {n}",
        agenda="الأيام السبعة القادمة ابتداءً من {day}",
        planned="المقرر",
        passed="انقضى موعدها ولم يرد عنها خبر",
        more="و{n} غيرها",
        update="إضافة",
        change="تغيّرت الحالة",
        correction="تصحيح",
    ),
}
