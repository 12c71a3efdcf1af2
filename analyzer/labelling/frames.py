"""Clauses and their frames: which verb, in which tense, with whom as its subject, and what takes it out of the facts.

A frame is a shallow reading made from word order and closed word lists, in the manner of ConText (Harkema et al. 2009):
the words that negate, condition, plan or ask reach to the end of their clause and no further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from analyzer.patterns import load_lists, load_verbs
from analyzer.records import Roster

_LISTS = load_lists()
_CLASSES = load_verbs().classes
_FINITE = frozenset({"VBD", "VBZ", "VB", "VBG", "VBN"})
_SCOPE_BEFORE_VERB = 4
"""A negation reaches the verb over at most this many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What the words of a note say about persons: resolved through the roster and the writer of the note."""

    subject: frozenset[str]
    manager: frozenset[str]
    names: frozenset[str]
    writer: str
    """``subject`` or ``manager``."""

    def of(self, word: str, author: str) -> str:
        """Return who a subject word stands for: self, team, you, manager, other or ''.

        Args:
            word: the lower-cased word.
            author: who speaks, ``subject``, ``manager`` or ``other``.
        """
        if word in _LISTS["pronoun_self"]:
            return {"subject": "self", "manager": "manager"}.get(author, "other")
        if word in _LISTS["pronoun_team"]:
            return "team"
        if word in _LISTS["pronoun_you"]:
            return "self" if author == "manager" else "manager"
        if word in self.subject:
            return "self"
        if word in self.manager:
            return "manager"
        if word in _LISTS["pronoun_third"]:
            return "self" if self.writer == "manager" and author != "other" and word != "they" else "other"
        return "other" if word in self.names else ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of an item's text and its speaker's role: ``subject``, ``manager`` or ``other``."""

    start: int
    end: int
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One clause.

    Attributes:
        start, end: character offsets in the item's text.
        lemma, verb_class: of the main verb, '' for a clause without one.
        tense: past, perfect, passive, present, progressive, ing, modal, future, base, state or none.
        subject: self, team, manager, other, thing, none (nobody named), you.
        unreal: negated, conditional, question, planned: what takes the clause out of the facts.
    """

    start: int
    end: int
    lemma: str = ""
    verb_class: str = ""
    tense: str = "none"
    subject: str = "none"
    unreal: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The frame as one feature name."""
        return f"{self.verb_class or 'noun'}|{self.tense}|{self.subject}"

    @property
    def finished(self) -> bool:
        """Whether the clause says that something was done, by its form alone."""
        return self.tense in {"past", "perfect", "passive", "state"} and not self.unreal


def make_who(roster: Roster, names: frozenset[str] = frozenset()) -> Who:
    """Make the lookup of persons for one person's notes.

    Args:
        roster: the subject, the manager and their short forms.
        names: further words that name persons, lower case.
    """
    subject = _forms(roster, roster.subject)
    manager = _forms(roster, roster.manager) | {"manager", "boss"}
    names = frozenset(alias for alias in {*roster.aliases, *names} if alias not in subject and alias not in manager)
    writer = "manager" if roster.writer and roster.writer == roster.manager else "subject"
    return Who(subject=subject, manager=manager - subject, names=names, writer=writer)


def frames(doc: Doc, who: Who, turns: Sequence[Turn]) -> list[Frame]:
    """Read the frames of an item's text.

    Args:
        doc: tokenised and tagged by `analyzer.language`.
        who: who the names are.
        turns: who speaks from which character on, in order; the first covers the beginning of the text.

    Returns:
        One frame a clause, in order; no clause reaches over a change of speaker.
    """
    found: list[Frame] = []
    for turn in turns:
        piece = doc.char_span(turn.start, min(turn.end, len(doc.text)), alignment_mode="expand")
        for clause, question in _clauses(piece) if piece is not None else ():
            before = found[-1] if found and found[-1].start >= turn.start else None
            found.append(_frame(clause, who, turn.author, before, question=question))
    return found


_UNREAL_TENSES = {"future": ("planned",), "modal": ("conditional",)}
"""What a tense says where no other word takes the clause out of the facts."""


def _forms(roster: Roster, name: str | None) -> frozenset[str]:
    if not name:
        return frozenset()
    aliases = {alias for alias, full in roster.aliases.items() if full == name}
    return frozenset(aliases | {name.lower(), name.split()[0].lower()})


def _clauses(piece: Span) -> Iterator[tuple[Span, bool]]:
    """Yield the clauses with whether each stands in a question."""
    doc = piece.doc
    for sentence in _sentences(piece):
        question = sentence.text.rstrip(" \"')”’").endswith("?")
        start = sentence.start
        for token in sentence:
            if token.i > start and _opens_clause(token, start):
                yield doc[start : token.i], question
                start = token.i
        if start < sentence.end:
            yield doc[start : sentence.end], question


def _sentences(piece: Span) -> Iterator[Span]:
    doc, start = piece.doc, piece.start
    for token in piece:
        if token.text in {".", "!", "?", ";", "…", "..."} and token.i + 1 < piece.end:
            yield doc[start : token.i + 1]
            start = token.i + 1
    if start < piece.end:
        yield doc[start : piece.end]


