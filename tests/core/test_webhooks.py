"""Posts to other systems, against a real HTTP server that behaves as badly as they do."""

import base64
import datetime
import hmac
import json
import ssl
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.utils import timezone

from core import breaker, handling, outbox, webhooks
from core.mailer import RejectedError, UnreachableError
from core.models import Endpoint, Message
from tests.factories.organisations import UserFactory
from tests.receiver import endpoint_at

State = Message.State
MINUTE = datetime.timedelta(minutes=1)


def tell(endpoint: Endpoint, key: str = "event:1") -> Message:
    payload = json.dumps({"type": "task.given", "data": {"id": 7}})
    message = outbox.event(key=key, name="task.given", payload=payload, endpoint=endpoint)
    outbox.write_all([message])
    return Message.objects.get(key=key)


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """What a receiver does, written anew."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    words = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mine = "v1," + base64.b64encode(hmac.new(key, words, "sha256").digest()).decode()
    return mine in headers["webhook-signature"].split(" ")


# --- what is posted -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_event_is_posted_once_signed_with_both_secrets_of_a_change(receiver):
    was = webhooks.new_secret()
    later = timezone.now() + MINUTE
    endpoint = endpoint_at(receiver.url, old_secret=was, old_until=later)
    message = tell(endpoint)

    assert outbox.send_waiting() == 1

    [(path, headers, body)] = receiver.taken
    assert (path, json.loads(body)["type"]) == ("/tin?ma=1", "task.given")
    assert headers["Host"] == f"127.0.0.1:{receiver.server_port}"
    assert headers["webhook-id"] == f"message-{message.pk}"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 10
    assert [is_signed(one, headers, body) for one in (endpoint.secret, was)] == [True, True]
    assert not is_signed(webhooks.new_secret(), headers, body)
    message.refresh_from_db()
    endpoint.refresh_from_db()
    assert (message.state, endpoint.last_ok_at is not None) == (State.SENT, True)


@pytest.mark.django_db
def test_the_secret_before_last_signs_no_more(receiver):
    was = webhooks.new_secret()
    endpoint = endpoint_at(receiver.url, old_secret=was, old_until=timezone.now())
    tell(endpoint)

    outbox.send_waiting()

    [(_path, headers, body)] = receiver.taken
    assert [is_signed(one, headers, body) for one in (endpoint.secret, was)] == [True, False]


# --- who does not take it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("manner", "state", "copies"),
    (
        ("500", State.WAITING, 1),
        ("404", State.WAITING, 1),
        ("hang", State.WAITING, 1),
        ("drip", State.WAITING, 1),
        ("302", State.FAILED, 1),
        ("410", State.FAILED, 1),
    ),
)
@pytest.mark.django_db
def test_a_bad_receiver_keeps_nobody_waiting(receiver, manner, state, copies):
    """It answers 500, hangs, sends a header a moment, leads elsewhere: one try, within the limit."""
    receiver.manner = manner
    now = timezone.now()
    message = tell(endpoint_at(receiver.url))
    started = time.monotonic()

    outbox.send_one(now)

    assert time.monotonic() - started < 3
    message.refresh_from_db()
    assert (message.state, len(receiver.taken)) == (state, copies)
    assert message.error
    if state == State.WAITING:
        assert message.not_before == now + MINUTE


@pytest.mark.django_db
def test_a_gigabyte_is_not_read(receiver, settings):
    settings.WEBHOOK_SECONDS = 15
    receiver.manner = "gigabyte"
    message = tell(endpoint_at(receiver.url))

    outbox.send_waiting()

    assert receiver.done.wait(5)
    assert receiver.sent < 2**25
    message.refresh_from_db()
    assert message.state == State.SENT


@pytest.mark.parametrize(
    "url",
    (
        "http://vi-du.vn/",
        "ftp://127.0.0.1/",
        "https://ai:do@vi-du.vn/",
        "https:///tin",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/",
        "https://0.0.0.0/",
        "https://localhost:8443/",
        "https://vi-du.vn:99999/",
    ),
)
def test_addresses_that_are_never_posted_to(settings, url):
    settings.WEBHOOK_HOSTS = ["noi-bo.vn", "127.0.0.1:1"]

    with pytest.raises(RejectedError):
        webhooks.find_target(url)


def test_a_name_that_turns_inward_is_refused_and_the_judged_address_is_the_one_used(monkeypatch):
    """Rebinding: the name is looked up once; a second, other answer would never be asked for."""
    answers = iter(["203.0.113.9", "8.8.8.8", "127.0.0.1"])
    monkeypatch.setattr(
        webhooks.socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", (next(answers), 443))]
    )

    with pytest.raises(RejectedError):
        webhooks.find_target("https://vi-du.vn/")
    target = webhooks.find_target("https://vi-du.vn/tin")

    assert (target.address, target.host, target.written) == ("8.8.8.8", "vi-du.vn", "vi-du.vn")
    assert webhooks._connection_to(target).host == "8.8.8.8"
    assert webhooks._connection_to(target).server_hostname == "vi-du.vn"


def test_nobody_there_is_said_as_such(settings):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]

    with pytest.raises(UnreachableError):
        webhooks.post("http://127.0.0.1:9/", b"{}", {})


def certificate_for(name: str, folder: Path) -> tuple[Path, Path]:
    """A certificate of our own making and its key, as files."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - MINUTE)
        .not_valid_after(now + 60 * MINUTE)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


