"""The one place that builds a spaCy pipeline: a blank English tokeniser, the verb lexicon, and the rules' matchers.

No trained model is loaded: tags come from a lexicon and the words before (`_tag_in_place`), which is quick and reads
the subject-less, verb-first fragments of notes ("Shipped X", "v1 live") that models trained on full sentences misread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Token

from analyzer.patterns import Rule, Verbs, load_lists, load_rules, load_verbs
from analyzer.records import Cue

MATCH_LIMIT = 4_000
"""Characters of one item that are read; a longer item is no note but a paste, and its head says what it is."""

_PAST_FIRST = ("VBD", "VBG", "VBN", "VBZ", "VB")
_BARE_FIRST = ("VB",)
_AFTER_HAVE = ("VBN", "VBD")
_AFTER_BE = ("VBN", "VBG")
_AFTER_NOUN = ("VBD", "VBG", "VBN", "VBZ")
_AFTER_SUBJECT = ("VBD", "VBZ", "VB", "VBG")


@dataclass(frozen=True, slots=True)
class Reader:
    """The pipeline with its matchers; build it once with `build_reader`."""

    nlp: Language
    tokens: Matcher
    phrases: PhraseMatcher
    rules: Mapping[str, Rule]
    expressions: tuple[Rule, ...]

    def docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Tokenise and tag texts, in order; at most `MATCH_LIMIT` characters of each."""
        yield from self.nlp.pipe(text[:MATCH_LIMIT] for text in texts)

    def cues(self, doc: Doc) -> list[Cue]:
        """Return every rule that fires on a text, in the order of the text; of one rule's nested matches the longest."""
        found = sorted(
            [*self._matched(doc), *self._searched(doc.text)], key=lambda cue: (cue.start, -cue.end, cue.rule)
        )
        reach: dict[str, int] = {}
        kept = []
        for cue in found:
            if cue.end > reach.get(cue.rule, -1):
                kept.append(cue)
                reach[cue.rule] = cue.end
        return kept

    def _matched(self, doc: Doc) -> Iterator[Cue]:
        for matcher in (matcher for matcher in (self.tokens, self.phrases) if len(matcher)):
            for key, start, end in matcher(doc):
                rule = self.rules[self.nlp.vocab.strings[key]]
                span = doc[start:end]
                yield Cue(rule.id, rule.kind, rule.value, span.start_char, span.end_char)

    def _searched(self, text: str) -> Iterator[Cue]:
        for rule in self.expressions:
            for match in rule.regex.finditer(text) if rule.regex else ():
                named = next((name for name, words in match.groupdict().items() if words), 0)
                start, end = match.span(named)
                yield Cue(rule.id, rule.kind, rule.value, start, end)


@cache
def build_reader() -> Reader:
    """Build the pipeline with the rules of the package."""
    return make_reader(load_rules())


def make_reader(rules: Iterable[Rule]) -> Reader:
    """Build a pipeline with these rules.

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


@Language.component("verb_tags", assigns=["token.tag", "token.lemma"])
def _verb_tags(doc: Doc) -> Doc:
    verbs, lists = load_verbs(), load_lists()
    for token in doc:
        token.lemma_, token.tag_ = _tag(token, verbs, lists)
    return doc


def _tag(token: Token, verbs: Verbs, lists: Mapping[str, frozenset[str]]) -> tuple[str, str]:
    """Return a lemma and a verb tag from what the lexicon allows and the words before; tag '' where it is no verb here."""
    word = token.lower_
    readings = {tag: lemma for lemma, tag in reversed(verbs.forms.get(word, ()))}
    if not readings and len(word) > 4 and word.endswith("ed") and word.isalpha():
        readings = {"VBD": word, "VBN": word}
    if not readings:
        return word, ""
    tag = next((tag for tag in _order_in_place(token, lists) if tag in readings), "")
    return (readings[tag], tag) if tag else (word, "")


def _order_in_place(token: Token, lists: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the tags that a verb form can have after the words before it, likeliest first."""
    place = token.i - 1
    while place >= 0 and (token.doc[place].lower_ in lists["adverb"] or token.doc[place].lower_ in {"not", "n't"}):
        place -= 1
    if place < 0:
        return _PAST_FIRST
    left = token.doc[place].lower_
    if left in lists["modal"] or left in lists["infinitive_lead"]:
        return _BARE_FIRST
    if left in lists["have"]:
        return _AFTER_HAVE
    if left in lists["be"] or left in lists["get"]:
        return _AFTER_BE
    if left in lists["preposition"]:
        return ("VBG",)
    if left in lists["determiner"]:
        return ()
    if left in lists["pronoun_subject"]:
        return _AFTER_SUBJECT
    if token.doc[place].is_punct or left in lists["conjunction"] or left in lists["contrast"]:
        return _PAST_FIRST
    return _AFTER_NOUN