def _opens_clause(token: Token, start: int) -> bool:
    """Whether a new clause begins at this token (not the first of its sentence)."""
    word, before = token.lower_, token.nbor(-1)
    if word in _LISTS["contrast"] and token.i > start + 1:
        return True
    if before.text in {",", "-", "–", "—", ":", "(", "→"} or before.lower_ in {"and", "then", "so", "&", "because"}:
        after = token.nbor(1) if token.i + 1 < len(token.doc) else None
        if word in _LISTS["conditional"] or word in {"which", "who"}:
            return True
        if word in _LISTS["pronoun_subject"] or (token.is_title and after is not None and after.tag_ in _FINITE):
            return True
        return token.tag_ in {"VBD", "VBZ", "VBG"} or (token.tag_ == "VB" and before.text in {":", "-", "–", "—"})
    return word in {"because", "which"}


def _frame(clause: Span, who: Who, author: str, before: Frame | None, *, question: bool) -> Frame:
    verb = _main_verb(clause)
    unreal = _unreal(clause, verb, question=question)
    head = verb or _state(clause)
    tense = _tense(verb, clause) if verb else ("state" if head else "none")
    return Frame(
        start=clause.start_char,
        end=clause.end_char,
        lemma=verb.lemma_ if verb else "",
        verb_class=_CLASSES.get(verb.lemma_, "other") if verb else "",
        tense=tense,
        subject=_subject(clause, head, who, author, before),
        unreal=unreal or _UNREAL_TENSES.get(tense, ()),
    )


def _main_verb(clause: Span) -> Token | None:
    """The first verb that is not an auxiliary; the auxiliary itself where no other follows."""
    auxiliary = None
    for token in clause:
        if not token.tag_:
            continue
        if token.lemma_ in {"be", "have", "do", "get"} and auxiliary is None:
            auxiliary = token
            continue
        return token
    return auxiliary if auxiliary is not None and auxiliary.lemma_ != "be" else None


def _state(clause: Span) -> Token | None:
    """The word that says a state without a verb ("v1 live", "hotel cards = done", "is out")."""
    for token in reversed(clause):
        if token.lower_ in _LISTS["state"]:
            follows = token.i + 1 < clause.end and token.nbor(1).lower_ not in _LISTS["preposition"]
            if not follows or (token.i > clause.start and token.nbor(-1).lower_ in _LISTS["be"]):
                return token
    return None


def _tense(verb: Token, clause: Span) -> str:
    words = [token.lower_ for token in clause if token.i < verb.i][-_SCOPE_BEFORE_VERB:]
    if any(word in {"will", "'ll", "wo", "shall", "gonna"} for word in words):
        return "future"
    if any(word in _LISTS["modal"] for word in words):
        return "modal"
    if verb.tag_ == "VB":
        if "to" in words[-2:]:
            return "infinitive"
        return "past" if "did" in words else "base"
    if verb.tag_ == "VBG":
        return "progressive" if any(word in _LISTS["be"] for word in words) else "ing"
    if verb.tag_ in {"VBD", "VBN"}:
        if any(word in _LISTS["have"] for word in words):
            return "perfect"
        if any(word in _LISTS["be"] or word in _LISTS["get"] for word in words):
            return "passive"
        return "past" if verb.tag_ == "VBD" else "passive"
    return "present"


def _subject(clause: Span, head: Token | None, who: Who, author: str, before: Frame | None) -> str:
    """Who the words before the verb name; the first that is somebody decides."""
    lead = [token for token in clause if head is None or token.i < head.i]
    for token in lead:
        found = who.of(token.lower_, author)
        if found and (token.lower_ not in _LISTS["determiner"]):
            return found
    content = [token for token in lead if token.is_alpha and token.lower_ not in _NO_SUBJECT]
    if not content:
        joined = clause.start > 0 and clause.doc[clause.start - 1].lower_ in {"and", "&", ","}
        return before.subject if before is not None and joined and before.lemma else "none"
    if content[0].is_title and len(content) == 1 and content[0].i > 0:
        return "other"
    return "thing"


_NO_SUBJECT = (
    _LISTS["adverb"]
    | _LISTS["be"]
    | _LISTS["have"]
    | _LISTS["modal"]
    | _LISTS["conjunction"]
    | _LISTS["contrast"]
    | {"not", "to", "did", "do", "does", "please"}
)


def _unreal(clause: Span, verb: Token | None, *, question: bool) -> tuple[str, ...]:
    words = [token.lower_ for token in clause]
    found = []
    reach = [token.lower_ for token in clause if verb is None or token.i <= verb.i][-_SCOPE_BEFORE_VERB - 1 :]
    if any(word in _LISTS["negation"] for word in reach) and "only" not in words[:3]:
        found.append("negated")
    if words and any(word in _LISTS["conditional"] for word in words[:3]):
        found.append("conditional")
    if question:
        found.append("question")
    if verb is not None and _planned(verb):
        found.append("planned")
    return tuple(found)


def _planned(verb: Token) -> bool:
    if verb.lemma_ in {"want", "plan", "need", "hope", "aim", "intend", "try", "wish"}:
        return True
    before = [token.lower_ for token in verb.doc[max(0, verb.i - 4) : verb.i]]
    return verb.tag_ == "VB" and ("to" in before[-2:] or "going" in before)
