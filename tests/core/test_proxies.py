import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.http import client_address
from core.middleware import ProxyMiddleware

PEER = "172.18.0.1"


@pytest.mark.parametrize(
    ("proxies", "passed", "expected"),
    (
        (0, "203.0.113.7", PEER),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.9, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.9, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", PEER),
        (1, "2001:DB8::7", "2001:db8::7"),
        (1, "unknown", PEER),
        (1, None, PEER),
    ),
)
def test_limits_count_the_visitor_our_own_proxies_saw(settings, proxies, passed, expected):
    settings.PROXIES = proxies
    sent = {"HTTP_X_FORWARDED_FOR": passed} if passed else {}
    request = RequestFactory().get("/", REMOTE_ADDR=PEER, **sent)

    answer = ProxyMiddleware(lambda request: HttpResponse(client_address(request)))(request)

    assert answer.content.decode() == expected
