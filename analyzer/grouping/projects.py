"""Lines to projects: names that stand in the notes, what the user decides about them, and the lines that belong to each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analyzer.grouping import assign
from analyzer.grouping.candidates import clean, list_of, runs, siblings_of, written_names
from analyzer.grouping.clusters import LEAST_MEETINGS, Cluster, Support, cluster_names, display, themes
from analyzer.grouping.common import rarity
from analyzer.grouping.linking import link
from analyzer.grouping.names import Key, key_of, same_key, stem, word_spans, words
from analyzer.grouping.notes import Notes, reports
from analyzer.records import Evidence, Label, Status
from analyzer.settings import Curation, ProjectName

_OTHER_TALK = frozenset({Label.FEEDBACK, Label.CAREER, Label.GOAL, Label.ACTION_ITEM})
MEETINGS_UNDER_WAY = 3
"""Meetings that work without any finished piece has to show in, before it is a project."""
_WORK_SECTIONS = frozenset({"wins", "in_progress"})
_EQUATION = re.compile(r"(?:^|[,;:(]\s)([A-Z]\w{2,20}(?: \w{2,20})?) ?= ?([a-z][\w -]{2,30}?)(?=[,;.)]|\sw/|$)")
LEAST_EQUATIONS = 2
"""Names that one line explains, before it is taken for a list of code names."""
SIBLINGS = 2
"""Prefixes in one list that make it a list of projects."""
LEAST_LINES = 3
"""Lines that make a project of a common word that only one line puts in front."""
_UNDER_WAY = frozenset({Status.DONE, Status.IN_PROGRESS, Status.BLOCKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A project as far as names go."""

    name: str
    aliases: tuple[str, ...]
    renamed_by: str | None
    theme: str | None
    why: tuple[str, ...]


def find_projects(
    notes: Notes, given: Sequence[ProjectName], curation: Curation
) -> tuple[tuple[Named, ...], Mapping[str, str]]:
    """Find the year's projects and the lines of each.

    Args:
        notes: the year.
        given: projects that the settings name; they beat what the notes call them.
        curation: renames and decisions about single lines; they beat everything.

    Returns:
        The projects that have any line, in the order of their first, and project name by evidence id.
    """
    seeds = _from_settings(given)
    _add_renames(notes, seeds)
    _add_glossary(notes, seeds)
    names = written_names(notes)
    clusters = cluster_names(names.values(), seeds, _support_in(notes))
    assigned = assign.by_name(notes, clusters, _own_lines(clusters))
    lines = _by_cluster(notes, assigned)
    siblings = siblings_of(names)
    listed = _listed(notes, siblings)
    clusters = [one for one in clusters if one.fixed or _stands_alone(one, lines.get(id(one), []), listed)]
    assigned = assign.by_name(notes, clusters, _own_lines(clusters))
    assigned, found = link(notes, assigned, siblings)
    clusters += found
    assigned = assign.by_words(notes, assign.by_place(notes, assigned), siblings)
    assigned = _weighty(notes, assigned, listed)
    _extend_short_names(notes, clusters, assigned)
    assigned = _well_named(notes, assigned)
    for index, theme in themes(clusters).items():
        clusters[index].theme = clusters[index].theme or theme
    return _decided(notes, clusters, assigned, curation)


def _own_lines(clusters: Sequence[Cluster]) -> assign.Assigned:
    return {evidence: cluster for cluster in clusters for evidence in cluster.lines}


def _by_cluster(notes: Notes, assigned: assign.Assigned) -> dict[int, list[Evidence]]:
    """Return the lines of each project in the order of the notes, by the identity of its cluster."""
    found: dict[int, list[Evidence]] = {}
    for line in notes.evidence:
        if (home := assigned.get(line.id)) is not None:
            found.setdefault(id(home), []).append(line)
    return found


def _listed(notes: Notes, siblings: assign.Siblings) -> frozenset[str]:
    """Return the lines under way of the lists of projects.

    That is a list below a heading that says it holds work, every line of which has a prefix of its own, of two words and
    more.
    """
    keys: dict[object, set[Key]] = {}
    mixed: set[object] = set()
    for line in notes.evidence:
        if line.id in siblings:
            keys.setdefault(siblings[line.id][0], set()).add(siblings[line.id][1])
        if line.id not in siblings or len(siblings[line.id][1]) < 2:
            mixed.add(list_of(line))
    lines = notes.by_id()
    return frozenset(
        one
        for one, (place, _) in siblings.items()
        if place not in mixed
        and len(keys[place]) >= SIBLINGS
        and lines[one].item.section in _WORK_SECTIONS
        and lines[one].status in _UNDER_WAY
    )


