"""Reads the code of a worker once; whatever it is told to be then is a fork of it, in a group of its own.

Started with the environment of all of them. A line `{"words": [...], "log": "..."}` on its standard
input begins one; the answer is its number.
"""

import gc
import json
import os
import signal
import sys

import django
from celery.__main__ import main

from dialogue.celery import app


def become(words: list[str], log: str) -> None:
    """From here on as `celery WORDS`, started by a shell."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.dup2(1, 2)
    sys.argv = ["celery", *words]
    sys.exit(main())


if __name__ == "__main__":
    django.setup()
    app.loader.import_default_modules()
    app.finalize()
    gc.freeze()
    # Nobody here asks how a child ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            become(**json.loads(line))
        print(pid, flush=True)
