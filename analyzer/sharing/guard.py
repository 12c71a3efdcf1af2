"""The last look at finished outputs: where a name that is to be replaced still stands, nothing is written."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from analyzer.errors import NameLeftError
from analyzer.sharing.roles import Roles

_MARKUP = re.compile(r"<style>.*?</style>|</?[\w:]+|(?<=\s)[\w:-]{1,40}=(?=[\"'])", re.DOTALL)
"""The words of a page's and a Word file's own language: elements, attributes and style."""


def names_left(files: Mapping[str, str | bytes], roles: Roles | None) -> None:
    """Refuse outputs in which a name still stands.

    Args:
        files: file names to what is to be written.
        roles: who is replaced by what; None where names may stand.

    Raises:
        NameLeftError: a file's name or text holds a form of a name that is nothing else.
    """
    if roles is None or roles.sure is None:
        return
    for name, content in files.items():
        for text in (name, *_texts(content)):
            bare = html.unescape(_MARKUP.sub(" ", text) if "<" in text else text)
            found = next((one[0] for one in roles.sure.finditer(bare) if len(one[0]) > 2 or not one[0].islower()), None)
            if found:
                raise NameLeftError(name, found)


def _texts(content: str | bytes) -> Iterator[str]:
    """Yield the texts of a file, those inside a Word file one by one; of a picture what it writes out."""
    if isinstance(content, str) or not content.startswith(b"PK"):
        yield content if isinstance(content, str) else content.decode("utf-8", errors="ignore")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for one in archive.namelist():
            yield archive.read(one).decode("utf-8", errors="replace")