def _stands_alone(cluster: Cluster, lines: Sequence[Evidence], listed: Collection[str]) -> bool:
    """Return whether a name is a project before any other line joins it: it finished something, or work comes back to it.

    A name that one meeting writes and that nothing came of may still be another project's work; its line goes by its words.
    So does the first cell of a row: it says what the row is about, and is a name only where it comes back.
    """
    if cluster.places == {"cell"} and len(cluster.days) < LEAST_MEETINGS:
        return False
    if any(_finished(line) or line.id in listed or line.status is Status.DROPPED for line in lines):
        return True
    own = frozenset(cluster.lines)
    led = {line.item.date for line in lines if line.id in own}
    back = len(led) >= LEAST_MEETINGS or len({line.item.date for line in lines}) > LEAST_MEETINGS
    return back and any(_is_work(line) for line in lines)


def _weighty(notes: Notes, assigned: assign.Assigned, listed: Collection[str]) -> assign.Assigned:
    """Leave out what nothing came of: projects without a finished piece that show work in few meetings."""
    days: dict[int, set[object]] = {}
    sure: set[int] = set()
    marked: set[int] = set()
    homes = {id(home): home for home in assigned.values()}
    own = {key: frozenset(home.lines) for key, home in homes.items()}
    for line in notes.evidence:
        home = assigned.get(line.id)
        if home is None:
            continue
        if home.fixed or _finished(line) or (line.status is Status.DROPPED and line.id in own[id(home)]):
            sure.add(id(home))
        if line.id in listed and line.id in own[id(home)]:
            sure.add(id(home))
        if line.status is Status.BLOCKED or line.has(Label.IMPACT):
            marked.add(id(home))
        if _is_work(line):
            days.setdefault(id(home), set()).add(line.item.date)
    kept = sure | {home for home, met in days.items() if len(met) >= MEETINGS_UNDER_WAY - (1 if home in marked else 0)}
    return {evidence: cluster for evidence, cluster in assigned.items() if id(cluster) in kept}


def _well_named(notes: Notes, assigned: assign.Assigned) -> assign.Assigned:
    """Leave out what only one line calls by a word that anybody uses ("House: moved in"), and few lines are about."""
    small = {
        stem(word)
        for line in notes.evidence
        for word, start, stop in word_spans(line.item.text)
        if line.item.text[start:stop].islower()
    }
    homes = {id(home): home for home in assigned.values()}
    lines = Counter(id(home) for home in assigned.values())
    topics = {key for key, home in homes.items() if lines[key] < LEAST_LINES and _is_a_topic(home, small)}
    return {evidence: home for evidence, home in assigned.items() if id(home) not in topics}


def _is_a_topic(cluster: Cluster, small: Collection[str]) -> bool:
    if cluster.fixed or not cluster.days or sum(cluster.uses.values()) >= LEAST_MEETINGS:
        return False
    named = words(display(cluster))
    common = len(named) == 1 and (stem(named[0]) in small or rarity(stem(named[0])) < 1)
    return common and display(cluster).istitle()


def _finished(line: Evidence) -> bool:
    return line.has(Label.ACCOMPLISHMENT) and not line.has(Label.CAREER)


def _is_work(line: Evidence) -> bool:
    """Return whether a line reports work on something: talk about people, growth and next steps is none."""
    return reports(line) and not (line.labels & _OTHER_TALK and not line.has(Label.ACCOMPLISHMENT))


def _from_settings(given: Sequence[ProjectName]) -> list[Cluster]:
    clusters: list[Cluster] = []
    for project in given:
        cluster = Cluster(fixed=project.name, theme=project.theme)
        for name in (project.name, *project.aliases):
            cluster.add(name, "named in the settings")
        clusters.append(cluster)
    return clusters


def _add_renames(notes: Notes, seeds: list[Cluster]) -> None:
    """Add the renames that the notes state to the seeds, in the order of dates; the user's own names stay."""
    for line in notes.evidence:
        for cue in line.cues_of("alias"):
            old, _, new = (part.strip() for part in cue.value.partition("=>"))
            old, new = (clean(name) or "" for name in (old, new))
            if not (old and new):
                continue
            home = next((one for one in seeds if _has(one, old) or _has(one, new)), None)
            if home is None:
                home = Cluster()
                seeds.append(home)
            by_user = home.fixed is not None and home.renamed_by is None
            for name in (old, new):
                home.add(name, f"one project under two names, {old} and {new}")
            home.fixed = home.fixed if by_user else new
            home.renamed_by = line.id


