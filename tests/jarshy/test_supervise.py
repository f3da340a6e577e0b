"""Supervisor: real children that live, die, fail, ignore signals and fork."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jarshy.children import eventually, wait_until
from jarshy.kept import Abandoned, ChildFailed, Patience, Process, State, Status, StoppedByUser
from jarshy.supervise import Supervisor

BRIEF = Patience(first=0.05, longest=0.2, quick=5.0, give_up=3, grace=0.5)
SLEEP = "import time; print('up', flush=True); time.sleep(60)"


def child(name: str, code: str, **more: object) -> Process:
    return Process(name=name, argv=(sys.executable, "-c", textwrap.dedent(code)), **more)  # type: ignore[arg-type]


def status(crew: Supervisor, name: str) -> Status:
    return next(status for status in crew.statuses if status.name == name)


async def test_a_child_runs_until_stop_and_its_output_is_kept(tmp_path: Path) -> None:
    heard: list[tuple[str, str]] = []
    async with Supervisor(tmp_path, patience=BRIEF, on_line=lambda *line: heard.append(line)) as crew:
        crew.start(child("sleeper", SLEEP))
        await crew.running("sleeper")
        await eventually(lambda: bool(heard))
        pid = status(crew, "sleeper").pid
        assert not gone(pid)
        assert pid
        assert os.getsid(pid) == pid != os.getsid(0), "a session of its own: no Ctrl-C from our terminal"
    assert gone(pid)
    assert status(crew, "sleeper").state is State.STOPPED
    assert heard == [("sleeper", "up")]
    assert crew.log("sleeper").read_text() == "up\n"


async def test_environment_is_laid_over_ours(tmp_path: Path) -> None:
    heard: list[str] = []
    code = "import os, time; print(os.environ['WORD'], 'PATH' in os.environ, flush=True); time.sleep(60)"
    async with Supervisor(tmp_path, on_line=lambda _, line: heard.append(line)) as crew:
        crew.start(child("env", code, env={"WORD": "жаршы"}))
        await eventually(lambda: bool(heard))
    assert heard == ["жаршы True"]


async def test_a_killed_child_is_started_again(tmp_path: Path) -> None:
    states: list[State] = []
    async with Supervisor(tmp_path, patience=BRIEF, on_change=lambda now: states.append(now.state)) as crew:
        crew.start(child("mortal", SLEEP))
        await crew.running("mortal")
        first = status(crew, "mortal").pid
        assert first
        os.kill(first, signal.SIGKILL)
        await eventually(lambda: states[-1] is State.RUNNING and status(crew, "mortal").pid != first)
        again = status(crew, "mortal")
    assert again.restarts == 1
    assert again.last_end == "was ended by SIGKILL"
    assert State.RESTARTING in states


async def test_quick_deaths_end_it_with_the_last_lines_of_the_log(tmp_path: Path) -> None:
    async with Supervisor(tmp_path, patience=BRIEF) as crew:
        crew.start(child("bystander", SLEEP))
        crew.start(child("hapless", "print('JARSHY_KAFKA is not set'); raise SystemExit(3)"))
        with pytest.raises(ChildFailed, match=r"(?s)hapless ended with code 3.*JARSHY_KAFKA is not set"):
            await crew.until_stopped()
        assert status(crew, "hapless").state is State.FAILED
        assert crew.log("hapless").read_text().count("JARSHY_KAFKA") == 3
        bystander = status(crew, "bystander").pid
    assert gone(bystander)


async def test_a_death_is_told_with_its_last_words(tmp_path: Path) -> None:
    told: list[str] = []
    async with Supervisor(tmp_path, patience=BRIEF, on_change=lambda now: told.append(str(now))) as crew:
        crew.start(child("hapless", "print('loaded'); raise OSError('the port is taken')"))
        with pytest.raises(ChildFailed):
            await crew.until_stopped()
    assert "hapless: restarting, ended with code 1 (OSError: the port is taken)" in told
    assert told[-1] == "hapless: failed, ended with code 1 (OSError: the port is taken)"


async def test_a_hopeless_exit_is_not_tried_again(tmp_path: Path) -> None:
    async with Supervisor(tmp_path) as crew:
        crew.start(child("misset", "print('once'); raise SystemExit(78)", hopeless=frozenset({78})))
        with pytest.raises(ChildFailed):
            await crew.until_stopped()
    assert crew.log("misset").read_text() == "once\n"


async def test_a_program_that_does_not_exist_is_said_at_once(tmp_path: Path) -> None:
    async with Supervisor(tmp_path) as crew:
        crew.start(Process(name="absent", argv=("/nowhere/jarshy-absent",)))
        with pytest.raises(ChildFailed, match="absent could not be started"):
            await crew.until_stopped()


async def test_running_waits_for_readiness_and_names_who_is_late(tmp_path: Path) -> None:
    flag = tmp_path / "flag"

    async def flagged() -> bool:
        return flag.exists()

    async with Supervisor(tmp_path / "logs") as crew:
        crew.start(child("eager", SLEEP))
        crew.start(child("shy", SLEEP, ready=flagged))
        await crew.running("eager")
        with pytest.raises(TimeoutError, match="not ready after 0 s: shy"):
            await crew.running(seconds=0.3)
        assert status(crew, "shy").state is State.STARTING
        flag.touch()
        await crew.running()


async def test_deaf_children_and_their_own_children_are_killed_after_the_grace(tmp_path: Path) -> None:
    code = """
        import signal, subprocess, sys, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(grandchild.pid, flush=True)
        time.sleep(60)
    """
    heard: list[str] = []
    async with Supervisor(tmp_path, patience=BRIEF, on_line=lambda _, line: heard.append(line)) as crew:
        crew.start(child("deaf", code))
        await eventually(lambda: bool(heard))
        pid = status(crew, "deaf").pid
    assert gone(pid)
    assert wait_until(lambda: gone(int(heard[0])), 30)


async def test_work_is_interrupted_by_a_failure_and_by_abandoning(tmp_path: Path) -> None:
    async with Supervisor(tmp_path, patience=BRIEF) as crew:
        assert await crew.during(asyncio.sleep(0, "done")) == "done"
        await asyncio.to_thread(crew.abandon, "the broker held too much")
        with pytest.raises(Abandoned, match="held too much"):
            await crew.during(asyncio.sleep(60))


async def test_sigterm_ends_work_and_a_wait(tmp_path: Path) -> None:
    async with Supervisor(tmp_path) as crew:
        crew.start(child("sleeper", SLEEP))
        asyncio.get_running_loop().call_later(0.2, os.kill, os.getpid(), signal.SIGTERM)
        with pytest.raises(StoppedByUser, match="SIGTERM"):
            await crew.during(asyncio.sleep(60))
        await crew.until_stopped()


async def test_a_log_that_grows_too_large_is_turned(tmp_path: Path) -> None:
    code = "import time\nfor n in range(400): print(n, 'x' * 100, flush=True); time.sleep(0.001)\ntime.sleep(60)"
    heard: list[str] = []
    async with Supervisor(tmp_path, on_line=lambda _, line: heard.append(line.split()[0]), longest_log=10_000) as crew:
        crew.start(child("talker", code))
        await eventually(lambda: heard[-1:] == ["399"])
    assert heard == [str(n) for n in range(400)]
    kept = [crew.log("talker"), crew.log("talker").with_suffix(".log.1")]
    assert all(0 < log.stat().st_size <= 20_000 for log in kept), "a little above when much comes at once"


async def test_the_words_at_the_end_are_heard(tmp_path: Path) -> None:
    code = """
        import signal, sys, time
        def last_words(*_):
            print("x" * 500_000)
            print("bye", end="")
            sys.exit(0)
        signal.signal(signal.SIGTERM, last_words)
        print("up", flush=True)
        while True: time.sleep(1)
    """
    heard: list[str] = []
    async with Supervisor(tmp_path, on_line=lambda _, line: heard.append(line)) as crew:
        crew.start(child("talker", code))
        await eventually(lambda: bool(heard))
    assert "".join(heard) == "up" + "x" * 500_000 + "bye"
    assert heard[-1] == "bye"
    assert crew.log("talker").stat().st_size == len("up\n") + 500_001 + len("bye")


async def test_a_listener_that_breaks_ends_it_all_loudly(tmp_path: Path) -> None:
    async with Supervisor(tmp_path, on_line=lambda _, line: print(1 // 0)) as crew:
        crew.start(child("sleeper", SLEEP))
        with pytest.raises(ZeroDivisionError):
            await crew.until_stopped()


SUPERVISOR_ALONE = """
import asyncio, sys
from pathlib import Path
from jarshy.kept import Process
from jarshy.supervise import Supervisor

