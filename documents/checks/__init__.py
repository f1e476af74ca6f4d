"""The linter: what is wrong, doubtful or worth a look in one's own paper before it goes out."""

from documents.checks.registry import ERROR, INFO, WARNING, all_rules, findings, holding
from documents.checks.report import Report, report

__all__ = ["ERROR", "INFO", "WARNING", "Report", "all_rules", "findings", "holding", "report"]
