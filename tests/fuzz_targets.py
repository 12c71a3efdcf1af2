"""What else is fuzzed beside the readers: the users' own TOML files, the labeller, and each output that is made of notes.

Each target takes bytes and returns what is wrong, '' if nothing is. `AnalyzerError` is a refusal and right; any other error is
not. The names of the targets stand where suffixes do, so that a case is called ``0a1b2c.plan``.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import traceback
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from time import process_time
from unittest.mock import patch

from lxml import html

from analyzer.agenda_file import write_agenda
from analyzer.draft_file import check_draft
from analyzer.drafting import draft_effort_impact, draft_scan, draft_self_review
from analyzer.errors import AnalyzerError
from analyzer.forms import draft_form, read_form
from analyzer.jobs import report_page, write_review
from analyzer.pipeline import Labelled, extract, review_of
from analyzer.records import Review
from analyzer.rendering import curation_template, evidence_csv, evidence_jsonl, render_markdown, review_to_json
from analyzer.settings import Settings, read_curation, read_settings
from analyzer.turnaround import draft_packet, papers_for, read_plan
from analyzer.turnaround.tracker import merged, tracker_text

ROOT = Path(__file__).parent.parent
_DAY = date(2025, 6, 1)
SECONDS = 20.0
NOTES = """\
# 1:1 Ada Brandt / Bo Lindgren (manager), 2025

## 3 March 2025
- Shipped the stock counter to both shops, counting a shelf fell from 40 min to 12 min
- Bo: your handover notes were the clearest I have read
- [Blocked] Label printer: waiting for procurement
- health: back is bad again

## 17 March 2025
- [ ] me: write to Cleo about the returns desk by 28/3
- Label printer: ETA 4 April
"""
SETTINGS = """\
me = "Ada Brandt"
manager = "Bo"
year = 2025
fiscal_year_start = 4
day_first = true
by = "quarter"
share = "manager"
redact = ["Acme"]
may_stand = ["Tulsa"]
from = 2025-01-01
to = 2025-12-31
[[projects]]
name = "Stock counter"
aliases = ["counter", "shelf"]
theme = "Shops"
[weights]
finished = 3
rungs = {measured = 5}
size = [3, 2, 1]
"""
CURATION = """\
[[line]]
id = "a1b2c3"
keep = false
labels = ["goal", "blocker"]
project = "Label printer"
note = "mine"
[[rename]]
old = "Stock counter"
new = "Shelf count"
[[rename]]
old = "Label printer"
new = "Shelf count"
"""


def why_it_fails(target: str, data: bytes) -> str:
    """Return what is wrong with how a target takes some bytes, '' if nothing is."""
    start = process_time()
    try:
        with tempfile.TemporaryDirectory() as folder:
            found = TARGETS[target](data, Path(folder))
    except AnalyzerError:
        found = ""
    except Exception as error:  # noqa: BLE001 - which error it will be is what is sought
        frames = [one for one in traceback.extract_tb(error.__traceback__) if "/analyzer/" in one.filename]
        frame = (frames or traceback.extract_tb(error.__traceback__))[-1]
        return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.name}"
    return found or (f"takes more than {SECONDS:.0f} seconds" if process_time() - start > SECONDS else "")


@cache
def _year() -> tuple[Labelled, Review]:
    """Return notes that are read once, for the files that are held against them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes.md"
        path.write_text(NOTES, encoding="utf-8")
        labelled = extract([path], Settings())
    return labelled, review_of(labelled, Settings())


