"""How many warnings of `analyzer check` are right: ``python -m tests.score_checks``; takes about two minutes.

Each author is read with a model that never saw that author. What was judged by hand stands in ``data/labelled/checks.tsv``;
a warning that nobody has judged yet is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from analyzer.checking import Finding, check, shown
from analyzer.checking.asking import TITLES
from analyzer.errors import BadFileError
from analyzer.evaluation import Author, load_corpus, train_on
from analyzer.evaluation.held_out import SCORES, load_scores
from analyzer.learning import _rows_and_missing, predict
from analyzer.records import Review

CORPUS = Path(__file__).parent.parent / "data" / "labelled"
JUDGED = "checks.tsv"
VERDICTS = frozenset({"right", "wrong"})
FOLDS = 4
MOST_MISSING = 0.5
"""Share of an author's items without held-out scores from which on the author is left out."""

Key = tuple[str, str, str]


def load_judged(path: Path) -> dict[Key, bool]:
    """Read the judged warnings: author, place and kind to whether the warning is right.

    Raises:
        BadFileError: a line that is not what it must be, or one that is there twice.
    """
    found: dict[Key, bool] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        author, place, kind, verdict = [*line.split("\t"), "", "", "", ""][:4]
        if verdict not in VERDICTS or line.count("\t") != 3:
            raise BadFileError(path, f"line {number}", "must be author, path:line, kind, right or wrong, between tabs")
        if (author, place, kind) in found:
            raise BadFileError(path, f"line {number}", "is there twice")
        found[author, place, kind] = verdict == "right"
    return found


def key_of(author: str, finding: Finding) -> Key:
    """Return what a warning is called in the list of judged ones."""
    source = finding.line.item.source
    return author, f"{source.path}:{source.start}", finding.kind


def table_of(warnings: Iterable[Key], judged: Mapping[Key, bool]) -> str:
    """Return the precision per kind as text."""
    given, known, right = Counter[str](), Counter[str](), Counter[str]()
    for key in warnings:
        for kind in (key[2], "all"):
            given[kind] += 1
            known[kind] += key in judged
            right[kind] += judged.get(key, False)
    rows = [f"{'kind':<12} {'warnings':>9} {'judged':>7} {'right':>6} {'precision':>10}"]
    for kind in [one for one in (*TITLES, "all") if given[one]]:
        share = f"{right[kind] / known[kind]:.2f}" if known[kind] else "-"
        rows.append(f"{kind:<12} {given[kind]:>9} {known[kind]:>7} {right[kind]:>6} {share:>10}")
    return "\n".join(rows)


def reviews(corpus: Path) -> Iterator[tuple[str, Review]]:
    """Yield each author's name and review, read with a model that was trained without a quarter of the authors."""
    table = load_scores(corpus / SCORES)
    found = [(author, *_rows_and_missing(author, table)) for author in load_corpus(corpus)]
    covered = [(author, rows) for author, rows, missing in found if missing <= MOST_MISSING * len(rows)]
    for fold in range(FOLDS):
        held_out: Sequence[Author] = [author for author, _ in covered[fold::FOLDS]]
        names = {author.name for author in held_out}
        model = train_on({author.name: rows for author, rows in covered if author.name not in names}, seed=0)
        for author in held_out:
            yield author.name, predict(author, model, table)


def main() -> None:
    """Print the precision of the warnings that the text of `analyzer check` shows."""
    judged = load_judged(CORPUS / JUDGED)
    warnings: list[Key] = []
    authors = 0
    for name, review in reviews(CORPUS):
        authors += 1
        warnings += [key_of(name, one) for findings in shown(check(review)).values() for one in findings]
    print(f"{len(warnings)} warnings on {authors} authors; {len(judged)} judged by hand, also on earlier rules")
    print(table_of(warnings, judged))


if __name__ == "__main__":
    main()
