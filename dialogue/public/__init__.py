"""What the public pages are made of: only issued papers, announced conferences, released answers."""

from dialogue.public.front import front_page, sessions_of

__all__ = ["front_page", "sessions_of"]
