"""The embedded servers on the command line: `with NAME -- COMMAND…`, `hold`, `stop`, `status`, `remove`."""

import argparse
import os
import signal
import subprocess
import sys

import embedded


def run_with(name: str, command: list[str], *, careless: bool) -> int:
    """Run a command while the servers are up, and hand back its exit code."""
    with embedded.running(name, careless=careless) as servers:
        child = subprocess.Popen(command, env=os.environ | servers.environment())
        # Ctrl-C reaches the command from the terminal; we only wait for it to end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        return child.wait()


def main() -> int:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["with", "hold", "stop", "status", "remove"])
    parser.add_argument("name", help="whose data: dev, demo, test, bench")
    parser.add_argument("--careless", action="store_true", help="no fsync: throw-away data only")
    # argparse would take the options of the command for ours.
    here = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    command = sys.argv[here + 1 :]
    arguments = parser.parse_args(sys.argv[1:here])
    signal.pthread_sigmask(
        signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM} if arguments.verb == "hold" else ()
    )
    match arguments.verb:
        case "with":
            return run_with(arguments.name, command, careless=arguments.careless)
        case "hold":
            with embedded.running(arguments.name, careless=arguments.careless) as servers:
                for key, value in servers.environment().items():
                    print(f"export {key}={value}", flush=True)
                signal.sigwait({signal.SIGINT, signal.SIGTERM})
        case "stop":
            embedded.stop(arguments.name)
        case "remove":
            embedded.remove(arguments.name)
        case "status":
            print("running" if embedded.is_running(arguments.name) else "stopped")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except embedded.ServerError as problem:
        sys.exit(str(problem))