def _file(data: bytes, folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _settings(data: bytes, folder: Path) -> str:
    settings = read_settings(_file(data, folder, "analyzer.toml"))
    settings.period()
    labelled, _ = _year()
    draft_self_review(review_of(labelled, settings), by=settings.by, links={})
    return ""


def _curation(data: bytes, folder: Path) -> str:
    labelled, _ = _year()
    review = review_of(labelled, Settings(), read_curation(_file(data, folder, "curation.toml")))
    render_markdown(draft_self_review(review, by="project", links={}), {})
    return ""


def _form(data: bytes, folder: Path) -> str:
    name, form = read_form(str(_file(data, folder, "form.toml")))
    render_markdown(draft_form(_year()[1], form, links={}), {})
    return "" if re.fullmatch(r"[\w-]{1,60}", name) else "a name that is no file's"


def _plan(data: bytes, folder: Path) -> str:
    plan = read_plan(_file(data, folder, "PLAN.toml"))
    papers = papers_for(_year()[1], plan, _DAY, 42, links={}, plan_link="PLAN.toml")
    lines = {"PLAN.toml": plan.lines, "notes.md": tuple(NOTES.splitlines())}
    first, tracker = render_markdown(draft_packet(papers), lines), tracker_text(papers)
    if merged(tracker, tracker, tracker) != tracker:
        return "a tracker that nobody edited changes"
    return "" if first and tracker_text(papers) == tracker else "not the same twice"


def _tracker(data: bytes, folder: Path) -> str:
    """What somebody made of the tracker is merged with the new one, and merging once more changes nothing."""
    plan = read_plan(_file(next(iter(SEEDS[".plan"])), folder, "PLAN.toml"))
    new = tracker_text(papers_for(_year()[1], plan, _DAY, 42, links={}, plan_link="PLAN.toml"))
    once = merged(data.decode("utf-8", "replace"), new, new)
    return "" if merged(once, new, new) == once else "merging twice is not merging once"


def _labels(data: bytes, folder: Path) -> str:
    """Every item has one record, with shares that are shares and words that stand in its line."""
    labelled = extract([_file(data, folder, "notes.md")], Settings())
    for one in labelled.evidence:
        if not all(0 <= share <= 1 for share in one.confidence.values()):
            return "a share that is none"
        if any(not 0 <= cue.start <= cue.end <= len(one.item.text) for cue in one.cues):
            return "a cue outside of its line"
    review = review_of(labelled, Settings())
    evidence_csv(review, everything=True)
    evidence_jsonl(review, everything=True)
    review_to_json(review)
    curation_template(review)
    for draft in (draft_effort_impact(review, Settings(), links={}), draft_scan(review, links={})):
        render_markdown(draft, {one.path: one.lines for one in labelled.reading.documents})
    return ""


def _drafts(data: bytes, folder: Path) -> str:
    """Each draft that is written holds."""
    notes = _file(data, folder, "notes.md")
    write_review([notes], Settings(), folder / "out", report=False)
    for name in ("self-review.md", "effort-impact.md"):
        found = check_draft(folder / "out" / name, None, Settings())
        if not found.holds:
            return f"{name} does not hold: {re.sub('[0-9]+', 'N', next(iter(found.report())))[:80]}"
    return ""


def _page(data: bytes, folder: Path) -> str:
    """The page has its own style and script and nothing that acts or fetches."""
    labelled = extract([_file(data, folder, "notes.md")], Settings())
    for for_manager in (False, True):
        with patch("analyzer.page.report.draw_charts", lambda *_: {}):  # they take most of the time
            page = report_page(labelled, review_of(labelled, Settings()), folder, for_manager=for_manager)
        tree = html.fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
        tags = [str(one.tag) for one in tree.iter() if isinstance(one.tag, str)]
        if tags.count("script") != 1 or tags.count("style") != 1 or set(tags) & {"iframe", "object", "embed", "base"}:
            return "an element that is not the page's own"
        for one in tree.iter():
            for key, value in one.attrib.items():
                name, said = str(key).lower(), str(value).strip().lower()
                if name.startswith("on") or (
                    name in {"href", "src", "action"} and re.match(r"[a-z][a-z0-9+.-]*:|//", said)
                ):
                    return f"an attribute that acts or fetches: {name}"
    return ""


def _agenda(data: bytes, folder: Path) -> str:
    """The document without the inserted bytes is the document, and the second time nothing is put in."""
    path = _file(data, folder, "notes.md")
    write_agenda([path], Settings(), date(2026, 1, 5))
    after = path.read_bytes()
    start = next((at for at, (a, b) in enumerate(zip(data, after, strict=False)) if a != b), min(len(data), len(after)))
    if after != data and not any(
        after[:at] + after[at + len(after) - len(data) :] == data for at in range(start, max(-1, start - 400), -1)
    ):
        return "more than an insertion"
    write_agenda([path], Settings(), date(2026, 1, 5))
    return "" if path.read_bytes() == after else "put in twice"


def _shared(data: bytes, folder: Path) -> str:
    """With roles in the place of names, no output holds the two people's names; a level is never written over another."""
    notes = _file(data, folder, "notes.md")
    for level, redacted in (("manager", False), ("public", True)):
        out = folder / level
        settings = Settings(
            share=level, redacted=redacted, redact=("Vexworth",), me="Ada Brandt", manager="Bo Lindgren"
        )
        try:
            written = write_review([notes], settings, out)
        except AnalyzerError:
            continue
        if redacted:
            texts = " ".join(one.read_text(encoding="utf-8") for one in out.iterdir() if one.suffix != ".tmp")
            if re.search(r"\b(?:Vexworth|Brandt|Lindgren)\b", texts):
                return "a name that was to be replaced"
        if written.review.shared is None:
            return "a level that is not noted"
        shutil.rmtree(out)
    return ""


TARGETS: Mapping[str, Callable[[bytes, Path], str]] = {
    ".settings": _settings, ".curation": _curation, ".form": _form, ".plan": _plan, ".tracker": _tracker, ".labels": _labels,
    ".drafts": _drafts, ".page": _page, ".agenda": _agenda, ".shared": _shared,
}  # fmt: skip


def _sources(*patterns: str, most: int = 20_000) -> list[bytes]:
    found = sorted(one for pattern in patterns for one in ROOT.glob(pattern))
    return [one.read_bytes() for one in found if one.stat().st_size <= most]


_SMALL = [NOTES.encode(), *_sources("tests/cases/reading/*.md", "tests/cases/golden/**/*.md", most=2_500)]
SEEDS: Mapping[str, list[bytes]] = {
    ".settings": [SETTINGS.encode(), SETTINGS.replace("[[", "[").encode()],
    ".curation": [CURATION.encode()],
    ".form": _sources("analyzer/forms/shipped/*.toml"),
    ".plan": _sources("data/sample/recovery/PLAN.toml", "tests/cases/turnaround/**/*.toml"),
    ".tracker": _sources("tests/cases/turnaround/**/tracker.md")
    or [b"# Tracker\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"],
    **dict.fromkeys((".labels", ".drafts", ".page", ".agenda", ".shared"), _SMALL),
}
