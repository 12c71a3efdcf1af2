"""Scoring against the labelled notes, author by author; the published figures come from here."""

from analyzer.evaluation.corpus import Author, GoldItem, describe, load_author, load_corpus, write_clean
from analyzer.evaluation.report import Report
from analyzer.evaluation.validation import cross_validate, evaluate_corpus, score_corpus, train_on

__all__ = [
    "Author",
    "GoldItem",
    "Report",
    "cross_validate",
    "describe",
    "evaluate_corpus",
    "load_author",
    "load_corpus",
    "score_corpus",
    "train_on",
    "write_clean",
]
