"""Whose words an article brings: one independent origin, and the side that speaks.

source -> whom it credits (a lexicon id: one in every script), else its outlet ; -> that one's country

Twenty copies of one agency are one origin.
"""

from wire.records import Source

SIDES = {
    "KZ": "akorda primeminister-kz mfa-kz kazinform elkz nurkz tengrinews khabar",
    "PL": "pap iar kprp",
    "CN": "xinhua cctv cgtn",
    "RU": "kremlin tass ria interfax",
    "TR": "anadolu trt",
    "AZ": "azertac",
    "QA": "qna",
    "AE": "wam",
    "SA": "spa",
    "KW": "kuna",
    "BH": "bna",
    "OM": "ona",
    "JO": "petra",
    "EG": "mena",
    "IT": "aki ansa",
    "BY": "belta",
    "KG": "kabar",
    "UZ": "uza",
    "TJ": "khovar",
    "SD": "suna",
    "PS": "wafa",
    "SY": "sana",
    "IR": "irna",
    "MA": "map",
    "DZ": "aps",
    "TN": "tap",
    "LB": "nna",
    "IQ": "ina",
    "": "reuters afp ap dpa azattyq",  # they report for everybody: no side confirms by them
}
"""Whom articles credit (ids of the lexicon), by the side that they tell."""
_SIDE = {origin: country for country, origins in SIDES.items() for origin in origins.split()}


def origin(source: Source) -> str:
    """Return the independent origin of an article: whom it credits, else its outlet."""
    return (source.credits or source.outlet).strip().casefold()


def credited(source: Source) -> str | None:
    """Return the country of whom an article credits, when it credits a side's own."""
    return (_SIDE.get(origin(source)) or None) if source.credits else None


def side(source: Source) -> str | None:
    """Return the country that speaks in an article: that of whom it credits, else its outlet's."""
    return credited(source) if source.credits else source.country
