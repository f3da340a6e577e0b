"""Why something is no meeting: the closed set of codes that refusals bear and rules' `because:` may name.

line or article --refused--> Refused (code) --TEXTS--> the sentence that readers see
"""

from enum import StrEnum
from typing import Final


class Refused(StrEnum):
    """What an article, or a line of it, is instead of a bilateral meeting of Kazakhstan."""

    RECALLED = "recalled"
    OTHER_COUNTRIES = "other-countries"
    MULTILATERAL = "multilateral"
    NO_OFFICE = "no-office"
    NO_KAZAKHSTAN = "no-kazakhstan"
    NO_MEETING = "no-meeting"
    ORGANISATION = "organisation"
    REGION = "region"
    AMBASSADOR = "ambassador"
    TELEGRAM = "telegram"
    INVITATION = "invitation"
    BUSINESS = "business"
    DOMESTIC = "domestic"
    SPORT = "sport"
    DENIED = "denied"
    RUMOUR = "rumour"
    WEAK = "weak"
    OPINION = "opinion"
    FORMER = "former"
    PARTICIPANT = "participant"
    OTHER_LANGUAGE = "other-language"


TEXTS: Final[dict[str, str]] = {
    Refused.RECALLED: "an earlier meeting, recalled",
    Refused.OTHER_COUNTRIES: "a meeting of two other countries",
    Refused.MULTILATERAL: "many countries in one line: a multilateral event",
    Refused.NO_OFFICE: "nobody who holds an office of the other country",
    Refused.NO_KAZAKHSTAN: "nobody who holds an office of Kazakhstan",
    Refused.NO_MEETING: "no word of a meeting, a call or a visit",
    Refused.ORGANISATION: "an organisation's officer, not a state's",
    Refused.REGION: "the head of a region, not of a state",
    Refused.AMBASSADOR: "an ambassador or credentials",
    Refused.TELEGRAM: "a telegram, letter, congratulation or condolence",
    Refused.INVITATION: "an invitation, not yet a visit",
    Refused.BUSINESS: "people of business",
    Refused.DOMESTIC: "people of Kazakhstan alone",
    Refused.SPORT: "a match",
    Refused.DENIED: "said not to have taken place",
    Refused.RUMOUR: "a rumour or a supposition",
    Refused.WEAK: "told too much in passing to be the article's news",
    Refused.OPINION: "opinion, not news",
    Refused.FORMER: "a former office holder",
    Refused.PARTICIPANT: "takes part only",
    Refused.OTHER_LANGUAGE: "neither Kazakh, Polish nor Arabic",
}
CODES: Final = frozenset(code.value for code in Refused)
