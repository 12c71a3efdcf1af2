"""What would make the record stronger: each finding with its line and a question that its owner can answer."""

from analyzer.checking.listing import check_json, check_text, shown
from analyzer.checking.table import CHECKS, check
from analyzer.checking.year import Finding

__all__ = ["CHECKS", "Finding", "check", "check_json", "check_text", "shown"]
