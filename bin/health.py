"""Exit 0 if the web server in this container answers its health check."""

import http.client
import os
import sys
from urllib.parse import urlsplit


def main() -> int:
    """Ask as the proxy would: under the site's own host name."""
    host = urlsplit(os.environ.get("SITE_URL", "")).hostname or "127.0.0.1"
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=8
    )
    connection.request("GET", "/healthz", headers={"Host": host})
    return 0 if connection.getresponse().status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
