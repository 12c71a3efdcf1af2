"""Several documents at once: the citations of a draft open, wherever the files are."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from analyzer.draft_file import check_draft
from analyzer.jobs import write_review
from analyzer.settings import Settings

FIRST = "# 1:1 Ilse Marchetti / Bo Fennimore\n\n## 12 Mar 2025\n- Shipped the parts list to all 4 depots\n"
SECOND = "# 1:1 Ilse Marchetti / Bo Fennimore\n\n## 17 Sep 2025\n- Finished the crane check with Goran\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/notes.md", "b/notes.md"),
        ("first half (old)/1on1 notes.md", "second half/1on1 notes (new).md"),
        ("x/y/z/spring.md", "autumn.md"),
    ],
)
def test_links_lead_to_each_file_from_folders_with_spaces_and_parentheses(tmp_path: Path, one: str, other: str) -> None:
    paths = [tmp_path / one, tmp_path / other]
    for path, text in zip(paths, (FIRST, SECOND), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    out = tmp_path / "my drafts (2025)"
    write_review(paths, Settings(me="Ilse Marchetti", manager="Bo Fennimore"), out)
    draft = (out / "self-review.md").read_text(encoding="utf-8")
    targets = re.findall(r"^\[[^\]]+\]: (\S+?)#L\d+\b", draft, re.MULTILINE)
    opened = {(out / unquote(target)).resolve() for target in targets}
    assert opened == {path.resolve() for path in paths}
    assert check_draft(out / "self-review.md").holds
