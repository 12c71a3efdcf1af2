"""Mutated files through every reader and target: ``python tests/fuzz.py [minutes] [reader…] [--seed N]``, such as ``5 .docx .plan``.

Starts from the files of `tests/cases/reading` and the samples, and changes bytes, lines and, in packed formats, members and what
they hold. A reader may raise `UnreadableError` and nothing else, takes less than `_SECONDS`, and what it reads obeys the law of
`tests/test_reading_laws.py`: each line is in exactly one block or ignored. What breaks this is saved to `tests/cases/fuzz`, which
`tests/test_fuzz_cases.py` replays.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import re
import sys
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic, process_time

import fuzz_targets

from analyzer.errors import AnalyzerError
from analyzer.reading.document import finish, sketch
from analyzer.reading.files import READERS
from analyzer.reading.roster import find_roster
from analyzer.reading.text import Text, UnreadableError
from analyzer.records import BlockKind, Document
from analyzer.settings import Settings
from analyzer.splitting import split

ROOT = Path(__file__).parent
CASES = ROOT / "cases" / "fuzz"
_SEEDS = (ROOT / "cases" / "reading", ROOT.parent / "data" / "sample")
_SECONDS = 5.0
_WORD = re.compile(r"\w+")
_LARGEST_SEED = 200_000
_TEXT_SEED = (
    b"# 1:1 Ada / Bo 2025\n\n## 3 March\n\n- shipped it\n  - Bo: well done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
)
_BITS = (
    b"\x00", b"\xff\xfe", b"\r", b"\n\n", b"\t", b"<", b">", b"&", b"&#0;", b"]]>", b"<!--", b"-->", b"<table>", b"</p>", b"```", b"---\n", b"{\\", b"}",
    b"\\bin99999999 ", b"\\u-1 ", b'"', b",", b";;", b"|", b"[[", b"- [ ] ", b"#+BEGIN_SRC\n", b":PROPERTIES:\n", b"===\n", b".. ", b"-->\n", b"00:00:01.000",
    b"99999999999", b"-1", b"1e999", b"\xe2\x80\xae", b"\xed\xa0\x80", b"obj", b"endstream", b"/Kids [1 0 R]", b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
)  # fmt: skip
_NUMBER = re.compile(rb"\d{1,9}")


def why_it_fails(suffix: str, data: bytes) -> str:
    """Return what is wrong with how a reader, or a target of `tests/fuzz_targets.py`, takes some bytes, '' if nothing is."""
    if suffix in fuzz_targets.TARGETS:
        return fuzz_targets.why_it_fails(suffix, data)
    start = process_time()
    try:
        text = READERS[suffix](data)
        document = _document(text, suffix)
    except (UnreadableError, AnalyzerError):
        document = None
    except Exception as error:  # noqa: BLE001 - which error it will be is what is sought
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.name}"
    if process_time() - start > _SECONDS:
        return f"takes more than {_SECONDS:.0f} seconds"
    return _law(document) if document else ""


def _document(text: Text, suffix: str) -> Document:
    if text.places and len(text.places) != len(text.lines):
        raise ValueError("not as many places as lines")
    drawn = sketch(text, path=f"fuzz{suffix}", settings=Settings())
    document, _ = finish(drawn, Settings(), find_roster([drawn.clues], Settings()), None)
    split(document)
    return document


def _law(document: Document) -> str:
    """Return which line is lost or read twice; the cells of a table's row may be blocks of their own, each once.

    A row that is cut so is said with its column's heads, which come again for each row.
    """
    covered: Counter[int] = Counter()
    blocks = [block.source for meeting in document.meetings for block in meeting.blocks]
    for source in (*blocks, *(one.source for one in document.ignored)):
        covered.update(range(source.start or 0, (source.end or 0) + 1))
    wanted = [number for number, line in enumerate(document.lines, start=1) if line.strip()]
    lost = [number for number in wanted if not covered[number]]
    twice = [n for n in wanted if covered[n] > 1 and ("|" not in document.lines[n - 1] or _repeats(document, n))]
    return f"line lost ({len(lost)})" if lost else (f"line read twice ({len(twice)})" if twice else "")


def _repeats(document: Document, line: int) -> bool:
    """Return whether words of a line that stand in no line above come more than once an item, as a project's name may."""
    there = Counter(_WORD.findall(document.lines[line - 1]))
    above = {word for one in document.lines[: line - 1] for word in _WORD.findall(one)}
    said: Counter[str] = Counter()
    items = 0
    for meeting in document.meetings:
        for block in meeting.blocks:
            if block.source.start == line and block.kind is not BlockKind.HEADING:
                said.update(_WORD.findall(block.text))
                items += 1
    return any(said[word] > count * items for word, count in there.items() if word not in above)


def mutated(data: bytes, source: random.Random) -> bytes:
    """Return bytes with one to eight changes; in a ZIP container they are made inside its members, seldom outside."""
    if data.startswith(b"PK\x03\x04") and source.random() < 0.8:
        return _repacked(data, source)
    for _ in range(source.randint(1, 8)):
        data = source.choice(_CHANGES)(data, source)
    return data


def _cut(data: bytes, source: random.Random) -> bytes:
    start, end = _stretch(data, source)
    return data[:start] + data[end:]


def _end(data: bytes, source: random.Random) -> bytes:
    return data[: source.randint(0, len(data))]


