"""How allauth behaves here: nobody signs up, the administrator makes accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Log-in and password reset only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made for members of an organisation."""
        return False
