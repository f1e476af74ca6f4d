"""Prepare the machine: uv in a place of its own, the locked environment, Pango and Chromium.

Needs Python 3.11 and the package registries, nothing else. The words say what is wanted: `libraries`,
`environment`, `browser`; what Debian must bring for them is installed or asked for at once.
"""

import contextlib
import ctypes
import importlib.util
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV_HOME = ROOT / ".tools" / "uv"
UV_VERSION = "0.8"  # the first to read this revision of uv.lock
ENVIRONMENT = ROOT / ".venv"
# What WeasyPrint opens and no wheel brings, and the Debian packages it is in.
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
CHROMIUM = "chromium"
# Chromium without windows takes less than half the processor time of the whole.
SHELL = "chromium-headless-shell"
BROWSERS = [SHELL, CHROMIUM, "chromium-browser", "google-chrome"]
INSTALL = ["-y", "-qq", "--no-install-recommends"]


def run(command: list[str], **extra: str) -> bool:
    """Run a command with its output on the terminal; whether it succeeded."""
    return subprocess.run(command, env=os.environ | extra, check=False).returncode == 0


def quiet(command: list[str]) -> bool:
    """Run a command without output; whether it succeeded."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


# --- uv and the locked environment ----------------------------------------------------------------


def find_uv() -> str | None:
    """The path of a uv that works: ours, or the machine's where it is recent enough."""
    ours = UV_HOME / "bin" / "uv"
    if ours.exists() and quiet([str(ours), "--version"]):
        return str(ours)
    on_path = shutil.which("uv")
    return on_path if on_path and _is_recent(on_path) else None


def _is_recent(uv: str) -> bool:
    answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False).stdout
    with contextlib.suppress(IndexError, ValueError):
        found = [int(part) for part in answer.split()[1].split(".")[:2]]
        return found >= [int(part) for part in UV_VERSION.split(".")]
    return False


def install_uv() -> str:
    """Into its own virtual environment, so that an externally managed Python is left alone."""
    print("Installing uv into .tools/uv …", flush=True)
    shutil.rmtree(UV_HOME, ignore_errors=True)
    pip, place = [str(UV_HOME / "bin" / "python"), "-m", "pip", "install", "--quiet"], []
    if not quiet([sys.executable, "-m", "venv", str(UV_HOME)]):
        # Debian's python3 without python3-venv cannot create environments; its pip does without.
        shutil.rmtree(UV_HOME, ignore_errors=True)
        pip[0], place = sys.executable, ["--target", str(UV_HOME)]
    if not run([*pip, *place, f"uv>={UV_VERSION}"]):
        sys.exit("uv could not be installed: pip could not reach a package registry, see above.")
    return str(UV_HOME / "bin" / "uv")


def sync(uv: str) -> None:
    """Bring `.venv` to what uv.lock says."""
    print("Installing the locked environment into .venv …", flush=True)
    command = [uv, "sync", "--locked", "--quiet", "--python", sys.executable]
    where = {"UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT), "VIRTUAL_ENV": ""}
    if not run(command, **where, **trust()):
        sys.exit("The environment could not be installed: see uv's message above.")


def trust() -> dict[str, str]:
    """Have uv believe whom this machine believes, for a network whose proxy opens https."""
    places = ssl.get_default_verify_paths()
    if not places.cafile and not (places.capath and any(Path(places.capath).iterdir())):
        return {}
    # The second is the first's name in older versions.
    return {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}


# --- what the system must bring -------------------------------------------------------------------


def missing_for_the_environment() -> list[str]:
    """The Debian package without which its Python can neither make environments nor install into one."""
    can_install_uv = any(importlib.util.find_spec(name) for name in ("ensurepip", "pip"))
    venv = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return [] if can_install_uv or find_uv() else [venv]


def missing_libraries() -> list[str]:
    """The Debian packages without which nothing can be printed."""
    return [package for library, package in PANGO.items() if not can_open(library)]


def can_open(library: str) -> bool:
    """Whether the system finds this shared library."""
    with contextlib.suppress(OSError):
        ctypes.CDLL(library)
        return True
    return False


def browser() -> str | None:
    """Where the Chromium of this machine is, the lightest first."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def missing_for_the_browser() -> list[str]:
    """The browser tests drive the system's Chromium, and their driver brings all but one library."""
    missing = [] if browser() else [CHROMIUM]
    return missing if can_open("libatomic.so.1") else [*missing, "libatomic1"]


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages; False where this is not Debian or we may not."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"Installing {' '.join(packages)} with apt …", flush=True)
    wishes = [f"{SHELL} | {CHROMIUM}" if name == CHROMIUM else name for name in packages]
    install = ["satisfy", *INSTALL, *wishes]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with (ROOT / ".tools" / "apt.log").open("ab") as log:
        for words in (["update", "-qq"], install):
            done = subprocess.run(
                ["apt-get", *words],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
            )
    if done.returncode:
        print("apt could not do it: see .tools/apt.log.", flush=True)
    return done.returncode == 0


def bring_shell() -> None:
    """The quicker browser, where apt knows it and it is quickly here; any other will do as well."""
    if shutil.which(SHELL) or not shutil.which("apt-cache") or os.geteuid() != 0:
        return
    if quiet(["apt-cache", "show", SHELL]):
        print(f"Installing {SHELL} with apt …", flush=True)
        patience = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=5"]
        quiet(["apt-get", "install", *INSTALL, *patience, SHELL])


def bring_packages(needs: list[str]) -> None:
    """Install what is missing, or name the one command that does."""
    needed = missing_for_the_environment() if "environment" in needs else []
    needed += missing_libraries() if "libraries" in needs else []
    wished = missing_for_the_browser() if "browser" in needs else []
    if not shutil.which("apt-get"):
        needed.clear()
    missing = needed + wished
    if not missing or apt_install(missing):
        return
    sentence = (
        f"This machine lacks {', '.join(missing)}: run `sudo apt-get install {' '.join(missing)}`"
    )
    if needed:
        sys.exit(f"{sentence}, then make again.")
    print(f"{sentence}; without it the browser tests cannot run.", flush=True)


def check_pango() -> None:
    """Where there is no apt, only trying tells whether WeasyPrint finds Pango."""
    if not quiet([str(ENVIRONMENT / "bin" / "python"), "-c", "import weasyprint"]):
        sys.exit("WeasyPrint cannot open Pango: install Pango and HarfBuzz, then run make again.")


def main() -> None:
    """Prepare what the words on the command line name."""
    needs = sys.argv[1:]
    (ROOT / ".tools").mkdir(exist_ok=True)
    bring_packages(needs)
    if "browser" in needs:
        bring_shell()
    if "environment" in needs:
        sync(find_uv() or install_uv())
        check_pango()


if __name__ == "__main__":
    main()