def _doubled(data: bytes, source: random.Random) -> bytes:
    start, end = _stretch(data, source)
    return data[:end] + data[start:end] * source.choice((1, 2, 50)) + data[end:]


def _moved(data: bytes, source: random.Random) -> bytes:
    start, end = _stretch(data, source)
    rest = data[:start] + data[end:]
    at = source.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def _flipped(data: bytes, source: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(source.randint(1, 4)):
        if changed:
            changed[source.randrange(len(changed))] = source.randrange(256)
    return bytes(changed)


def _inserted(data: bytes, source: random.Random) -> bytes:
    at = source.randint(0, len(data))
    return data[:at] + source.choice(_BITS) * source.choice((1, 1, 1, 200)) + data[at:]


def _renumbered(data: bytes, source: random.Random) -> bytes:
    """Change a number: a length, an offset, a repeat, a span of cells."""
    numbers = list(_NUMBER.finditer(data[:100_000]))
    if not numbers:
        return data
    match = source.choice(numbers)
    new = source.choice((b"0", b"-1", b"65536", b"99999999", b"%d" % (int(match[0]) + 1)))
    return data[: match.start()] + new + data[match.end() :]


def _nested(data: bytes, source: random.Random) -> bytes:
    """Wrap a stretch in one kind of bracket, many times."""
    start, end = _stretch(data, source)
    left, right = source.choice(
        ((b"<div>", b"</div>"), (b"{", b"}"), (b"<ul><li>", b"</li></ul>"), (b"> ", b""), (b"[", b"]"), (b"  ", b""))
    )
    times = source.choice((3, 50, 2_000))
    return data[:start] + left * times + data[start:end] + right * times + data[end:]


_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _end, _doubled, _moved, _flipped, _inserted, _renumbered, _nested,
)  # fmt: skip


def _stretch(data: bytes, source: random.Random) -> tuple[int, int]:
    """Choose a stretch: any, whole lines, or from one tag to another."""
    if source.random() < 0.5 and (places := [found.start() for found in re.finditer(rb"[\n<{]", data[:100_000])]):
        start = source.choice(places)
        later = [place for place in places if place > start][:20]
        return start, source.choice(later) if later else len(data)
    start = source.randint(0, len(data))
    return start, min(len(data), start + source.choice((1, 4, 40, 400)))


def _repacked(data: bytes, source: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        return _flipped(data, source)
    for _ in range(source.randint(1, 3)):
        if members:
            name = source.choice(sorted(members))
            if source.random() < 0.1:
                del members[name]
            else:
                members[name] = source.choice(_CHANGES)(members[name], source)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def seeds(suffix: str) -> list[bytes]:
    """Return the files to start from for a format or a target, in a fixed order; a plain text where there is none."""
    if suffix in fuzz_targets.SEEDS:
        return list(fuzz_targets.SEEDS[suffix])
    files = sorted(
        path for folder in _SEEDS for path in folder.rglob("*") if path.is_file() and path.suffix.lower() == suffix
    )
    found = [path.read_bytes() for path in files if path.stat().st_size <= _LARGEST_SEED]
    return found or [_TEXT_SEED]


def save(suffix: str, data: bytes) -> Path:
    """Keep what a reader failed on as a case, called by its content."""
    CASES.mkdir(parents=True, exist_ok=True)
    path = CASES / f"{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
    path.write_bytes(data)
    return path


def _smaller(suffix: str, data: bytes, reason: str) -> bytes:
    """Cut away what is not needed for the failure, for as long as a few seconds."""
    end, size = monotonic() + 10, len(data) // 2
    while size and monotonic() < end:
        for start in range(0, len(data), size):
            shorter = data[:start] + data[start + size :]
            if monotonic() < end and why_it_fails(suffix, shorter) == reason:
                data = shorter
                break
        else:
            size //= 2
    return data


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz for some minutes and print what was found."""
    parser = argparse.ArgumentParser(
        prog="python tests/fuzz.py", description="mutated files through every reader and target"
    )
    parser.add_argument("minutes", nargs="?", type=float, default=1.0)
    parser.add_argument(
        "readers", nargs="*", help="suffixes, such as .docx, and targets, such as .plan; all if none is given"
    )
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    given = parser.parse_args(arguments)
    known = sorted({**READERS, **fuzz_targets.TARGETS})
    readers = [f".{name.lstrip('.')}" for name in given.readers] or known
    if unknown := [name for name in readers if name not in known]:
        parser.error(f"no reader for {', '.join(unknown)}; there are {', '.join(known)}")
    print(f"seed {given.seed}", flush=True)
    source, end = random.Random(given.seed), monotonic() + 60 * given.minutes  # noqa: S311 - nothing secret
    starts, tried, found = {name: seeds(name) for name in readers}, Counter[str](), dict[tuple[str, str], Path]()
    while monotonic() < end:
        for suffix in readers:
            data = mutated(source.choice(starts[suffix]), source)
            tried[suffix] += 1
            reason = why_it_fails(suffix, data)
            if reason and (suffix, reason) not in found:
                found[suffix, reason] = save(suffix, _smaller(suffix, data, reason))
                print(f"{suffix}: {reason}: {found[suffix, reason].name}", flush=True)
    print(", ".join(f"{suffix} {count:,}" for suffix, count in sorted(tried.items())), f"tried, {len(found)} failures")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
