"""What each kind of feature is worth, authors left out in four groups: ``python -m tests.compare`` prints one table.

The classifier alone, on the labelled items as the reader cuts them; the whole program is what `analyzer evaluate` scores.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from analyzer.evaluation import Author, cross_validate, load_corpus
from analyzer.evaluation.report import Report, make_report
from analyzer.evaluation.validation import Rows
from analyzer.learning import load_rows

LABELLED = Path(__file__).parent.parent / "data" / "labelled"
FOLDS = 4
_WORDS = ("w=", "ww=", "w1=")
_ENCODER = "enc:"
_PLACE = ("section=", "role=", "depth=", "box=", "struck", "prose", "pinned", "tag")
_FIGURES = {
    "acc.": "accomplishment F1",
    "impact": "impact F1",
    "feedb.": "feedback F1",
    "block.": "blocker F1",
    "action": "action_item F1",
    "career": "career F1",
    "goal": "goal F1",
    "macro": "macro F1",
    "status": "status accuracy",
    "polar.": "polarity accuracy",
    "direct.": "direction accuracy",
}
VARIANTS: Mapping[str, Callable[[str], bool]] = {
    "words": lambda name: name.startswith(_WORDS),
    "words and place": lambda name: name.startswith((*_WORDS, *_PLACE)),
    "rules, frames, place": lambda name: not name.startswith((*_WORDS, _ENCODER)),
    "the same and words": lambda name: not name.startswith(_ENCODER),
    "encoder": lambda name: name.startswith(_ENCODER),
    "all (what ships)": lambda _: True,
}
"""From a variant to whether it has a feature."""


def main() -> None:
    """Print the table."""
    authors = load_corpus(LABELLED)
    rows, _ = load_rows(LABELLED, authors)
    print(f"{'features':22}" + "".join(f"{name:>8}" for name in _FIGURES))
    for name, keeps in VARIANTS.items():
        kept = {one: _only(some, keeps) for one, some in rows.items()}
        report = make_report(name, cross_validate(authors, _rows_in(kept), folds=FOLDS))
        print(f"{name:22}{_line(report)}", flush=True)


def _rows_in(kept: Mapping[str, Rows]) -> Callable[[Author], Rows]:
    return lambda author: kept[author.name]


def _only(rows: Rows, keeps: Callable[[str], bool]) -> Rows:
    return [(gold, {name: value for name, value in vector.items() if keeps(name)}) for gold, vector in rows]


def _line(report: Report) -> str:
    values = [report.figures[figure].value for figure in _FIGURES.values()]
    return "".join(f"{'-':>8}" if value is None else f"{value:8.3f}" for value in values)


if __name__ == "__main__":
    main()
