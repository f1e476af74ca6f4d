"""Prepare the machine: uv in a place of its own, the locked environment, Pango and Chromium.

Needs Python 3.11 and the package registries, nothing else. `bootstrap.py` prepares what the site needs,
`bootstrap.py browser` what the browser tests need besides.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV_HOME = ROOT / ".tools" / "uv"
UV_VERSION = "0.8"  # the first to read this revision of uv.lock
ENVIRONMENT = ROOT / ".venv"
PANGO = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
CHROMIUM = ["chromium"]
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


def run(*command: str, **extra: str) -> bool:
    """Run a command with its output on the terminal; whether it succeeded."""
    return subprocess.run(command, env=os.environ | extra, check=False).returncode == 0


def quiet(*command: str) -> bool:
    """Run a command without output; whether it succeeded."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def find_uv() -> str:
    """The path of uv, after installing it where there is none."""
    own = UV_HOME / "bin" / "uv"
    if not quiet(str(own), "--version") if own.exists() else True:
        on_path = shutil.which("uv")
        if on_path and _is_recent(on_path):
            return on_path
        _install_uv()
    return str(own)


def _is_recent(uv: str) -> bool:
    answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False).stdout
    with contextlib.suppress(IndexError, ValueError):
        found = [int(part) for part in answer.split()[1].split(".")[:2]]
        return found >= [int(part) for part in UV_VERSION.split(".")]
    return False


def _install_uv() -> None:
    """Into its own virtual environment, so that an externally managed Python is left alone."""
    print("Installing uv into .tools/uv …", flush=True)
    wanted = f"uv>={UV_VERSION}"
    shutil.rmtree(UV_HOME, ignore_errors=True)
    if quiet(sys.executable, "-m", "venv", str(UV_HOME)):
        if run(str(UV_HOME / "bin" / "python"), "-m", "pip", "install", "--quiet", wanted):
            return
        sys.exit("uv could not be installed: pip could not reach a package registry.")
    # Debian's python3 without python3-venv cannot create environments; its pip, if there, can do this.
    shutil.rmtree(UV_HOME, ignore_errors=True)
    if run(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(UV_HOME), wanted):
        return
    if apt_install(["python3-venv"]):
        _install_uv()
        return
    sys.exit(
        "Python cannot create environments here: run `sudo apt-get install python3-venv`, then again."
    )


def sync(uv: str) -> None:
    """Bring `.venv` to what uv.lock says."""
    arguments = ["sync", "--locked", "--quiet", "--python", sys.executable]
    print("Installing the locked environment into .venv …", flush=True)
    if not run(uv, *arguments, UV_PROJECT_ENVIRONMENT=str(ENVIRONMENT), VIRTUAL_ENV=""):
        sys.exit("The environment could not be installed: see uv's message above.")


def ensure_pango() -> None:
    """WeasyPrint needs Pango, which no wheel brings."""
    check = [str(ENVIRONMENT / "bin" / "python"), "-c", "import weasyprint"]
    if quiet(*check) or (apt_install(PANGO) and quiet(*check)):
        return
    sys.exit(f"WeasyPrint needs Pango: run `sudo apt-get install {' '.join(PANGO)}`, then again.")


def ensure_browser() -> None:
    """The browser tests drive the system's Chromium."""
    if any(shutil.which(name) for name in BROWSERS) or apt_install(CHROMIUM):
        return
    print("Chromium is missing, so the browser tests cannot run: `sudo apt-get install chromium`.")


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages; False where this is not Debian or we may not."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"Installing {' '.join(packages)} with apt …", flush=True)
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", **quietly)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    with (ROOT / ".tools" / "apt.log").open("ab") as log:
        done = subprocess.run(
            install, env=os.environ | quietly, stdout=log, stderr=log, check=False
        )
    return done.returncode == 0


def main() -> None:
    """Prepare the site, or with the word `browser` what its tests need besides."""
    (ROOT / ".tools").mkdir(exist_ok=True)
    if sys.argv[1:] == ["browser"]:
        ensure_browser()
        return
    sync(find_uv())
    ensure_pango()


if __name__ == "__main__":
    main()
