"""Where the time of one review goes: ``python -m tests.stages NOTES``, processor time by stage, each without the stages inside it.

What a stage loads counts as loading, whichever stage asks for it. The floor is what no work on this program can save: the
interpreter, what the libraries take to load, and spaCy's tokeniser on the same lines.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

STAGES = {
    "reading and splitting": "analyzer.pipeline:read_items",
    "rules": "analyzer.labelling:observed",
    "sentence encoder": "analyzer.encoder:Encoder.scores",
    "labels": "analyzer.pipeline:label",
    "grouping and scores": "analyzer.jobs:review_of",
    "charts": "analyzer.page.report:draw_charts",
    "the rest of the page": "analyzer.jobs:report_page",
    "drafts and files": "analyzer.jobs:write_review",
}
"""Each stage and the function whose time it is, as its caller finds it."""
LOADING = "loading modules"


class Clock:
    """Processor time by stage; while a stage runs inside another the outer one's clock stands still."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._running = [""]
        self._since = process_time()

    @contextlib.contextmanager
    def running(self, stage: str) -> Iterator[None]:
        """Count what is done here for a stage."""
        self._turn()
        self._running.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def _turn(self) -> None:
        now = process_time()
        self.spent[self._running[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that counts its time for a stage."""

        def counted(*arguments: Any, **named: Any) -> Any:
            with self.running(stage):
                return call(*arguments, **named)

        return counted


def stages_of(notes: Path) -> dict[str, float]:
    """Review notes in this process, without a cache, and return the seconds of each stage, the costly ones first."""
    clock, load = Clock(), builtins.__import__

    def loading(name: str, *more: Any, **named: Any) -> Any:
        if name in sys.modules:
            return load(name, *more, **named)
        with clock.running(LOADING):
            return load(name, *more, **named)

    with clock.running(LOADING):
        for place in STAGES.values():
            import_module(place.split(":")[0])
        from analyzer.cli import run
    for stage, place in STAGES.items():
        module, _, path = place.partition(":")
        *holders, name = path.split(".")
        holder: Any = import_module(module)
        for one in holders:
            holder = getattr(holder, one)
        setattr(holder, name, clock.timed(stage, getattr(holder, name)))
    builtins.__import__ = loading
    try:
        with tempfile.TemporaryDirectory() as out, contextlib.redirect_stdout(io.StringIO()):
            code = run(["review", str(notes), "--no-cache", "-o", out])
    finally:
        builtins.__import__ = load
    if code:
        sys.exit(f"the review ended with {code}")
    return dict(sorted(clock.spent.items(), key=lambda one: -one[1]))


def tokenised(notes: Path) -> float:
    """Return the seconds that spaCy's tokeniser alone takes on the lines of the notes, without loading it."""
    import spacy

    nlp = spacy.blank("en")
    started = process_time()
    for _ in nlp.pipe(notes.read_text(encoding="utf-8").splitlines()):
        pass
    return process_time() - started


if __name__ == "__main__":
    given = Path(sys.argv[1])
    for stage, seconds in stages_of(given).items():
        print(f"{stage or 'command line':28} {seconds:6.2f} s")
    print(f"{'(the tokeniser alone)':28} {tokenised(given):6.2f} s")
