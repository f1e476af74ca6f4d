"""Reads the code once, in the environment it is given; then it is one Python program after another.

Each is a fork that goes on as `python WORDS` does. Standard input: a JSON list of
`{"words": [...], "changes": {...}}`, the changes made to the environment before the settings are
read anew. Standard output: what each ended with, its output and its errors.
"""

import gc
import importlib
import json
import os
import runpy
import signal
import sys
import tempfile

import django
from django.conf import settings
from django.utils.functional import empty

from dialogue.celery import app


def become(words: list[str], changes: dict[str, str]) -> None:
    signal.alarm(60)  # a worker that was not refused would stay
    if changes:
        os.environ.update(changes)
        importlib.reload(importlib.import_module("dialogue.settings"))
        settings._wrapped = empty
    if words[0] == "-c":
        exec(words[1], {"__name__": "__main__"})
    elif words[0] == "-m":
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = words
        runpy.run_path(words[0], run_name="__main__")


def outcome(words: list[str], changes: dict[str, str]) -> tuple[int, str, str]:
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(output.fileno(), 1)
            os.dup2(errors.fileno(), 2)
            become(words, changes)
            sys.exit()
        _pid, status = os.waitpid(pid, 0)
        output.seek(0)
        errors.seek(0)
        code = os.waitstatus_to_exitcode(status)
        return code, output.read().decode(), errors.read().decode()


if __name__ == "__main__":
    django.setup()
    app.loader.import_default_modules()
    app.finalize()
    gc.freeze()  # or each fork looks through all of it for rubbish when it ends
    asked = json.load(sys.stdin)
    json.dump([outcome(**question) for question in asked], sys.stdout)
