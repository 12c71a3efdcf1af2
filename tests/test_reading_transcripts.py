"""What was said in a meeting: captions, transcripts told by their content, and the notes that an assistant wrote of it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from analyzer.reading.formats.assistant import as_assistant
from analyzer.reading.formats.captions import read_srt, read_vtt
from analyzer.reading.formats.transcript import as_transcript
from analyzer.reading.text import Text, UnreadableError

_VTT = """\
WEBVTT

NOTE
language: en

STYLE
::cue { color: red }

6f1c-12/1-0
00:00:03.120 --> 00:00:05.900 align:start position:0%
<v Dana Lee>The new rota went live on Monday &amp;</v>

6f1c-12/2-0
00:00:05.900 --> 00:00:08.000
<v Dana Lee>saves the night desk two hours.</v>

00:00:09.000 --> 00:00:11.000
<v Haddad, Omar (Ward 3)>Who <i>helped</i> you?</v>

00:00:11.500 --> 00:00:12.000
[Music]
"""

_SRT = """\
1
00:00:01,000 --> 00:00:03,000
Dana Lee: I wrote the import

2
00:00:03,000 --> 00:00:05,500
script for the rota.

3
00:00:06,000 --> 00:00:08,000
Omar Haddad: The plan: roll it out.

4
00:00:08,200 --> 00:00:09,000
Dana Lee: Note: by Friday.
"""


def test_vtt_voices_become_speakers_on_the_lines_of_the_file() -> None:
    read = read_vtt(_VTT.encode())
    assert _kept(read) == {
        11: "Dana Lee: The new rota went live on Monday & saves the night desk two hours.",
        18: "Omar Haddad: Who helped you?",
    }
    assert len(read.lines) == len(_VTT.splitlines())
    assert read.properties == (("attendees", "Dana Lee, Omar Haddad"),)


def test_vtt_says_why_each_line_is_left_out() -> None:
    reasons = {line: reason for line, _, reason in read_vtt(_VTT.encode()).left_out}
    assert reasons == {
        1: "header of the captions",
        3: "comment",
        4: "comment",
        6: "style of the captions",
        7: "style of the captions",
        9: "number and time of a caption",
        10: "number and time of a caption",
        13: "number and time of a caption",
        14: "number and time of a caption",
        15: "part of the sentence above",
        17: "number and time of a caption",
        20: "number and time of a caption",
        21: "no words",
    }


def test_srt_names_before_colons_are_speakers_and_last_until_the_next() -> None:
    assert _kept(read_srt(_SRT.encode())) == {
        3: "Dana Lee: I wrote the import script for the rota.",
        11: "Omar Haddad: The plan: roll it out.",
        15: "Dana Lee: Note: by Friday.",
    }


@pytest.mark.parametrize(
    ("cue", "line"),
    [
        ("<v.loud DANA LEE>Done.", "Dana Lee: Done."),
        ("<v Dana Lee | Porters>Done.</v>", "Dana Lee: Done."),
        ("<v Maria del Carmen Ruiz>Done.</v>", "Maria Ruiz: Done."),
        ("<v Speaker 1>Done.</v>", "> Done."),
        ("<v Dana Lee>Is it done?</v> <v Omar Haddad>Yes.</v>", "Dana Lee: Is it done? Omar Haddad: Yes."),
        ("Result: all wards use it.", "> Result: all wards use it."),
        ("<c.yellow>We</c> <00:00:02.000>moved <b>on</b>.", "> We moved on."),
    ],
)
def test_a_caption_is_written_with_its_speaker(cue: str, line: str) -> None:
    read = read_vtt(f"WEBVTT\n\n00:01.000 --> 00:03.000\n{cue}\n".encode())
    assert _kept(read) == {4: line}


def test_a_pause_ends_a_thought_without_a_full_stop() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nwe moved the beds\n\n2\n00:00:09,000 --> 00:00:10,000\nthe hall is next\n"
    assert _kept(read_srt(text.encode())) == {3: "> we moved the beds", 7: "> the hall is next"}


def test_captions_without_names_are_a_problem_and_nobodys_words() -> None:
    read = read_srt(b"1\n00:00:01,000 --> 00:00:02,000\nWe moved the beds.\n")
    assert read.problems[0][1].startswith("the speakers have no names")


def test_a_date_in_the_header_is_kept() -> None:
    text = "WEBVTT\n\nNOTE Date: 2025-03-04\n\n00:01.000 --> 00:03.000\n<v Dana Lee>Done.</v>\n"
    assert ("date", "2025-03-04") in read_vtt(text.encode()).properties


@pytest.mark.parametrize("data", [b"", b"WEBVTT\n\nnothing\n", b"\x00\x01\x02" * 50])
def test_a_file_without_captions_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_vtt(data)


@pytest.mark.parametrize(
    "text",
    [
        """\
        Dana Lee (00:00:12): The rota is live.
        Omar Haddad (00:00:40): Who helped?
        Dana Lee (00:00:52): Priya did.
        """,
        """\
        [00:00:12] Dana Lee: The rota is live.
        [00:00:40] Omar Haddad: Who helped?
        [00:00:52] Dana Lee: Priya did.
        """,
        """\
        **Dana Lee** [00:12]: The rota is live.
        **Omar Haddad** [00:40]: Who helped?
        **Dana Lee** [00:52]: Priya did.
        """,
        """\
        10:03:12 Dana Lee: The rota is live.
        10:03:40 Omar Haddad: Who helped?
        10:03:52 Dana Lee: Priya did.
        """,
    ],
    ids=["time in brackets", "time first", "bold names", "time of day"],
)
def test_a_line_for_each_turn_is_a_transcript(text: str) -> None:
    read = _transcript(text)
    assert read is not None
    assert read.lines == ("Dana Lee: The rota is live.", "Omar Haddad: Who helped?", "Dana Lee: Priya did.")
    assert read.properties == (("attendees", "Dana Lee, Omar Haddad"),)


def test_names_above_the_words_are_a_transcript() -> None:
    read = _transcript("""\
        1:1 Dana Lee / Omar Haddad
        4 March 2025
        32m 10s

        Dana Lee  0:03
        The rota went live on Monday, and it
        saves two hours. The porters like it.

        Omar Haddad  0:21
        Great.

        Dana Lee   0:24
        Thanks. I want to show it to ward 5.

        Omar Haddad stopped transcription
        Transcribed by https://recorder.example
        """)
    assert read is not None
    assert {line: text for line, text in _kept(read).items() if line > 3} == {
        6: "Dana Lee: The rota went live on Monday, and it saves two hours. The porters like it.",
        10: "Omar Haddad: Great.",
        13: "Dana Lee: Thanks. I want to show it to ward 5.",
    }
    assert read.lines[1] == "4 March 2025"
    assert {reason for _, _, reason in read.left_out} == {
        "length of the recording",
        "speaker and time",
        "part of the sentence above",
        "line of the recording service",
    }


@pytest.mark.parametrize(
    "text",
    [
        """\
        2025-03-04
        10:30 standup
        11:00 Dana: moved the beds
        14:15 ward round, 15:00 tea
        """,
        """\
        [09:00] Welcome: Dana
        [09:30] Budget: Omar
        [10:00] Rota: all
        [10:30] Close: Omar
        """,
        """\
        Standup 10:30
        moved the beds
        Standup 10:30
        moved the tables
        Standup 10:30
        nothing
        """,
        """\
        Dana: the rota is live
        Omar: who helped?
        Dana: Priya did
        """,
        """\
        ## Wins
        - Dana Lee (00:12): see the recording
        - shipped the rota
        - Omar Haddad (00:40): liked it
        - trained two porters
        - Dana Lee (00:52): more there
        """,
        """\
        Dana Lee (00:12:40): best lap this week
        Omar Haddad (00:13:10): second
        """,
    ],
    ids=["a day's log", "an agenda", "meetings of a day", "names alone", "a list that cites", "two results"],
)
def test_a_look_alike_is_no_transcript(text: str) -> None:
    assert _transcript(text) is None


def test_speakers_without_names_are_nobodys_words() -> None:
    read = _transcript("Speaker 1 (00:02): Done.\nSpeaker 2 (00:04): Good.\nSpeaker 1 (00:09): Yes.\n")
    assert read is not None
    assert read.lines == ("> Done.", "> Good.", "> Yes.")
    assert read.problems


def test_an_assistants_times_and_lines_about_itself_are_left_out() -> None:
    read = _assistant("""\
        ## Summary
        The rota went live and saves two hours a week (03:12).
        ## Decisions
        - The old rota goes on April 1 [12:03]
        - Porters are trained ([07:44](https://recorder.example/u/4?t=464))
        - [05:10] Ward 5 is next
        ## Action items
        - **Dana**: will send the numbers to finance [@14:20](https://recorder.example/x)
        Transcribed by https://recorder.example
        """)
    assert read is not None
    assert list(_kept(read).values()) == [
        "## Summary",
        "The rota went live and saves two hours a week.",
        "## Decisions",
        "- The old rota goes on April 1",
        "- Porters are trained",
        "- Ward 5 is next",
        "## Action items",
        "- **Dana**: will send the numbers to finance",
    ]
    assert read.left_out == ((9, 9, "line of the recording service"),)


@pytest.mark.parametrize(
    "text",
    [
        "## Summary\nmoved the beds (10:30)\n## Next steps\n- meet Priya (14:00)\n",
        "## Wins\n- beat 12:03 [12:03]\n- ran [11:59]\n- rested (10:00)\n- slept [09:00]\n",
        "## Summary\nRecorded with the porters a new film.\n## Next steps\nSee the full report.\n",
    ],
    ids=["times of day", "no sections of an assistant", "words like a service's"],
)
def test_a_look_alike_is_no_assistants_notes(text: str) -> None:
    assert _assistant(text) is None


@pytest.mark.parametrize(
    "line", ["a" * 100_000, "[00:" * 20_000, "Dana " * 20_000 + "(00:", "<v " * 30_000, "(" * 50_000]
)
def test_a_hostile_line_is_read_in_no_time(line: str) -> None:
    assert as_transcript([line] * 3) is None
    assert as_assistant([line, "## Summary", "## Next steps"]) is None
    assert read_vtt(f"00:01.000 --> 00:03.000\n{line}\n".encode()).lines


def _kept(read: Text) -> dict[int, str]:
    hidden = {number for first, last, _ in read.left_out for number in range(first, last + 1)}
    return {number: line for number, line in enumerate(read.lines, start=1) if line and number not in hidden}


def _transcript(text: str) -> Text | None:
    return as_transcript(dedent(text).splitlines())


def _assistant(text: str) -> Text | None:
    return as_assistant(dedent(text).splitlines())
