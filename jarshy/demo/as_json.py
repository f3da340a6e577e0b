"""One alert as one line for other programs: names in Latin script, as the lexicon has them."""

from typing import Any

import msgspec

from wire.records import Actor, Alert, Fact, Place


def line(alert: Alert) -> str:
    """Return the alert as one line of JSON."""
    return msgspec.json.encode(fields(alert)).decode()


def fields(alert: Alert) -> dict[str, Any]:
    """Return what an alert says, flat."""
    return {
        "kind": alert.kind.value,
        "story": alert.story,
        "alert": alert.id,
        "rules": [hit.rule for hit in alert.rules],
        "priority": alert.priority.value,
        "desks": list(alert.desks),
        "with": alert.partner.code,
        "form": alert.form.value,
        "status": alert.status.value,
        "status_detail": alert.status_detail.value if alert.status_detail else None,
        "level": alert.counterpart.level.value,
        "kz_actor": _name(alert.kz),
        "kz_office": alert.kz.office,
        "counterpart": _name(alert.counterpart),
        "office": alert.counterpart.office,
        "place": _city(alert.place),
        "place_country": alert.place.country if alert.place else None,
        "date": alert.date.start.isoformat() if alert.date else None,
        "date_end": alert.date.end.isoformat() if alert.date else None,
        "date_reason": _date_reason(alert),
        "facts": [_fact(fact) for fact in alert.facts],
        "evidence": [{"article": each.article, "about": each.about, "quote": each.quote} for each in alert.evidence],
        "languages": sorted({source.language for source in alert.sources}),
        "articles": [
            {"id": source.article, "title": source.title, "url": source.url, "language": source.language}
            for source in alert.sources
        ],
    }


def _name(actor: Actor) -> str | None:
    return actor.names.en if actor.names else None


def _city(place: Place | None) -> str | None:
    return place.names.en if place and place.city and place.names else None


def _date_reason(alert: Alert) -> str | None:
    reason = alert.date.reason if alert.date else alert.date_unknown
    return f"{reason.code}: {reason.text}" if reason else None


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "kind": fact.kind.value,
        "state": fact.state.value,
        "value": fact.value,
        "text": fact.names.en,
        "quotes": [each.quote for each in fact.evidence],
    }
