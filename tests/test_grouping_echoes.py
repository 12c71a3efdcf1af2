"""Later lines that may be about an open matter, and effects that only a project is known for."""

from __future__ import annotations

from evidence_builder import line
from grouped import grouped

STEP = line("2025-02-03", "Waiting for the thermocouple supplier", "b", status="blocked", id="block")


def test_a_later_line_with_a_rare_word_of_an_open_matter_echoes_it() -> None:
    arrived = line("2025-03-03", "thermocouple rig assembled and tested", "a", status="done", id="later")
    others = [line("2025-02-03", f"shelf {at} dusted", id=f"o{at}") for at in range(8)]
    assert grouped([STEP, arrived, *others]).echoes == {"block": ("later",)}


def test_common_words_earlier_lines_and_lines_that_report_nothing_echo_nothing() -> None:
    lines = [
        STEP,
        line("2025-01-06", "thermocouple rig sketched", "a", status="done", id="earlier"),
        line("2025-03-03", "thermocouple prices, hm", id="chat"),
        line("2025-03-03", "waiting for the bus was long", "a", status="done", id="common"),
    ]
    assert "block" not in grouped(lines).echoes


def test_an_effect_that_nothing_ties_to_one_of_two_pieces_is_not_tied() -> None:
    lines = [
        line("2025-02-03", "fitted the probes", "a", status="done", prefix="Oven sensors"),
        line("2025-03-03", "wrote the manual", "a", status="done", prefix="Oven sensors"),
        line("2025-04-07", "waste is down a third", "i", prefix="Oven sensors", id="loose"),
        line(
            "2025-04-07",
            "probes save us two loaves a day since they were fitted",
            "i",
            prefix="Oven sensors",
            id="sure",
        ),
    ]
    effects = {one.evidence: one.tied for claim in grouped(lines).accomplishments for one in claim.effects}
    assert effects == {"loose": False, "sure": True}


def test_the_only_piece_of_a_project_takes_its_effects() -> None:
    lines = [
        line("2025-02-03", "fitted the probes", "a", status="done", prefix="Oven sensors"),
        line("2025-04-07", "waste is down a third", "i", prefix="Oven sensors", id="one"),
    ]
    (claim,) = grouped(lines).accomplishments
    assert [one.tied for one in claim.effects] == [True]
