"""Environment -> frozen Settings; unknown or wrong is fatal, and says what to set."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from wire import security
from wire.files import misfit, suggest
from wire.security import Mechanism, Protocol, Secret

PREFIX = "JARSHY_"
WRONG_CONFIGURATION = 78
"""Exit status of a process whose settings or files are wrong (EX_CONFIG): starting it again would not mend it."""
PASSWORD = PREFIX + "KAFKA_PASSWORD"
NEWER_RECORD = 79
"""Exit status of a process that met a record of a later version: it must be upgraded, starting it again is no use."""
RUNNERS_OWN = {"JARSHY_TEST_KAFKA", "JARSHY_HYPOTHESIS"}
"""Variables that only the test run and the Makefile read."""


class BadSettings(SystemExit):
    """The environment cannot be used; printed in full, and an exit status that no restart will mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(WRONG_CONFIGURATION)
        self.faults = faults
        print(self, file=sys.stderr)

    def __str__(self) -> str:
        return "\n".join(f"jarshy: {fault}" for fault in self.faults)


Seconds = Annotated[float, msgspec.Meta(gt=0)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
EMBEDDED: Final = "embedded"
_HOST_AND_PORT: Final = re.compile(r"[^\s/]+:\d{1,5}")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a process needs to know of its surroundings; each field is the variable JARSHY_<FIELD>."""

    kafka: str = EMBEDDED
    """Bootstrap servers, `host:port` and commas; `embedded`: `jarshy up` starts one of its own."""
    kafka_security: Protocol = "PLAINTEXT"
    """How the broker is spoken to: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL."""
    kafka_user: str = ""
    """Who signs in, with SASL."""
    kafka_password: Secret = Secret()
    """The user's password; or JARSHY_KAFKA_PASSWORD_FILE names a file that holds it."""
    kafka_mechanism: Mechanism = "SCRAM-SHA-512"
    """How the password is proven: SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN."""
    kafka_ca: Path | None = None
    """PEM file of the authority that signed the broker's certificate; none: those of this machine."""
    kafka_certificate: Path | None = None
    """PEM file of our own certificate, where the broker asks for one."""
    kafka_key: Path | None = None
    """PEM file of its key, where the certificate's file does not hold it."""
    embedded: bool = False
    """The broker is the embedded one: its faults are worked round (set by `jarshy up`)."""
    prefix: str = "jarshy"
    """First part of every topic, group and app name."""
    config: Path = Path("config")
    """The folder of feeds.yaml, desks.yaml, rules and lexicon."""
    data: Path = Path("data")
    """Where the outbox lives: keep it on a disk that stays."""
    partitions: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    """Partitions of keyed topics when they are created; 0: the manifest's own."""
    session_timeout: Seconds = 30.0
    """Seconds after which a silent group member is given up; heartbeats follow from it."""
    stalled_after: Seconds = 120.0
    """Seconds with something to do and no progress after which a process ends itself, to be started again."""
    backlog_age: Seconds = 6 * 3600.0
    """Entries of a new feed older than this are told to nobody, seconds."""
    telegram_api: str = "https://api.telegram.org"
    """Base address of the Bot API: a self-hosted one, for instance."""
    slack_api: str = "https://hooks.slack.com"
    """Base address of Slack's incoming webhooks."""
    slack_bot_api: str = "https://slack.com/api"
    """Base address of Slack's Web API, for receivers with a bot's token."""
    health_port: Port = 0
    """Port of this process's health page on 127.0.0.1; 0: none."""
    log_level: Level = "INFO"
    """DEBUG, INFO, WARNING or ERROR."""

    @property
    def bootstrap(self) -> list[str]:
        """Return the broker's addresses."""
        return [address.strip() for address in self.kafka.split(",") if address.strip()]


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises BadSettings naming every variable that is unknown or does not fit.
    """
    environ = dict(os.environ if environ is None else environ)
    faults = _password_from_file(environ)
    fields = {PREFIX + field.name.upper(): field for field in msgspec.structs.fields(Settings)}
    values = {}
    for variable, text in environ.items():
        if not variable.startswith(PREFIX) or variable in RUNNERS_OWN:
            continue
        if variable not in fields:
            faults.append(f"{variable} is not a setting of Jarshy: unset it. {suggest(variable, fields)}")
            continue
        try:
            values[fields[variable].name] = msgspec.convert(text, fields[variable].type, strict=False, dec_hook=_path)
        except msgspec.ValidationError as error:
            why, mend = misfit(text, fields[variable].type, error)
            faults.append(f"{variable}={text!r} does not fit: {why}. {mend or 'Set it right'}, or unset it.")
    found = Settings(**values)
    faults += [*_addresses(found), *security.faults(found)]
    if faults:
        raise BadSettings(faults)
    return found


def _addresses(settings: Settings) -> Iterator[str]:
    """Yield the addresses that no client could reach: a client would say so late, or not at all."""
    if settings.kafka != EMBEDDED and not all(map(_HOST_AND_PORT.fullmatch, settings.bootstrap or [""])):
        yield f"JARSHY_KAFKA={settings.kafka!r} is no address: write host:port, or several with commas between."
    for name in ("telegram_api", "slack_api", "slack_bot_api"):
        if not (address := getattr(settings, name)).startswith(("http://", "https://")):
            yield f"{PREFIX}{name.upper()}={address!r} is no address: write one that begins with https:// or http://."


def environment(settings: Settings) -> dict[str, str]:
    """Return the variables that make another process read the same settings."""
    return {
        PREFIX + name.upper(): str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in msgspec.structs.asdict(settings).items()
        if value is not None
    }


def _password_from_file(environ: dict[str, str]) -> list[str]:
    """Put the password that a file holds where the variable would, and return what is wrong with the file."""
    path = environ.pop(PASSWORD + "_FILE", None)
    if path is None:
        return []
    try:
        environ[PASSWORD] = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        return [f"{PASSWORD}_FILE={path!r} cannot be read ({error}): name a readable text file."]
    return []


def _path(kind: type, value: object) -> object:
    return kind(value)
