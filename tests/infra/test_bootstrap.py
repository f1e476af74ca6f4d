import os
import subprocess
import sys
from pathlib import Path

import bootstrap
import pytest

ROOT = Path(bootstrap.__file__).resolve().parent.parent


@pytest.fixture
def machine(tmp_path):
    """A machine whose only program is an `apt-get` that writes down what it was asked for."""

    def run(*words, apt_succeeds=True, python=sys.executable, **environment):
        asked = tmp_path / "asked"
        apt = tmp_path / "apt-get"
        apt.write_text(f'#!/bin/sh\necho "$*" >>{asked}\nexit {0 if apt_succeeds else 100}\n')
        apt.chmod(0o755)
        command = [python, str(ROOT / "bin" / "bootstrap.py"), *words]
        result = subprocess.run(
            command,
            env={"PATH": str(tmp_path), "PYTHONUTF8": "1"} | environment,
            capture_output=True,
            text=True,
        )
        return result, asked.read_text().splitlines() if asked.exists() else []

    return run


def test_only_root_gets_what_is_missing_installed(machine):
    result, asked = machine("browser")

    install = [
        "update -qq",
        "satisfy -y -qq --no-install-recommends chromium-headless-shell | chromium",
    ]
    assert asked == (install if os.geteuid() == 0 else [])
    assert result.returncode == 0


def test_who_has_the_whole_chromium_gets_the_quicker_one_and_waits_little_for_it(machine, tmp_path):
    for name in ("chromium", "apt-cache"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)

    result, asked = machine("browser", apt_succeeds=False)

    install = (
        "install -y -qq --no-install-recommends -o Acquire::Retries=0 -o Acquire::http::Timeout=5"
        " chromium-headless-shell"
    )
    assert asked == ([install] if os.geteuid() == 0 else [])
    assert result.returncode == 0


def test_who_may_not_install_is_told_the_one_command(machine):
    result, _ = machine("browser", apt_succeeds=False)

    said = result.stdout.splitlines()[-1]
    assert said == (
        "This machine lacks chromium: run `sudo apt-get install chromium`; "
        "without it the browser tests cannot run."
    )
    assert result.returncode == 0


def test_uv_believes_whom_the_machine_believes(tmp_path, monkeypatch):
    authority = tmp_path / "authority.pem"
    authority.touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))

    assert bootstrap.trust() == {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}


def test_a_machine_without_authorities_leaves_uv_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))

    assert bootstrap.trust() == {}
