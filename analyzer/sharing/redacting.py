"""A review with roles in the place of names. Every text of every record is gone through; only ids and fixed words are passed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from analyzer.labelling import evidence_ids
from analyzer.records import Cue, Evidence, Item, Metric, Review, Source, Span
from analyzer.sharing.roles import Edited, Roles

_Record = TypeVar("_Record")
_FIXED = frozenset(
    """id evidence quarter kind rung quadrant band rule closed_by answered_by renamed_by accomplishment_id section unit direction
    repeats accomplishments highlights blockers later repeated by_rule level why""".split()
)
"""Fields that hold ids and words of the program, no words of the notes."""
_PERSON = frozenset("subject manager writer author speaker told_by about owner asker voucher by people".split())


def redact(review: Review, roles: Roles) -> Review:
    """Return a review in which roles stand in the place of names.

    Args:
        review: any review; what is asked of its owner has to be asked again afterwards, for it quotes citations.
        roles: who is replaced by what.
    """
    return _with_own_ids(_record(replace(review, questions_to_you=()), roles))


def _with_own_ids(review: Review) -> Review:
    """Give every line the id of its words as they stand now: the old one is a hash that whoever guesses a name can check."""
    ids = dict(
        zip((one.id for one in review.evidence), evidence_ids([one.item for one in review.evidence]), strict=True)
    )

    def renamed(value: Any) -> Any:
        if isinstance(value, Enum):
            return value
        if isinstance(value, str):
            return ids.get(value) or (f"a-{ids[value[2:]]}" if value[:2] == "a-" and value[2:] in ids else value)
        if isinstance(value, tuple | frozenset):
            return type(value)(renamed(one) for one in value)
        if isinstance(value, Mapping):
            return {renamed(key): renamed(one) for key, one in value.items()}
        if is_dataclass(value) and not isinstance(value, type | Span):
            changed = {one.name: renamed(getattr(value, one.name)) for one in fields(value)}
            return replace(value, **changed)
        return value

    whole: Review = renamed(review)
    return whole


def _record(record: _Record, roles: Roles) -> _Record:
    if isinstance(record, Evidence):
        return _evidence(record, roles)  # type: ignore[return-value]
    if isinstance(record, Item):
        return _item(record, roles, roles.edited(record.text))  # type: ignore[return-value]
    values = {one.name: _value(one.name, getattr(record, one.name), roles) for one in fields(record)}  # type: ignore[arg-type]
    return replace(record, **values)  # type: ignore[type-var]


def _value(name: str, value: Any, roles: Roles) -> Any:
    if isinstance(value, Enum) or value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _text(name, value, roles)
    if isinstance(value, tuple):
        return tuple(_value(name, one, roles) for one in value)
    if isinstance(value, frozenset):
        return frozenset(_value(name, one, roles) for one in value)
    if isinstance(value, Mapping):
        return {_value("", key, roles): _value("", one, roles) for key, one in value.items()}
    return _record(value, roles) if is_dataclass(value) and not isinstance(value, type) else value


def _text(name: str, value: str, roles: Roles) -> str:
    if name in _FIXED:
        return value
    if name == "path":
        return roles.path(value)
    return roles.person(value) if name in _PERSON else roles.text(value)


def _evidence(one: Evidence, roles: Roles) -> Evidence:
    edited = roles.edited(one.item.text)
    return replace(
        one,
        item=_item(one.item, roles, edited),
        people=tuple(dict.fromkeys(roles.person(name) for name in one.people)),
        metrics=tuple(_moved(metric, edited, roles) for metric in one.metrics),
        cues=tuple(_moved_cue(cue, edited, roles) for cue in one.cues),
        project=roles.text(one.project) if one.project else one.project,
    )


def _item(item: Item, roles: Roles, edited: Edited) -> Item:
    return replace(
        item,
        source=_source(item.source, roles),
        text=edited.text,
        raw=roles.text(item.raw),
        heading=roles.text(item.heading),
        author=roles.person(item.author) if item.author else None,
        prefix=edited.text[: edited.moved(len(item.prefix), end=True)] if item.lead_end else roles.text(item.prefix),
        lead=roles.text(item.lead),
        tags=tuple(map(roles.text, item.tags)),
        links=tuple(map(roles.text, item.links)),
        sentences=tuple(_span(span, edited, roles) for span in item.sentences),
        turns=tuple(_span(span, edited, roles) for span in item.turns),
    )


def _source(source: Source, roles: Roles) -> Source:
    return replace(source, path=roles.path(source.path))


def _span(span: Span, edited: Edited, roles: Roles) -> Span:
    author = roles.person(span.author) if span.author else None
    return Span(edited.moved(span.start), edited.moved(span.end, end=True), author)


def _moved(metric: Metric, edited: Edited, roles: Roles) -> Metric:
    start, end = edited.moved(metric.start), edited.moved(metric.end, end=True)
    name = roles.text(metric.name) if metric.name else metric.name
    return replace(metric, text=roles.text(metric.text), name=name, start=start, end=end)


def _moved_cue(cue: Cue, edited: Edited, roles: Roles) -> Cue:
    start, end = edited.moved(cue.start), edited.moved(cue.end, end=True)
    return replace(cue, value=roles.text(cue.value), start=start, end=end)
