"""Who is measured beside us, each a process that goes rounds: reader, apart from all of ours; a Go loop where Go is."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.collect.origin import control

HERE = Path(__file__).parent
READER = ("reader==3.26", "sgmllib3k==1.0.0")
CACHE = Path.home() / ".cache" / "jarshy" / "bench"


def rounds(argv: list[str], times: int, port: int, changing: float) -> dict[str, float]:
    """Return how a peer does that updates all its feeds on each line it reads."""
    control(port, "/control?changing=0")
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def turn() -> dict[str, float]:
            process.stdin.write("round\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            told: dict[str, float] = json.loads(process.stdout.readline())  # type: ignore[union-attr]
            return told

        turn()  # the first reads everything
        control(port, f"/control?changing={changing}")
        told = [turn() for _ in range(times)]
        process.stdin.close()  # type: ignore[union-attr]
    done, cpu, seconds = (sum(each[key] for each in told) for key in ("polls", "cpu", "seconds"))
    if any(each["failed"] for each in told):
        raise RuntimeError(f"{argv[0]} failed to read {sum(each['failed'] for each in told)} feeds")
    return {"polls_s": done / seconds, "polls_cpu_s": done / cpu, "ms_a_poll": 1000 * cpu / done}


def reader_at() -> list[str]:
    """Return how reader is started; it is installed once, apart from everything of ours."""
    python = CACHE / "reader" / "bin" / "python"
    if not (CACHE / "reader" / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(CACHE / "reader")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *READER], check=True)
        (CACHE / "reader" / "ready").touch()
    return [str(python), str(HERE / "theirs.py")]


def go_at() -> list[str] | None:
    """Return how the Go loop is started, or None where Go is not at hand."""
    if not shutil.which("go"):
        return None
    made = CACHE / "go" / "loop"
    made.parent.mkdir(parents=True, exist_ok=True)
    for name in ("main.go", "go.mod", "go.sum"):
        shutil.copy(HERE / "go" / name, made.parent / name)
    for command in (["go", "build", "-o", "loop", "."],):
        subprocess.run(command, cwd=made.parent, check=True, capture_output=True)
    return [str(made)]
