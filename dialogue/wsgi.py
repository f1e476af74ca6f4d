"""The WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from dialogue.checks import refuse_insecure_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogue.settings")
application = get_wsgi_application()
refuse_insecure_start()
