"""Ways out: gateways of text messages, pauses, and the events told to agencies' own systems."""