def test_only_the_owner_of_the_name_is_told(receiver, settings, monkeypatch, tmp_path):
    """TLS is checked against the name that was typed, though an address is connected to."""
    settings.WEBHOOK_SECONDS = 5
    settings.WEBHOOK_HOSTS = ["localhost", "127.0.0.1"]
    cert, key = certificate_for("localhost", tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    receiver.socket = context.wrap_socket(receiver.socket, server_side=True)
    port = receiver.server_port

    with pytest.raises(UnreachableError):
        webhooks.post(f"https://localhost:{port}/", b"{}", {})
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    assert webhooks.post(f"https://localhost:{port}/", b"{}", {}).status == 200
    with pytest.raises(UnreachableError):
        webhooks.post(f"https://127.0.0.1:{port}/", b"{}", {})
    assert len(receiver.taken) == 1


# --- the breaker ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_dead_receiver_rests_others_go_on_and_what_waits_too_long_fails(receiver):
    receiver.manner = "500"
    dead = endpoint_at(receiver.url)
    for number in range(5):
        tell(dead, f"event:{number}")
    outbox.write(key="thu", subject="Thư", body="…", reason="thử.", address="an@vi-du.vn")
    now = timezone.now()

    while outbox.send_one(now):
        pass

    dead.refresh_from_db()
    assert (len(receiver.taken), len(mail.outbox)) == (breaker.FAILURES, 1)
    assert dead.why_not(now) == "đang tạm nghỉ sau nhiều lần lỗi"
    assert dead.open_until == now + 5 * MINUTE
    # When the rest is over one try opens it again, for longer; the others still wait.
    outbox.send_one(now + 6 * MINUTE)
    assert outbox.send_one(now + 6 * MINUTE) is False
    dead.refresh_from_db()
    assert dead.open_until == now + 21 * MINUTE
    outbox.repair(now + datetime.timedelta(days=4))
    assert set(Message.objects.filter(channel="webhook").values_list("state", flat=True)) == {
        State.FAILED
    }
    # It comes back: what is sent again arrives and the breaker closes.
    receiver.manner = "200"
    handling.resend(Message.objects.get(key="event:4"), by=UserFactory())
    assert outbox.send_one(timezone.now() + datetime.timedelta(days=4)) is True
    dead.refresh_from_db()
    assert (dead.failures, dead.open_until) == (0, None)
