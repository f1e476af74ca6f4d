"""The WSGI entry point for gunicorn."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

from dialogue.checks import refuse_insecure_start
from documents.printing.engine import get_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogue.settings")
application = get_wsgi_application()
refuse_insecure_start()
get_ready()
# What is loaded by now lives as long as the process: looking through it for garbage with every few
# requests costs a tenth of their time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
# A form takes some four milliseconds; by default threads take turns every five, and half-done forms
# would push each other out of the processor's caches. A long piece of work still lets others in.
sys.setswitchinterval(0.02)
