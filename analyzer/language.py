"""The one place that builds a spaCy pipeline: a blank English tokeniser, the verb lexicon, and the rules' matchers.

No trained model is loaded: tags come from a lexicon and the words around (`_tag`), which is quick and reads the
subject-less, verb-first fragments of notes ("Shipped X", "v1 live") that models trained on sentences misread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Token

from analyzer.patterns import Rule, Verbs, load_lists, load_rules, load_verbs
from analyzer.records import Cue

_MATCH_LIMIT = 4_000
"""Characters of one item that are matched; a longer item is no note but a paste, and its head says what it is."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The pipeline with its matchers; build it once with `build_reader`."""

    nlp: spacy.language.Language
    tokens: Matcher
    phrases: PhraseMatcher
    rules: dict[str, Rule]
    expressions: tuple[Rule, ...]

    def docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Tokenise and tag texts, in order."""
        yield from self.nlp.pipe(text[:_MATCH_LIMIT] for text in texts)

    def cues(self, doc: Doc) -> list[Cue]:
        """Return every rule that fires on a text, in the order of the text; of one rule's overlapping matches the longest."""
        found = [*self._matched(doc), *self._searched(doc.text)]
        return _without_nested(sorted(found, key=lambda cue: (cue.start, -cue.end, cue.rule)))

    def _matched(self, doc: Doc) -> Iterator[Cue]:
        for matcher in (self.tokens, self.phrases):
            for key, start, end in matcher(doc):
                rule = self.rules[self.nlp.vocab.strings[key]]
                span = doc[start:end]
                yield Cue(rule.id, rule.kind, rule.value, span.start_char, span.end_char)

    def _searched(self, text: str) -> Iterator[Cue]:
        for rule in self.expressions:
            for match in rule.regex.finditer(text) if rule.regex else ():
                start, end = match.span("it") if "it" in match.groupdict() else match.span()
                yield Cue(rule.id, rule.kind, rule.value, start, end)


@cache
def build_reader() -> Reader:
    """Build the pipeline with the rules of the package."""
    return make_reader(load_rules())


def make_reader(rules: Iterable[Rule]) -> Reader:
    """Build the pipeline with these rules.

    Args:
        rules: from `analyzer.patterns.load_rules`, or a test's own.
    """
    rules = tuple(rules)
    nlp = spacy.blank("en")
    nlp.add_pipe("verb_tags")
    tokens = Matcher(nlp.vocab, validate=True)
    phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
    for rule in rules:
        if rule.tokens:
            tokens.add(rule.id, [[dict(token) for token in pattern] for pattern in rule.tokens], greedy="LONGEST")
        if rule.phrase:
            phrases.add(rule.id, [nlp.make_doc(phrase) for phrase in rule.phrase])
    return Reader(nlp, tokens, phrases, {rule.id: rule for rule in rules}, tuple(rule for rule in rules if rule.regex))


@spacy.Language.component("verb_tags", assigns=["token.tag", "token.lemma"])
def _verb_tags(doc: Doc) -> Doc:
    verbs, lists = load_verbs(), load_lists()
    for token in doc:
        lemma, tag = _tag(token, verbs, lists)
        token.lemma_, token.tag_ = lemma, tag
    return doc


def _tag(token: Token, verbs: Verbs, lists: dict[str, frozenset[str]]) -> tuple[str, str]:
    """Choose a lemma and a tag from what the lexicon allows and the word before; '' where it is no verb here."""
    word = token.lower_
    readings = dict((tag, lemma) for lemma, tag in reversed(verbs.forms.get(word, ())))
    if not readings and word.endswith("ed") and len(word) > 4 and word.isalpha():
        readings = {"VBD": word, "VBN": word}
    if not readings:
        return word, ""
    tag = _tag_in_place(token, set(readings), lists)
    return (readings[tag], tag) if tag else (word, "")


def _tag_in_place(token: Token, allowed: set[str], lists: dict[str, frozenset[str]]) -> str:
    before = token.nbor(-1) if token.i else None
    while before is not None and before.i and (before.lower_ in lists["adverb"] or before.lower_ in {"not", "n't"}):
        before = before.nbor(-1)
    left = before.lower_ if before is not None else ""
    if left in lists["modal"] or left in {"to", "let", "please", "did", "do", "does", "'s", "help", "helped"} & allowed_bare(allowed):
        return "VB" if "VB" in allowed else ""
    if left in lists["have"]:
        return _first(allowed, "VBN", "VBD")
    if left in lists["be"] or left in {"got", "get", "gets", "getting"}:
        return _first(allowed, "VBN", "VBG")
    if left in lists["determiner"] or left in lists["preposition"]:
        return "VBG" if "VBG" in allowed and left in lists["preposition"] else ""
    if left in lists["pronoun_any"] or (before is not None and before.is_title and before.i == token.sent_start_i):
        return _first(allowed, "VBD", "VBZ", "VB", "VBG")
    return _first(allowed, "VBD", "VBG", "VBN", "VBZ", "VB")
