"""Rules over a reading (domain.md §4.3); each module holds a family, each rule yields findings."""

from collections.abc import Iterator

from documents.reading.results import Reading, ReadingFinding


def check_reading(reading: Reading) -> Iterator[ReadingFinding]:
    """Every finding."""
    return iter(())
