"""The wording lists of this room (`words.toml`), loaded strictly, and two questions to them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from analyzer.checking.wording import parse_wording

FILE = "words.toml"
LISTS = frozenset(
    (
        "vague effort yes_no because cause trouble rising falling relief input_named transformation_named output_named input_implied transformation_implied "
        "output_implied deployed causal interval_marks validated own link at_most at_least every waiting"
    ).split()
)


@cache
def wording() -> Mapping[str, re.Pattern[str]]:
    """Load the lists that the package ships."""
    data = tomllib.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return parse_wording(FILE, data, LISTS)


def found(kind: str, text: str) -> re.Match[str] | None:
    """Return the first place where a text holds an entry of a list, None where it holds none."""
    return wording()[kind].search(text)


def says(kind: str, text: str) -> bool:
    """Return whether a text holds an entry of a list."""
    return found(kind, text) is not None


def opens(kind: str, text: str) -> bool:
    """Return whether a text begins with an entry of a list."""
    return wording()[kind].match(text.lstrip()) is not None
