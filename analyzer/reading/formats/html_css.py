"""What a page's style says about a text: bold, struck out, hidden, a list with check boxes. Only rules on single classes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_MOST_RULES = 20_000
_LONGEST_RULE = 4_000
_CLASS = re.compile(r"\.(?P<name>[\w-]{1,100})(?P<before>[\s>]{0,3}li::?before)?$")
_BOXES = frozenset("☐☑☒□▢❏❑❐❒✓✔")
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ ]?")


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule or a style attribute settles; None where it says nothing."""

    bold: bool | None = None
    struck: bool | None = None
    hidden: bool = False


@dataclass(slots=True)
class Sheet:
    """A page's rules by class name, and the classes of lists whose bullet is a check box."""

    looks: dict[str, Look] = field(default_factory=dict)
    boxes: set[str] = field(default_factory=set)

    def add(self, css: str) -> None:
        """Take the rules of one style element; rules inside @media and longer selectors are passed over."""
        for rule in css.split("}", _MOST_RULES)[:_MOST_RULES]:
            head, mark, body = rule.partition("{")
            if not mark or len(rule) > _LONGEST_RULE or "@" in head or "{" in body:
                continue
            for selector in head.split(","):
                self._add_rule(selector.strip(), body)

    def look(self, classes: list[str], style: str) -> Look:
        """Return how an element looks, from its classes and its own style, which wins."""
        bold = struck = None
        hidden = False
        looks = [self.looks[name] for name in classes if name in self.looks]
        for one in [*looks, look_of(style)] if style else looks:
            bold = one.bold if one.bold is not None else bold
            struck = one.struck if one.struck is not None else struck
            hidden = hidden or one.hidden
        return Look(bold, struck, hidden)

    def _add_rule(self, selector: str, body: str) -> None:
        found = _CLASS.search(selector)
        if not found:
            return
        if found["before"]:
            content = declarations(body).get("content", "")
            shown = _ESCAPE.sub(lambda match: chr(min(int(match[1], 16), 0xFFFF)), content)
            if _BOXES.intersection(shown):
                self.boxes.add(found["name"])
        elif found.start() == 0 or selector[: found.start()].isalnum():
            one, old = look_of(body), self.looks.get(found["name"], Look())
            self.looks[found["name"]] = Look(
                one.bold if one.bold is not None else old.bold,
                one.struck if one.struck is not None else old.struck,
                one.hidden or old.hidden,
            )


def declarations(style: str) -> Mapping[str, str]:
    """Return the properties of a style, lower case."""
    pairs = (part.partition(":") for part in style[:_LONGEST_RULE].split(";"))
    return {key.strip().lower(): value.strip().lower() for key, mark, value in pairs if mark}


def look_of(style: str) -> Look:
    """Return what a style attribute or the body of a rule settles."""
    found = declarations(style)
    weight = found.get("font-weight", "").removesuffix("!important").strip()
    bold: bool | None = None
    if weight:
        bold = weight in {"bold", "bolder"} or (weight.isascii() and weight.isdigit() and int(weight[:4]) >= 600)
    line = found.get("text-decoration", "") + " " + found.get("text-decoration-line", "")
    struck = "line-through" in line if line.strip() else None
    hidden = found.get("display", "").startswith("none") or found.get("visibility", "").startswith("hidden")
    return Look(bold, struck, hidden or found.get("mso-hide", "") == "all")
