"""docker-compose.yml and Dockerfile against what the code needs: settings, commands, topics, Kafka itself."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from jarshy.children import free_port
from jarshy.cli import main as jarshy
from jarshy.system import STAGES
from tests.brokers.kafka import KafkaBroker, version
from wire import settings
from wire.broker import create, read_all
from wire.settings import Settings
from wire.topics import MANIFEST

ROOT = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name in SERVICES if name != "kafka"]
DOCKERFILE = [
    line.split(maxsplit=1)
    for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    if line.strip() and not line.startswith("#")
]
PINNED = re.compile(r"[a-z/]+:\d+\.\d+\.\d+(-[a-z-]+)?")


def is_command(argv: list[str]) -> bool:
    """Whether the image can run it: a stage's package, or a command of the CLI that takes these words."""
    if argv[:2] == ["python", "-m"]:
        return argv[2] in STAGES and len(argv) == 3 and importlib.util.find_spec(f"{argv[2]}.__main__") is not None
    return argv[0] == "jarshy" and takes(jarshy, argv[1:])


def takes(command: click.Command, words: list[str]) -> bool:
    try:
        context = command.make_context("jarshy", list(words))
        if not isinstance(command, click.Group):
            return True
        _, inner, rest = command.resolve_command(context, list(words))
    except click.ClickException:
        return False
    return inner is not None and takes(inner, rest)


def test_every_stage_has_its_service() -> None:
    assert sorted(OURS) == sorted([*STAGES, "topics"])
    assert {name: SERVICES[name]["command"] for name in STAGES} == {n: ["python", "-m", n] for n in STAGES}


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists(name: str) -> None:
    assert is_command(SERVICES[name]["command"])
    if name in STAGES:
        how, *argv = SERVICES[name]["healthcheck"]["test"]
        assert how == "CMD"
        assert is_command(argv)


@pytest.mark.parametrize("argv", [["python", "-m", "json"], ["jarshy", "topics", "inti"], ["jarshy", "health", "x"]])
def test_a_command_that_does_not_exist_would_be_found(argv: list[str]) -> None:
    assert not is_command(argv)


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_one_that_the_code_reads(name: str) -> None:
    image = {key: value for line in DOCKERFILE if line[0] == "ENV" for key, value in pairs(line[1])}
    read = settings.read(image | SERVICES[name]["environment"])  # an unknown or wrong one ends this with its name
    mounts = dict(volume.split(":")[:2][::-1] for volume in SERVICES[name].get("volumes", []))
    assert read.kafka == "kafka:19092"
    assert str(read.config) == "/etc/jarshy"
    assert read.health_port > 1023
    if name in STAGES:
        assert mounts[str(read.config)] == "./config"
    if name == "alerts":
        assert mounts[str(read.data)] == "outbox", "what is owed and sent must outlive the container"
        assert mounts["/run/secrets"] == "./secrets"
        assert SERVICES[name]["env_file"] == [{"path": "secrets.env", "required": False}]


def pairs(words: str) -> list[list[str]]:
    return [word.split("=", 1) for word in words.split()]


def test_kafka_is_healthy_and_its_topics_are_made_before_any_stage() -> None:
    assert SERVICES["topics"]["command"] == ["jarshy", "topics", "init"]
    assert SERVICES["topics"]["depends_on"] == {"kafka": {"condition": "service_healthy"}}
    for name in STAGES:
        assert SERVICES[name]["depends_on"] == {
            "kafka": {"condition": "service_healthy"},
            "topics": {"condition": "service_completed_successfully"},
        }


def test_kafka_keeps_what_it_is_given() -> None:
    kafka = SERVICES["kafka"]
    volume, place = kafka["volumes"][0].split(":")
    assert volume in COMPOSE["volumes"]
    assert kafka["environment"]["KAFKA_LOG_DIRS"] == place
    assert kafka["environment"]["CLUSTER_ID"]
    assert kafka["environment"]["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"
    assert "kafka-broker-api-versions.sh" in " ".join(kafka["healthcheck"]["test"])


def test_everything_comes_back_by_itself() -> None:
    policies = {name: service["restart"] for name, service in SERVICES.items()}
    assert policies == dict.fromkeys([*STAGES, "kafka"], "unless-stopped") | {"topics": "on-failure"}


def test_images_are_pinned_and_kafka_is_the_tested_one() -> None:
    assert all(PINNED.fullmatch(service["image"]) for service in SERVICES.values())
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{version()}"
    assert all(PINNED.fullmatch(line[1].split()[0]) for line in DOCKERFILE if line[0] == "FROM")


def test_nothing_has_more_rights_than_it_needs() -> None:
    for name, service in SERVICES.items():
        assert not {"privileged", "network_mode", "cap_add", "user"} & set(service), name
        for port in service.get("ports", []):
            address, outside, inside = port.split(":")
            assert (address, int(outside) > 1023, int(inside) > 1023) == ("127.0.0.1", True, True)
    for name in OURS:
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert SERVICES[name]["read_only"]
    users = [line[1] for line in DOCKERFILE if line[0] == "USER"]
    assert int(users[-1]) > 999


def test_the_image_is_built_from_the_lock_with_every_package() -> None:
    runs = " ".join(line[1] for line in DOCKERFILE if line[0] == "RUN")
    assert "--require-hashes -r requirements/runtime.txt" in runs
    copied = {word for line in DOCKERFILE if line[0] == "COPY" for word in line[1].split()[:-1]}
    assert {"wire", *STAGES, "jarshy", "config", "requirements/runtime.txt"} <= copied
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert kept == {word for word in copied if not word.startswith(("--", "/"))}
    assert all((ROOT / path).exists() for path in kept)


@pytest.mark.kafka
def test_a_real_kafka_takes_this_configuration(kafka_jars: Path, tmp_path: Path) -> None:
    """The image turns KAFKA_A_B into a.b of server.properties; here only addresses and the folder differ."""
    given = {k: v for k, v in SERVICES["kafka"]["environment"].items() if re.match("KAFKA_(?!HEAP)", k)}
    lines = {key.removeprefix("KAFKA_").lower().replace("_", "."): value for key, value in given.items()}
    host = str(free_port())
    here = {"//:": "//127.0.0.1:", "kafka:": "127.0.0.1:", "localhost": "127.0.0.1", "/var/lib/kafka/data": "{store}"}
    here |= {"19092": "{port}", "9093": "{controller}", "9092": host}
    text = "".join(f"{key}={value}\n" for key, value in lines.items())
    for inside, outside in here.items():
        text = text.replace(inside, outside)
    with KafkaBroker(tmp_path, kafka_jars, text) as kafka:
        ours = Settings(kafka=kafka.address, partitions=2)
        assert len(create(ours, MANIFEST)) == len(MANIFEST)
        assert list(read_all(ours, MANIFEST[0])) == []
        through_the_host = Settings(kafka=f"127.0.0.1:{host}", partitions=2)
        assert create(through_the_host, MANIFEST) == []
    known = set(re.findall(r"^\t([a-z.]+) = ", kafka.log.read_text(), re.MULTILINE))
    assert set(lines) <= known, "a name that Kafka does not know is ignored in silence"
