"""How long the talk takes at a stated pace, and the same count over a draft that somebody edited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from analyzer.drafting.turnaround_phrases import TURN, TURN_BLOCKS, TURN_TITLES

BLOCK_SECONDS = 90
"""More is not followed; a block that needs more holds two things."""
TALK_SECONDS = 480
"""Eight minutes, so that of the usual twelve four are left for questions."""

_BLANK = re.compile(r"_{4}`?\s?\((?:[^()]|\([^()]{0,100}\)){0,300}\)")
_CITED = re.compile(r"(?<!\\)\[[^\[\]]{1,300}\](?!\()")
_ROW = re.compile(r"^\| ([^|]{1,60}) \| (\d{1,5}) \| (\d{1,5}) \| (\d{1,5}) \|$")
_PACE = re.compile(r"Counted at (\d{1,4}) words a minute")
_SENTENCE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Timed:
    """A block, its words, the seconds that they take, and how many it may take."""

    name: str
    words: int
    seconds: int
    most: int

    @property
    def over(self) -> bool:
        """Whether the block takes longer than it may."""
        return self.seconds > self.most


def spoken_words(text: str) -> int:
    """Return how many words of a text are said aloud: neither citations nor blanks."""
    said = _BLANK.sub(" ", _CITED.sub(" ", text))
    return sum(any(character.isalnum() for character in word) for word in _SENTENCE.findall(said))


def timed(blocks: Mapping[str, int], pace: int) -> list[Timed]:
    """Return the time of each block and of the whole.

    Args:
        blocks: name of a block to its words.
        pace: words a minute.
    """
    rows = [Timed(name, words, _seconds(words, pace), BLOCK_SECONDS) for name, words in blocks.items()]
    total = sum(blocks.values())
    return [*rows, Timed(TURN["clock_whole"], total, _seconds(total, pace), TALK_SECONDS)]


def wrong_times(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Count the blocks of a packet again, as they stand in its file now.

    Args:
        lines: a draft in Markdown; one that is no packet holds no clock, and nothing is found.

    Yields:
        Line of the draft, its text, and what does not come out.
    """
    pace = next((int(match[1]) for line in lines if (match := _PACE.search(line))), None)
    rows = [(number, line, match) for number, line in enumerate(lines, start=1) if (match := _ROW.match(line))]
    if pace is None or pace < 1 or not rows:
        return
    now = {one.name: one for one in timed(_blocks(lines), pace)}
    for number, line, match in rows:
        one = now.get(match[1])
        if one is not None and (str(one.words), str(one.seconds)) != (match[2], match[3]):
            over = f", {one.seconds - one.most} too many" if one.over else ""
            yield number, line, f"{one.name} now has {one.words} words, {one.seconds} seconds{over}"


def _blocks(lines: Sequence[str]) -> dict[str, int]:
    """Return the words under each heading of the talk."""
    names = set(TURN_BLOCKS.values())
    found = dict.fromkeys(TURN_BLOCKS.values(), 0)
    inside, block = False, ""
    for line in lines:
        if line.startswith("## "):
            inside, block = line[3:].strip() == TURN_TITLES["talk"], ""
        elif line.startswith("### "):
            block = line[4:].strip() if inside else ""
        elif block in names:
            found[block] += spoken_words(line)
    return {name: words for name, words in found.items() if f"### {name}" in lines}


def _seconds(words: int, pace: int) -> int:
    return ceil(words * 60 / pace)
