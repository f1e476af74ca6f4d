# One image for web, worker, beat and migrations; docker-compose.yml says which is which.
FROM python:3.11-slim

RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && pip install --no-cache-dir "uv>=0.8" \
 && useradd --system --create-home --uid 1000 dialogue

WORKDIR /srv/dialogue
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-cache --compile-bytecode
ENV PATH=/srv/dialogue/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DIALOGUE_MODE=production \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media

COPY . .
RUN mkdir -p /srv/media /srv/beat && chown dialogue: /srv/media /srv/beat \
 # Only the static files are touched: this key signs nothing and stays in no layer.
 && SECRET_KEY=only-while-building python manage.py collectstatic --no-input --verbosity 0

USER dialogue
EXPOSE 8000
CMD ["gunicorn", "dialogue.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--no-control-socket", "--access-logfile", "-"]