async def main():
    async with Supervisor(Path(sys.argv[1])) as crew:
        crew.start(Process(name="sleeper", argv=(sys.executable, "-c", "import time; time.sleep(60)")))
        await crew.running()
        print(crew.statuses[0].pid, flush=True)
        await crew.until_stopped()
    print("clean", flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_child_outlives_its_supervisor(tmp_path: Path, number: signal.Signals) -> None:
    argv = [sys.executable, "-c", SUPERVISOR_ALONE, str(tmp_path)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout
        pid = int(supervisor.stdout.readline())
        assert not gone(pid)
        supervisor.send_signal(number)
        rest, errors = supervisor.communicate(timeout=60)
    if number is signal.SIGKILL:
        if not sys.platform.startswith("linux"):
            pytest.skip("only Linux tells a child that its parent was killed")
    else:
        assert (rest, errors, supervisor.returncode) == ("clean\n", "", 0)
    assert wait_until(lambda: gone(pid), 30)


def gone(pid: int | None) -> bool:
    """Ended, or ended and waiting for an init that this machine may lack."""
    try:
        assert pid, "it never started"
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


@given(st.integers(0, 10_000), st.floats(0.01, 5), st.floats(5, 600))
def test_pauses_double_and_never_pass_the_longest(deaths: int, first: float, longest: float) -> None:
    patience = Patience(first=first, longest=longest)
    assert first <= patience.pause(deaths) <= patience.pause(deaths + 1) <= longest
    if deaths and patience.pause(deaths + 1) < longest:
        assert patience.pause(deaths + 1) == pytest.approx(2 * patience.pause(deaths))
