"""Pages of a conference: preparing it, running it, its papers."""
