# One image for web, worker, beat and migrations; docker-compose.yml says which is which.
FROM python:3.11-slim AS python
ENV PATH=/srv/dialogue/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1
WORKDIR /srv/dialogue

# The environment is made in a stage of its own: neither uv nor its leavings are in the image.
FROM python AS environment
RUN pip install --no-cache-dir --root-user-action ignore "uv>=0.8"
COPY pyproject.toml uv.lock ./
# The face we print with comes as a package that asks for a whole typesetter; only its files are used.
RUN UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy uv sync --locked --no-dev --no-cache --compile-bytecode \
    --no-install-package rinohtype --no-install-package myst-parser --no-install-package sphinx \
    --no-install-package babel --no-install-package pygments --no-install-package docutils

FROM python
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --uid 1000 dialogue
COPY --from=environment /srv/dialogue/.venv .venv
ENV DIALOGUE_MODE=production \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media \
    XDG_CACHE_HOME=/tmp/cache

COPY . .
RUN mkdir -p /srv/media /srv/beat && chown dialogue: /srv/media /srv/beat \
 && python -m compileall -q -x '^./[.]venv' . \
 # Only the static files are touched: this key signs nothing and stays in no layer.
 && SECRET_KEY=only-while-building python manage.py collectstatic --no-input --verbosity 0

USER dialogue
EXPOSE 8000
# The heartbeats of the processes are files: in memory, never waiting for a disk.
CMD ["gunicorn", "dialogue.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-", \
     "--access-logformat", "%({x-forwarded-for}i)s %(t)s \"%(r)s\" %(s)s %(b)s %(M)sms"]
