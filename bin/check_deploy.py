"""Run `manage.py check --deploy` as a production installation with good settings would."""

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def good_settings() -> dict[str, str]:
    """What `.env.example` says, with its gaps filled."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = [line.split("=", 1) for line in lines if line[:1].isalpha()]
    found = {key: value.replace("change-me", secrets.token_urlsafe()) for key, value in pairs}
    return found | {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "TRACKING_PEPPER": secrets.token_urlsafe(50),
        "SEALING_KEYS": f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
    }


def main() -> int:
    """The exit code of the check, warnings counted as errors."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = {"PATH": os.environ["PATH"], **good_settings()}
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
