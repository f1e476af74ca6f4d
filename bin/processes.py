"""Starting, finding and ending processes, for the embedded servers."""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO

import psutil

# PostgreSQL refuses to run as root; every Linux has this account.
UNPRIVILEGED = "nobody"
# How many seconds a server may take to start or to end.
PATIENCE = 30.0


def free_port() -> int:
    """A TCP port of this machine nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def popen(command: list[str], output: IO[bytes], *, drop: bool) -> subprocess.Popen[bytes]:
    """Run in a session of its own, so that Ctrl-C in a terminal does not reach it; `drop` gives up root."""
    account = pwd.getpwnam(UNPRIVILEGED) if drop and os.geteuid() == 0 else None
    return subprocess.Popen(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def find_processes(name: str, matches: Callable[[psutil.Process], bool]) -> list[psutil.Process]:
    """The running processes of that name that `matches` accepts."""
    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if process.info["name"] == name and matches(process):
                found.append(process)
    return found


def end_process(process: psutil.Process, politely: signal.Signals) -> None:
    """Ask politely, wait, then insist."""
    with suppress(psutil.NoSuchProcess):
        process.send_signal(politely)
        try:
            process.wait(PATIENCE)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(5)


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
