"""Kafka over TLS and SASL: settings -> what a client is told, and the sentence for what does not fit together.

JARSHY_KAFKA_SECURITY --faults--> nothing wrong --encryption, options--> kafka-python, Faust
"""

import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from wire.settings import Settings

Protocol = Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]
Mechanism = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]


class Secret(str):
    """A text that shows itself to nobody who prints what holds it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'" if self else "''"


def signs_in(settings: "Settings") -> bool:
    """Return whether the broker asks for a user and a password."""
    return settings.kafka_security.startswith("SASL")


def encryption(settings: "Settings") -> ssl.SSLContext | None:
    """Return how TLS is spoken with the broker, None where it is not; OSError (ssl's among it) for a bad file."""
    if not settings.kafka_security.endswith("SSL"):
        return None
    context = ssl.create_default_context(cafile=settings.kafka_ca)
    if settings.kafka_certificate:
        context.load_cert_chain(settings.kafka_certificate, settings.kafka_key)
    return context


def options(settings: "Settings") -> dict[str, Any]:
    """Return what a client of kafka-python is told."""
    told: dict[str, Any] = {"security_protocol": settings.kafka_security}
    if context := encryption(settings):
        told["ssl_context"] = context
    if signs_in(settings):
        told |= {
            "sasl_mechanism": settings.kafka_mechanism,
            "sasl_plain_username": settings.kafka_user,
            "sasl_plain_password": str(settings.kafka_password),
        }
    return told


def faults(settings: "Settings") -> Iterator[str]:
    """Yield every way in which the settings of the wire do not fit together."""
    protocol = settings.kafka_security
    if signs_in(settings):
        lacking = [name for name in ("user", "password") if not getattr(settings, f"kafka_{name}")]
        for name in lacking:
            also = " (or JARSHY_KAFKA_PASSWORD_FILE to a file that holds it)" if name == "password" else ""
            yield f"JARSHY_KAFKA_SECURITY={protocol} needs JARSHY_KAFKA_{name.upper()}: set it{also}."
    elif settings.kafka_user or settings.kafka_password:
        yield f"JARSHY_KAFKA_SECURITY={protocol} signs nobody in: set SASL_SSL, or unset user and password."
    try:
        encryption(settings)
    except OSError as error:
        paths = ", ".join(str(p) for p in (settings.kafka_ca, settings.kafka_certificate, settings.kafka_key) if p)
        yield f"the certificates cannot be used ({paths}): {error.strerror or error}. They must be PEM files."
