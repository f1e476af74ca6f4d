"""The only door to other systems: one signed post to a checked address, or a named kind of failure.

Headers and signature follow Standard Webhooks: `webhook-id`, `webhook-timestamp`,
`webhook-signature`, the last one HMAC-SHA256 over id, time and body, once for each secret in force.
"""

import base64
import hmac
import http.client
import ipaddress
import secrets
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection

from core.mailer import RejectedError, UnreachableError

if TYPE_CHECKING:
    import datetime

    from core.models import Endpoint, Message

CONNECT_SECONDS = 5
SECRET_BYTES = 32
PREFIX = "whsec_"
GONE, TOO_MANY = 410, 429
BROKEN = (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError)


@dataclass(frozen=True)
class Target:
    """Where a post goes: looked up once, so the address that was judged is the one connected to."""

    address: str
    port: int
    host: str
    path: str
    is_secure: bool

    @property
    def written(self) -> str:
        """The host as the receiver expects to be called."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.is_secure else 80) else f"{name}:{self.port}"


@dataclass(frozen=True)
class Reply:
    """What the other side said; the body ends where our patience does."""

    status: int
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300


def new_secret() -> str:
    """A secret as receivers' libraries expect it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, ident: str, stamp: int, body: bytes) -> str:
    """One signature of the list in `webhook-signature`."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.digest(key, f"{ident}.{stamp}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(signed).decode()}"


def headers_for(
    endpoint: "Endpoint", ident: str, body: bytes, now: "datetime.datetime"
) -> dict[str, str]:
    """The headers of one post, signed with the secret and for a while with the one before it."""
    in_force = [endpoint.secret]
    if endpoint.old_secret and endpoint.old_until and endpoint.old_until > now:
        in_force.append(endpoint.old_secret)
    stamp = int(now.timestamp())
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Accept-Encoding": "identity",
        "User-Agent": "dialogue-webhook/1",
        "webhook-id": ident,
        "webhook-timestamp": str(stamp),
        "webhook-signature": " ".join(sign(one, ident, stamp, body) for one in in_force),
    }


def deliver(message: "Message") -> None:
    """Post the event a row holds. Raises RejectedError or UnreachableError."""
    endpoint, body = message.endpoint, message.body.encode()
    assert endpoint is not None
    headers = headers_for(endpoint, ident_of(message), body, timezone.now())
    check(post(endpoint.url, body, headers))


def ident_of(message: "Message") -> str:
    """The same id for every copy of one row, so that receivers take a repeated event once."""
    return f"message-{message.pk}"


def post(url: str, body: bytes, headers: dict[str, str]) -> Reply:
    """Post once, following nothing, within settings.WEBHOOK_SECONDS in all.

    Raises RejectedError when the address is not one we post to, UnreachableError when nobody there
    answers in time.
    """
    target = find_target(url)
    connection = _connection_to(target)
    named = {"Host": target.written, **headers}
    try:
        with _patience(connection):
            connection.request("POST", target.path, body=body, headers=named, preload_content=False)
            response = connection.getresponse()
            return Reply(response.status, response.read(settings.WEBHOOK_MAX_ANSWER_BYTES))
    except BROKEN as error:
        raise UnreachableError(_("Không kết nối được hoặc quá thời gian chờ.")) from error
    finally:
        connection.close()


def check(reply: Reply) -> None:
    """Raise the kind of failure a reply means; an answer of the 200s means none."""
    if reply.is_good:
        return
    words = _("Hệ thống nhận trả lời mã %(status)s.") % {"status": reply.status}
    if 300 <= reply.status < 400:
        raise RejectedError(_("%(words)s Chuyển hướng không được đi theo.") % {"words": words})
    if reply.status == GONE:
        raise RejectedError(_("%(words)s Địa chỉ này không còn nhận nữa.") % {"words": words})
    raise UnreachableError(words)


def find_target(url: str) -> Target:
    """Look an address up and make sure it is one that we may post to; RejectedError says why not."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise RejectedError(_("Địa chỉ nhận không đọc được.")) from None
    is_listed = host in settings.WEBHOOK_HOSTS or f"{host}:{port}" in settings.WEBHOOK_HOSTS
    if not host or parts.username or parts.scheme not in {"https", "http"}:
        raise RejectedError(_("Địa chỉ nhận phải bắt đầu bằng https:// và không kèm tài khoản."))
    if parts.scheme == "http" and not is_listed:
        raise RejectedError(_("Địa chỉ nhận phải dùng https."))
    found = _look_up(host, port)
    if not is_listed and not all(is_public(address) for address in found):
        raise RejectedError(_("Địa chỉ nhận nằm trong mạng nội bộ, chưa được quản trị cho phép."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(found[0], port, host, path, parts.scheme == "https")


def is_public(address: str) -> bool:
    """Whether an address is out in the world, not of this machine or its networks."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if any(found in one for one in _WRAPPED):
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast and not found.is_reserved


_WRAPPED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32")]
"""IPv6 addresses that stand for an IPv4 address behind a translator: NAT64, 6to4, Teredo."""


def _look_up(host: str, port: int) -> list[str]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise UnreachableError(_("Không tìm thấy máy chủ của địa chỉ nhận.")) from None
    return [str(row[4][0]) for row in rows]


def _connection_to(target: Target) -> HTTPConnection:
    if not target.is_secure:
        return HTTPConnection(target.address, target.port, timeout=CONNECT_SECONDS)
    return HTTPSConnection(
        target.address,
        target.port,
        timeout=CONNECT_SECONDS,
        server_hostname=target.host,
        ssl_context=ssl.create_default_context(),
    )


@contextmanager
def _patience(connection: HTTPConnection) -> Iterator[None]:
    """End whatever goes on over the connection when the time for all of it is over.

    The time limit of a socket counts from byte to byte: somebody who sends one a second would keep
    us for hours.
    """

    is_over = threading.Event()

    def cut() -> None:
        is_over.set()
        if connection.sock is not None:
            with suppress(OSError):
                # Not the method of the TLS socket, which another thread must not call.
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    timer = threading.Timer(settings.WEBHOOK_SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    # What was cut off may read like a whole answer.
    if is_over.is_set():
        raise TimeoutError
