"""Settings: unknown or wrong is fatal, and says what to set."""

from pathlib import Path

import msgspec
import pytest

from wire import settings
from wire.settings import BadSettings, Settings


def test_what_is_not_set_has_a_default() -> None:
    assert settings.read({"HOME": "/root"}) == Settings()


def test_values_are_of_their_kind() -> None:
    read = settings.read({"JARSHY_KAFKA": "a:1, b:2", "JARSHY_EMBEDDED": "true", "JARSHY_CONFIG": "/etc/jarshy"})
    assert read.bootstrap == ["a:1", "b:2"]
    assert read.embedded is True
    assert read.config == Path("/etc/jarshy")


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(BadSettings) as caught:
        settings.read({"JARSHY_KAFK": "a:1", "JARSHY_PARTITIONS": "many", "JARSHY_HEALTH_PORT": "70000"})
    words = str(caught.value)
    assert "JARSHY_KAFK is not a setting of Jarshy" in words
    assert "did you mean 'JARSHY_KAFKA'?" in words
    assert "JARSHY_PARTITIONS='many' does not fit" in words
    assert "JARSHY_HEALTH_PORT='70000' does not fit" in words


SIGNED_IN = {"JARSHY_KAFKA_SECURITY": "SASL_PLAINTEXT", "JARSHY_KAFKA_USER": "jarshy"}


def test_a_password_shows_itself_to_nobody(tmp_path: Path) -> None:
    held = tmp_path / "password"
    held.write_text("three-dogs\n")
    for given in ({"JARSHY_KAFKA_PASSWORD": "three-dogs"}, {"JARSHY_KAFKA_PASSWORD_FILE": str(held)}):
        read = settings.read({**SIGNED_IN, **given})
        assert read.kafka_password == "three-dogs"
        assert "dogs" not in repr(read)
        assert settings.read(settings.environment(read)) == read


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (SIGNED_IN, "needs JARSHY_KAFKA_PASSWORD: set it (or JARSHY_KAFKA_PASSWORD_FILE"),
        ({"JARSHY_KAFKA_USER": "jarshy"}, "PLAINTEXT signs nobody in"),
        ({"JARSHY_KAFKA_SECURITY": "SSL", "JARSHY_KAFKA_CA": "/nowhere.pem"}, "/nowhere.pem"),
        ({"JARSHY_KAFKA_SECURITY": "TLS"}, "JARSHY_KAFKA_SECURITY='TLS' does not fit"),
        ({"JARSHY_LOG_LEVEL": "loud"}, "one of: DEBUG, INFO, WARNING, ERROR, or unset it"),
        ({"JARSHY_PARTITIONS": "many"}, "expected a whole number, got text"),
        ({"JARSHY_KAFKA": "http://kafka:9092"}, "JARSHY_KAFKA='http://kafka:9092' is no address: write host:port"),
        ({"JARSHY_KAFKA": "kafka:9092, other"}, "write host:port, or several"),
        ({"JARSHY_KAFKA": ""}, "JARSHY_KAFKA='' is no address"),
        ({"JARSHY_TELEGRAM_API": "api.telegram.org"}, "JARSHY_TELEGRAM_API='api.telegram.org' is no address"),
        ({**SIGNED_IN, "JARSHY_KAFKA_PASSWORD_FILE": "/nowhere"}, "JARSHY_KAFKA_PASSWORD_FILE='/nowhere' cannot be"),
    ],
)
def test_what_does_not_fit_together_is_said(given: dict[str, str], said: str) -> None:
    with pytest.raises(BadSettings) as caught:
        settings.read(given)
    assert said in str(caught.value)


def test_another_process_reads_the_same() -> None:
    ours = Settings(kafka="x:1", embedded=True, data=Path("/d"), session_timeout=6.5)
    assert settings.read(settings.environment(ours)) == ours


@pytest.mark.parametrize("field", [field.name for field in msgspec.structs.fields(Settings)])
def test_every_setting_says_what_it_is(field: str) -> None:
    source = Path(settings.__file__).read_text(encoding="utf-8")
    after = source.split(f"    {field}: ", 1)[1].splitlines()[1]
    assert after.strip().startswith('"""'), f"{field} has no line that says what it is"
