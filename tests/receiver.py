"""Another system on this machine that behaves as badly as they do; a real HTTP server."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from core import webhooks
from core.models import Endpoint


class Receiver(ThreadingHTTPServer):
    """Another system; `manner` says how it answers, `taken` is what reached it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.manner, self.taken, self.sent = "200", [], 0
        self.done = threading.Event()

    def handle_error(self, request, client_address) -> None:
        """The other end hung up, which is what some of the tests want."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/tin?ma=1"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_words) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), body))
        getattr(self, f"act_{self.server.manner}", self.answer)()

    def answer(self) -> None:
        self.send_response(int(self.server.manner))
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/trong")
        self.end_headers()

    def act_no(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"error": -131, "message": "template"}')

    def act_hang(self) -> None:
        self.server.done.wait(20)

    def act_drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.server.done.wait(0.1):
            self.wfile.write(b"X: y\r\n")

    def act_gigabyte(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(2**30))
        self.end_headers()
        try:
            for _piece in range(2**14):
                self.wfile.write(b"x" * 2**16)
                self.server.sent += 2**16
        except OSError:
            self.server.done.set()


def endpoint_at(url: str, **fields) -> Endpoint:
    words = {"kind": "system", "name": "Một cửa", "secret": webhooks.new_secret()}
    return Endpoint.objects.create(url=url, **{**words, **fields})
