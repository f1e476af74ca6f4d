"""Composes the packages into one site."""

from dialogue.celery import app as celery_app

__all__ = ["celery_app"]
