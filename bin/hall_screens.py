"""Three hundred screens of a hall: each asks for the pulse, waits as the page's script waits, asks again.

`python hall_screens.py port code screens` listens until its input ends, then writes one JSON list: of
each screen the pulses it saw and when (seconds since 1970). A program of its own, so that listening
does not slow the clerk of `bench_hall`.
"""

import asyncio
import json
import random
import sys
import time

Seen = list[tuple[int, float]]


async def listen(port: int, code: str, seen: Seen, end: asyncio.Event) -> None:
    """One screen: ask, wait as the script of the page waits, ask again."""
    await asyncio.sleep(random.random() * 1.2)
    pulse, line = "", None
    while not end.is_set():
        try:
            line = line or await asyncio.open_connection("127.0.0.1", port)
            newest = await _ask(*line, code, pulse)
        except (OSError, asyncio.IncompleteReadError):
            # The server lets idle connections go; a browser opens another at once.
            line = None
            continue
        if newest is not None and newest != pulse:
            seen.append((int(newest), time.time()))
            pulse = newest
        await asyncio.sleep(1.0 + random.random() * 0.4)


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, code: str, pulse: str
) -> str | None:
    path = f"/hoi-truong/{code}/nhip/?da-co={pulse}"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = head[0].split()[1]
    fields = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
    await reader.readexactly(int(fields.get("Content-Length", "0")))
    if status not in ("200", "204"):
        raise OSError(f"the pulse was answered with {status}")
    return fields.get("Pulse") if status == "200" else None


async def listen_all(port: int, code: str, count: int) -> list[Seen]:
    """All screens of the hall, until the input ends."""
    seen: list[Seen] = [[] for _number in range(count)]
    end = asyncio.Event()
    listening = asyncio.gather(*(listen(port, code, one, end) for one in seen))
    await asyncio.to_thread(sys.stdin.read)
    end.set()
    await listening
    return seen


if __name__ == "__main__":
    port, code, count = sys.argv[1:]
    print(json.dumps(asyncio.run(listen_all(int(port), code, int(count)))))
