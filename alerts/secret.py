"""Secrets: from the environment or from files into URLs, and nowhere else.

${NAME} -> NAME, or the file that NAME_FILE names -> value; missing -> one Problem; any text -> veiled text
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from alerts.desks import DesksFile
from wire.files import Problem

SECRET = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


def secrets_of(text: str, environ: Mapping[str, str]) -> dict[str, str | None]:
    """Return the value of every ${NAME} in a text: from NAME, or from the file that NAME_FILE names; None: not set."""
    return {name: _secret(name, environ) for name in SECRET.findall(text)}


def _secret(name: str, environ: Mapping[str, str]) -> str | None:
    if value := environ.get(name, "").strip():
        return value
    path = environ.get(f"{name}_FILE", "")
    try:
        return (Path(path).read_text(encoding="utf-8").strip() or None) if path else None
    except (OSError, UnicodeDecodeError):
        return None


def veiled(values: Iterable[str]) -> tuple[str, ...]:
    """Return the secrets and their parts, longest first; short ones, such as a chat's number, show nothing."""
    parts = {part for value in values for part in (value, *re.split(r"[/@:?&=]", value)) if len(part) >= 8}
    return tuple(sorted(parts, key=len, reverse=True))


def missing(
    file: DesksFile, found: Mapping[str, Mapping[str, str | None]], environ: Mapping[str, str]
) -> list[Problem]:
    """Return one Problem that names every variable without a value."""
    lacking = {name for values in found.values() for name, value in values.items() if value is None}
    if not lacking:
        return []
    names = ", ".join(_lacking(name, environ) for name in sorted(lacking))
    first = next(key for key, values in found.items() if None in values.values())
    mend = "set each in the environment, or NAME_FILE to a readable file that holds it; or change the receivers"
    return [file.document.problem(("receivers", first, "url"), f"these secrets are not set: {names}", mend)]


def _lacking(name: str, environ: Mapping[str, str]) -> str:
    """Return a variable's name; what stands in NAME_FILE is not shown, for it may be the secret itself."""
    held = f"{name}_FILE"
    return f"{name} (the file that {held} names cannot be read, or is empty)" if environ.get(held) else name


def veil(text: str, secrets: tuple[str, ...]) -> str:
    """Return the text with every secret hidden."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return text
