"""What many tests need: the command line in this process, both samples reviewed once, and one short document of notes."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("searching", derandomize=False, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
"""The same examples in each run, so that no change is turned away by chance; ``searching`` looks for new ones."""

ROOT = Path(__file__).parent.parent
SAMPLES = ("data-scientist", "manager-notes")
DRAFTS = ("self-review.md", "effort-impact.md")

SHORT = """\
# 1:1 Ada Brandt / Bo Lindgren (manager), 2025

## 3 March 2025
- Shipped the stock counter to both shops
- Bo: your handover notes were the clearest I have read
- [Blocked] Label printer: waiting for procurement

## 17 March 2025
- Stock counter: counting a shelf fell from 40 min to 12 min
- Label printer: ETA 4 April
- [ ] me: write to Cleo about the returns desk

## 14 April 2025
- Label printer is live in both shops
- the returns desk now uses the stock counter every evening
"""


@dataclass(frozen=True)
class Ran:
    """What one run of the command line came to."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@dataclass(frozen=True)
class Reviewed:
    """A private copy of a sample's notes and the folder that `analyzer review` wrote from it."""

    notes: Path
    out: Path
    original: Path


def run_here(*arguments: object) -> Ran:
    """Run the command line in this process, through the same error boundary as `main`."""
    from analyzer.cli import run

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(argument) for argument in arguments])
    return Ran(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def command() -> Command:
    return run_here


@pytest.fixture(autouse=True, scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the cache of this process, and of all that it starts, out of the user's own."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(autouse=True)
def _without_charts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the charts out of report pages, which takes most of their time, but where a test is about them."""
    if "charts" not in request.keywords:
        monkeypatch.setattr("analyzer.page.report.draw_charts", lambda *_: {})


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Reviewed]:
    """Both samples, reviewed once for all tests of this process; tests must not change what stands in there."""
    root = tmp_path_factory.mktemp("samples")
    made = {}
    for name in SAMPLES:
        original = ROOT / "data" / "sample" / name
        made[name] = Reviewed(notes=root / name, out=root / f"review-{name}", original=original)
        shutil.copytree(original, made[name].notes)
        ran = run_here("review", made[name].notes, "-o", made[name].out)
        assert ran.code == 0, ran.err
    return made


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest, samples: Mapping[str, Reviewed]) -> Reviewed:
    return samples[request.param]


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """The short document above, alone in a folder."""
    folder = tmp_path / "notes"
    folder.mkdir()
    path = folder / "ada.md"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.fixture
def reviewed(short: Path) -> Reviewed:
    """The short document with its outputs, free to be changed."""
    out = short.parent.parent / "out"
    ran = run_here("review", short, "-o", out)
    assert ran.code == 0, ran.err
    return Reviewed(notes=short, out=out, original=short)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the commands are called with; tests work on a copy."""
    from desk import lay  # takes what a test of the encoder writes

    return lay(tmp_path_factory.mktemp("desk"))