def _add_glossary(notes: Notes, seeds: list[Cluster]) -> None:
    """Add the code names that a line of the notes explains: "Acorn = referral, Lighthouse = lifecycle email"."""
    for line in notes.evidence:
        pairs = _EQUATION.findall(line.item.text)
        if len(pairs) < LEAST_EQUATIONS:
            continue
        for written, meaning in pairs:
            name, other = clean(written, notes.people), clean(meaning, notes.people)
            if name is None or other is None or any(_has(one, name) or _has(one, other) for one in seeds):
                continue
            home = Cluster(fixed=name)
            for form in (name, other):
                home.add(form, f"one project under two names, {name} and {other}")
            seeds.append(home)


def _has(cluster: Cluster, name: str) -> bool:
    return any(same_key(key, key_of(name)) for key in cluster.keys)


def _support_in(notes: Notes) -> Support:
    lines = notes.by_id()
    read: dict[int, tuple[Cluster, int, set[str]]] = {}

    def support(cluster: Cluster, key: Key) -> bool:
        _, seen, used = read.get(id(cluster), (cluster, 0, set[str]()))
        used.update(stem(word) for evidence in cluster.lines[seen:] for word in words(lines[evidence].item.text))
        read[id(cluster)] = (cluster, len(cluster.lines), used)
        return all(word in used for word in key)

    return support


def _extend_short_names(notes: Notes, clusters: Sequence[Cluster], assigned: assign.Assigned) -> None:
    """Give a project of one word the fuller form that a line writes, where the project's first lines use those words."""
    by_cluster = _by_cluster(notes, assigned)
    for cluster in clusters:
        if cluster.fixed or not cluster.names or len(words(display(cluster))) != 1:
            continue
        lines = by_cluster.get(id(cluster), [])
        first = {stem(word) for line in lines if line.item.date == lines[0].item.date for word in words(line.item.text)}
        for line in (line for line in lines if line.item.date != lines[0].item.date):
            fuller = _fuller_form(line, key_of(display(cluster)), first, notes.people)
            if fuller is not None:
                if len(key_of(fuller)) > len(key_of(display(cluster))):
                    cluster.fixed = fuller[:1].upper() + fuller[1:]
                cluster.add(fuller, f"written in full on {line.item.date}")
                break


def _fuller_form(line: Evidence, key: Key, known: set[str], people: frozenset[str]) -> str | None:
    for run in runs(line.item.text, people):
        stems = [stem(word) for word, _, _ in run]
        if 1 < len(run) <= 4 and stems[0] == key[0] and all(word in known for word in stems[1:]):
            return line.item.text[run[0][1] : run[-1][2]]
    return None


def _decided(
    notes: Notes, clusters: Sequence[Cluster], assigned: assign.Assigned, curation: Curation
) -> tuple[tuple[Named, ...], Mapping[str, str]]:
    """Apply the user's decisions, merge projects that now have one name, and drop those without a line."""
    shown = {id(cluster): _renamed(cluster, curation) for cluster in clusters}
    lines = {evidence: shown[id(cluster)] for evidence, cluster in assigned.items()}
    known = notes.by_id()
    for decision in curation.line:
        if decision.project is not None and decision.id in known:
            lines[decision.id] = decision.project
    lines = {evidence: name for evidence, name in lines.items() if name}
    names = dict.fromkeys(lines[line.id] for line in notes.evidence if line.id in lines)
    by_name: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        by_name.setdefault(shown[id(cluster)], []).append(cluster)
    return tuple(_named(name, by_name.get(name, [])) for name in names), lines


def _renamed(cluster: Cluster, curation: Curation) -> str:
    name = display(cluster)
    new = next((one.new for one in curation.rename if _has(cluster, one.old)), None)
    for _ in curation.rename:
        name, new = new or name, next((one.new for one in curation.rename if one.old == (new or name)), None)
        if new is None:
            break
    return name


def _named(name: str, clusters: Sequence[Cluster]) -> Named:
    forms = {form.casefold(): form for cluster in reversed(clusters) for form in reversed(cluster.names)}
    aliases = [form for folded, form in reversed(forms.items()) if folded != name.casefold()]
    return Named(
        name=name,
        aliases=tuple(aliases),
        renamed_by=next((cluster.renamed_by for cluster in clusters if cluster.renamed_by), None),
        theme=next((cluster.theme for cluster in clusters if cluster.theme), None),
        why=tuple(dict.fromkeys(reason for cluster in clusters for reason in cluster.why)),
    )
