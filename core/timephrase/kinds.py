"""The words of a time phrase: its kinds, bounds, precisions, units, and the error when none fits."""

from enum import StrEnum


class Kind(StrEnum):
    """The shapes of time phrases found in real plans (domain.md §4.1.1)."""

    BEFORE_DATE = "before_date"
    BY_DATE = "by_date"
    DATE = "date"
    DATE_RANGE = "date_range"
    MONTH = "month"
    MONTH_RANGE = "month_range"
    PART_OF_MONTH = "part_of_month"
    FINISH_IN_MONTH = "finish_in_month"
    QUARTER = "quarter"
    YEAR = "year"
    RELATIVE_WORKDAYS = "relative_workdays"
    RELATIVE_DAYS = "relative_days"
    RELATIVE_IMMEDIATE = "relative_immediate"
    STAGE = "stage"
    CONDITIONAL = "conditional"
    REPORT_PERIOD = "report_period"
    PARTIAL_DATE = "partial_date"
    TERM = "term"
    UNSPECIFIED = "unspecified"
    TIMESTAMP = "timestamp"


class Bound(StrEnum):
    """How the phrase limits the work: before a day, by its end, within a span, or not at all."""

    BEFORE = "before"
    BY = "by"
    WITHIN = "within"
    NONE = "none"


class Precision(StrEnum):
    """How exact the wording is."""

    MOMENT = "moment"
    DAY = "day"
    PART_OF_MONTH = "part_of_month"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    NONE = "none"


class Unit(StrEnum):
    """What a relative phrase counts."""

    WORKDAY = "workday"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Stage(StrEnum):
    """Where a task stands to the dialogue."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


RELATIVE = frozenset({Kind.RELATIVE_WORKDAYS, Kind.RELATIVE_DAYS, Kind.RELATIVE_IMMEDIATE})
NOT_A_DEADLINE = frozenset(
    {
        Kind.CONDITIONAL,
        Kind.REPORT_PERIOD,
        Kind.PARTIAL_DATE,
        Kind.TERM,
        Kind.UNSPECIFIED,
        Kind.TIMESTAMP,
    }
)


class PhraseError(ValueError):
    """The wording cannot be understood; the message is a Vietnamese sentence that helps."""
