"""Words for `manage.py`."""
