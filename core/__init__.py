"""No domain: transitions, outbox, time phrases, working calendar, Vietnamese text, UI parts."""
