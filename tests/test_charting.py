"""The charts: what they show, that they say the same as the drafts, and that nothing in them can harm a page."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT, SHORT, Command
from review_builder import SUBJECT, claim, day, effect, event, heard, line, meeting, project, review, score
from workshop_review import workshop

from analyzer import charting
from analyzer.charting.look import DARK, LIGHT, Palette
from analyzer.charting.texts import Box, fitted, name_of, spots, width_of, wrapped
from analyzer.drafting import draft_effort_impact
from analyzer.drafting.desk import desk_for
from analyzer.errors import UnknownChartError, UnknownFormatError
from analyzer.records import EffectKind, Gap, Label, MeetingKind, Polarity, Review
from analyzer.rendering import render_markdown

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></svg><img src=x onerror=alert(1)>",
    '" onload="alert(1)',
    "javascript:alert(1)",
    "\u202egnp.exe\u202c שלום עולם",
    "مشروع الجرد",
    "w" * 5000,
    "word " * 1000,
    "a\x00b\x1b[31mc\ud7ff",
    "",
)


def small(name: str = "Stock counter", other: str = "Label printer") -> Review:
    """A year with two projects: one with a measured effect, one late and without any."""
    lines = {
        one.id: one
        for one in (
            line("a", "03-03", 4, "Shipped the counter", labels="accomplishment", project=name),
            line("b", "03-17", 9, "Counting fell from 40 min to 12 min", labels="impact", project=name),
            line("c", "03-17", 10, "ETA 4 April", labels="", cues=[("eta", "2025-04-04", "4 April")], project=other),
            line("d", "04-14", 14, "ETA is now 2 May", cues=[("eta", "2025-05-02", "2 May")], project=other),
            line("e", "05-19", 18, "The printer is live", labels="accomplishment", project=other),
            line(
                "f", "05-19", 19, "Your notes were clear", by="Owen Tait", labels="feedback", polarity=Polarity.POSITIVE
            ),
        )
    }
    moves = (
        event("planned", "03-17", "c", "04-04"),
        event("moved", "04-14", "d", "05-02"),
        event("done", "05-19", "e"),
    )
    counter = claim("A1", lines, "a", effects=[effect("b")])
    printer = claim("A2", lines, "e")
    object.__setattr__(printer, "history", moves)
    effort = score("much", ("time", 2, "", "a"), ("meetings", 3, "", "a b"))
    return review(
        lines.values(),
        meetings=tuple(
            meeting(when, n, n + 3) for n, when in enumerate(("03-03", "03-17", "04-14", "05-05", "05-19"), 1)
        ),
        gaps=(Gap(start=day("05-19"), end=day("09-01")),),
        accomplishments=(counter, printer),
        projects=(
            project(
                name,
                lines,
                (counter,),
                effort=effort,
                impact=score("big", ("rung", 5, "", "b"), ("size", 3, "", "b")),
                rung="measured",
                quadrant="big result for much effort",
            ),
            project(
                other,
                lines,
                (printer,),
                effort=score("much", ("time", 4, "", "c")),
                history=moves,
                quadrant="much effort, no effect on record",
            ),
        ),
        feedback=(heard("f", Polarity.POSITIVE),),
    )


def empty() -> Review:
    """A year of one meeting with nothing in it."""
    return review((line("a", "03-03", 4, "Talked about the weather"),), meetings=())


def drawn(name: str, year: Review, **more: object) -> ET.Element:
    return ET.fromstring(charting.svg(name, year, **more))  # type: ignore[arg-type]  # noqa: S314 - our own


def said(root: ET.Element) -> str:
    """Return every text of a chart, and every name that a screen reader reads."""
    return " | ".join(
        [*(text.text or "" for text in root.iter(f"{SVG}text")), *(one.get("aria-label", "") for one in root.iter())]
    )


@pytest.fixture(scope="module")
def year() -> Review:
    return small()


@pytest.fixture(scope="module")
def sample() -> Review:
    return workshop()


# --- what each chart shows ------------------------------------------------------------------------


def test_effort_and_impact_says_what_a_point_is_made_of(year: Review) -> None:
    found = said(drawn("effort-impact", year))
    assert "One of two projects has a measured effect; on one no effect was recognised" in found
    assert "Stock counter: effort 5 (time 2, meetings 3); impact 8 (rung 5, size 3); best evidence: measured" in found
    assert "much effort from 2.5" in found
    assert "big impact from 4" in found


def rows_of(specification: object) -> Iterator[dict[str, object]]:
    """Yield the rows of data of a specification."""
    if isinstance(specification, dict):
        if isinstance(specification.get("values"), list):
            yield from (one for one in specification["values"] if isinstance(one, dict))
        for one in specification.values():
            yield from rows_of(one)
    elif isinstance(specification, list):
        for one in specification:
            yield from rows_of(one)


def test_a_project_without_an_effect_is_in_the_strip_and_never_on_the_plane(year: Review) -> None:
    points = [one for one in rows_of(charting.specification("effort-impact", year).to_dict()) if one.get("says")]
    assert {str(one["says"]).split(":")[0]: "impact" in one for one in points} == {
        "Stock counter": True,
        "Label printer": False,
    }
    found = said(drawn("effort-impact", year))
    assert "No effect recognised" in found
    assert "no effect recognised, so impact is not scored" in found


def test_the_timeline_has_each_kind_of_line_and_the_gap(year: Review) -> None:
    found = said(drawn("timeline", year))
    for words in (
        "Stock counter, 3 March: finished work (l. 4)",
        "Stock counter, 17 March: effect (l. 9)",
        "Label printer, 14 April: ETA moved (l. 14)",
        "No meeting from 19 May to 1 September: 105 days",
    ):
        assert words in found


def test_the_quarters_are_counted_as_in_the_table_of_the_summary(sample: Review) -> None:
    table = render_markdown(draft_effort_impact(sample))
    desk = desk_for(sample)
    from analyzer.charting.feedback import counts_of
    from analyzer.charting.quarters import effects_by_quarter, quarters_of
    from analyzer.records import Direction

    def row(title: str) -> list[int]:
        cells = next(one for one in table.splitlines() if one.startswith(f"| {title} |")).split("|")[2:-1]
        return [int(re.match(r" ?(\d+)", cell)[1]) for cell in cells]  # type: ignore[index]

    quarters = quarters_of(desk)
    for kind in (EffectKind.MEASURED, EffectKind.STATED, EffectKind.EXPECTED):
        assert [effects_by_quarter(desk, kind)[one] for one in quarters] == row(f"Effects {kind}")
    counts = counts_of(desk)
    praise = counts[Direction.RECEIVED, Polarity.POSITIVE]
    assert [praise[one] for one in quarters] == row("Praise of Mira's work")
    rest = counts[Direction.RECEIVED, Polarity.CONSTRUCTIVE] + counts[Direction.RECEIVED, Polarity.MIXED]
    assert [rest[one] for one in quarters] == row("Criticism of Mira's work")
    points = re.findall(r"^\| ([^|]+) \| [^|]+ \| (\d+), \w+ \| (\d+), \w+ \|", table, re.MULTILINE)
    labels = said(drawn("effort-impact", sample))
    assert len(points) == 2
    for name, effort, impact in points:
        assert re.search(rf"{re.escape(name)}: effort {effort} \([^)]+\); impact {impact} \(", labels), name


def test_feedback_is_told_by_direction_and_polarity_without_names_of_others(year: Review) -> None:
    found = said(drawn("feedback", year))
    assert "One of one line of feedback about Mira is praise; no lines from Mira to others" in found
    assert "Q2: 1 line of praise about this work" in found
    assert "Owen" not in found


def test_the_calendar_has_held_and_cancelled_meetings_and_gaps() -> None:
    meetings = (meeting("03-03", 1, 2), meeting("03-17", 3, 4), meeting("04-01", 5, 6, MeetingKind.CANCELLED))
    gap = Gap(start=day("03-17"), end=day("06-02"))
    found = said(drawn("calendar", review((), meetings=(*meetings, meeting("06-02", 7, 8)), gaps=(gap,))))
    assert "Three meetings, 45.5 days apart as a median; the longest gap is 77 days" in found
    assert "1 April, cancelled" in found
    assert "3 March, held: 0 items, 0 labels" in found
    assert "No meeting from 17 March to 2 June: 77 days" in found


def test_slips_tell_the_moves_and_the_days_late(year: Review) -> None:
    found = said(drawn("slips", year))
    assert "One of one promised date was moved; one was done 45 days late" in found
    assert "Label printer: first ETA 4 April" in found
    assert "Label printer: moved to 2 May" in found
    assert "Label printer: called done 19 May, 45 days late" in found


def test_an_axis_of_several_years_names_the_year(year: Review) -> None:
    for start, names in ((date(2022, 7, 1), ("Jul 2022", "Jul 2024")), (date(2025, 1, 1), ("Jan", "Feb"))):
        found = said(drawn("timeline", replace(year, start=start, fiscal_start=7))).split(" | ")
        assert set(names) <= set(found)


def test_work_that_may_have_been_done_before_the_next_meeting_is_not_called_late() -> None:
    lines = {
        one.id: one
        for one in (
            line("a", "03-03", 4, "ETA 12 March", project="Relay"),
            line("b", "03-17", 9, "Relay is live", labels="accomplishment", project="Relay"),
        )
    }
    steps = (event("planned", "03-03", "a", "03-12"), event("done", "03-17", "b"))
    done = claim("A1", lines, "b")
    object.__setattr__(done, "history", steps)
    year = review(
        lines.values(),
        meetings=(meeting("03-03", 1, 5), meeting("03-17", 6, 9)),
        accomplishments=(done,),
        projects=(project("Relay", lines, (done,), history=steps),),
    )
    found = said(drawn("slips", year))
    assert "done by the next meeting" in found
    assert "late" not in found.split("|")[0]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("effort-impact", "The notes name no project with work or an effect on record"),
        ("timeline", "The notes name no project in a dated meeting"),
        ("quarters", "The notes report no finished work and no effect in this period."),
        ("feedback", "No line of the notes was read as feedback"),
        ("calendar", "No meeting of this period has a date"),
        ("slips", "The notes give no date that a piece of work"),
    ],
)
def test_an_empty_chart_says_why(name: str, why: str) -> None:
    for width in (360, 720):
        assert why in said(drawn(name, empty(), width=width)).replace(" | ", " ")


# --- how they are drawn ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", charting.NAMES)
@pytest.mark.parametrize("width", [320, 720])
def test_a_chart_is_as_wide_as_asked_at_most_and_the_same_each_time(name: str, width: int, sample: Review) -> None:
    text = charting.svg(name, sample, width=width)
    assert text == charting.svg(name, sample, width=width)
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert width * 0.85 <= int(root.get("width", "0")) <= width + 4
    assert len(text) < 100_000


@pytest.mark.parametrize("name", charting.NAMES)
def test_a_specification_is_what_vega_lite_allows_and_what_the_picture_is_drawn_from(name: str, sample: Review) -> None:
    from analyzer.charting.static import svg_of

    checked = charting.specification(name, sample).to_dict(validate=True)
    assert svg_of(checked, prefix=f"{name}-720") == charting.svg(name, sample)


def hostile() -> Review:
    """A year with a project of every hostile name, each with points, dates and feedback."""
    years = [small(name, f"{name} {number}") for number, name in enumerate(HOSTILE)]
    return replace(
        years[0],
        subject=HOSTILE[1],
        projects=tuple(one for year in years for one in year.projects),
        accomplishments=tuple(one for year in years for one in year.accomplishments),
    )


@pytest.mark.parametrize("name", charting.NAMES)
@pytest.mark.parametrize("width", [320, 720])
def test_nothing_in_a_chart_runs_or_reaches_outside(name: str, width: int) -> None:
    text = charting.svg(name, hostile(), width=width, link=lambda kind, _: f"#{kind}-1")
    root = ET.fromstring(text)  # noqa: S314 - our own
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "g", "path", "line", "rect", "text", "tspan", "a", "title"}
        names = {attribute.lower() for attribute in element.attrib}
        assert not any(one.startswith("on") or one in {"style", "class"} for one in names)
        assert element.get("href", "#").startswith("#")
        assert len(element.text or "") < 400
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "url(" not in text
    assert "\u202e" not in text
    assert int(root.get("width", "0")) <= width + 4


def test_points_are_links_that_say_what_they_are(year: Review) -> None:
    links = list(drawn("effort-impact", year, link=lambda kind, ref: f"#{kind}-{len(ref)}").iter(f"{SVG}a"))
    assert [one.get("href") for one in links] == ["#project-13", "#project-13"]
    for one in links:
        assert one.get("aria-label", "").startswith(("Stock counter: effort 5", "Label printer: effort 4"))
        assert one.find(f"{SVG}title") is not None
    kinds = {
        "timeline": "project",
        "quarters": "quarter",
        "feedback": "quarter",
        "calendar": "meeting",
        "slips": "project",
    }
    for name, kind in kinds.items():
        found = {one.get("href") for one in drawn(name, year, link=lambda kind, _: f"#{kind}").iter(f"{SVG}a")}
        assert found == {f"#{kind}"}, name


def test_without_links_a_mark_is_a_named_picture_and_texts_beside_it_are_passed_over(year: Review) -> None:
    root = drawn("effort-impact", year)
    assert not list(root.iter(f"{SVG}a"))
    assert root.get("role") == "group"
    assert root.get("aria-label", "").startswith("One of two projects")
    assert sum(one.get("role") == "img" for one in root.iter()) == 2
    assert all(one.get("aria-hidden") == "true" or one.get("role") == "img" for one in root.iter(f"{SVG}text"))


def test_a_link_to_nowhere_is_no_link(year: Review) -> None:
    assert not list(drawn("effort-impact", year, link=lambda _kind, _ref: "").iter(f"{SVG}a"))


def test_a_link_within_another_page_stays_as_given(year: Review) -> None:
    links = drawn("slips", year, link=lambda _kind, _ref: "report.html#p1").iter(f"{SVG}a")
    assert {one.get("href") for one in links} == {"report.html#p1"}


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_and_marks_stand_out_from_the_paper_and_from_shaded_parts(palette: Palette) -> None:
    for paper in (palette.paper, palette.shade):
        assert all(_contrast(one, paper) >= 4.5 for one in (palette.ink, palette.soft))
        marks = (palette.blue, palette.orange, palette.green, palette.purple, palette.grey)
        assert all(_contrast(one, paper) >= 3 for one in marks)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ["effort-impact", "timeline", "feedback", "slips"])
def test_a_chart_uses_the_colours_of_its_theme_alone(name: str, dark: bool, sample: Review) -> None:
    palette = DARK if dark else LIGHT
    known = {getattr(palette, field.name) for field in fields(palette)}
    text = charting.svg(name, sample, dark=dark)
    used = set(re.findall(r'(?:fill|stroke)="([^"]+)"', text)) - {"none", "transparent"}
    assert used <= known


def test_a_chart_has_no_id_that_another_in_the_same_page_could_have(year: Review) -> None:
    for name in ("effort-impact", "timeline"):
        assert all((one.get("id") or f"{name}-720").startswith(f"{name}-720") for one in drawn(name, year).iter())


def test_no_time_zone_moves_a_day() -> None:
    code = "import test_charting as t; from analyzer import charting; print(charting.svg('timeline', t.small()))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT / "tests",
            env={**os.environ, "TZ": zone, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for zone in ("Pacific/Auckland", "America/Los_Angeles")
    }
    assert len(found) == 1


# --- texts ----------------------------------------------------------------------------------------


def test_labels_of_points_close_together_do_not_cover_each_other() -> None:
    points = [(100.0 + 9 * (n % 4), 100.0 + 7 * (n // 4)) for n in range(10)]
    texts = [f"Project number {n}" for n in range(10)]
    found = spots(points, texts, 12, Box(0, 0, 600, 330))
    boxes = [
        Box(one.left, one.middle - 7, one.left + width_of(text, 12), one.middle + 7)
        for one, text in zip(found, texts, strict=True)
    ]
    assert sum(one.overlap(other) > 20 for one in boxes for other in boxes if one is not other) == 0
    assert all(one.left >= 0 and one.right <= 600 and one.top >= 0 and one.bottom <= 330 for one in boxes)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Relay", "Relay"),
        ("  Relay \n two ", "Relay two"),
        ("x" * 5000, "x" * 59 + "…"),
        ("\u202eabc\u200b", "abc"),
        ("", "(no name)"),
        ("\x00\x1b", "(no name)"),
        ("<b>", "<b>"),
    ],
)
def test_a_name_is_one_bounded_line(text: str, want: str) -> None:
    assert name_of(text) == want


def test_a_text_is_cut_or_wrapped_to_its_room() -> None:
    assert fitted("Relay", 12, 100) == "Relay"
    assert width_of(fitted("Relay " * 20, 12, 100), 12) <= 100
    assert wrapped("one two three", 12, 60) == ["one two", "three"]
    assert all(width_of(one, 12) <= 60 for one in wrapped("y" * 500, 12, 60))


# --- files, notebooks, the command line -----------------------------------------------------------


def test_files_are_private_and_of_the_formats_asked_for(year: Review, tmp_path: Path) -> None:
    report = charting.save(year, tmp_path / "charts", ("svg", "png"))
    assert set(report.written) == {f"{name}.{kind}" for name in charting.NAMES for kind in ("svg", "png")}
    for name in report.written:
        path = tmp_path / "charts" / name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_bytes().startswith(b"\x89PNG" if path.suffix == ".png" else b"<svg ")
    assert charting.save(year, tmp_path / "charts").unchanged == tuple(f"{name}.svg" for name in charting.NAMES)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda year: charting.svg("calender", year), UnknownChartError, "did you mean 'calendar'"),
        (lambda year: charting.files(year, ("gif",)), UnknownFormatError, "unknown format 'gif'"),
        (lambda year: charting.svg("slips", year, width=20), ValueError, "280 to 2000 pixels"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    call: Callable[[Review], object], error: type[Exception], words: str, year: Review
) -> None:
    with pytest.raises(error, match=words):
        call(year)


@pytest.fixture
def renderer() -> Iterator[None]:
    import altair as alt

    with alt.renderers.enable("default"):
        yield


def test_a_notebook_shows_a_chart_live_and_as_a_picture_without_network(year: Review, renderer: None) -> None:
    import analyzer

    bundle: Any = analyzer.Year(year).chart("quarters")._repr_mimebundle_()
    shown, sizes = bundle
    assert set(shown) == {"application/vnd.vegalite.v6+json", "image/png"}
    live = shown["application/vnd.vegalite.v6+json"]
    assert live["usermeta"]["embedOptions"] == {"actions": False}
    assert not any("url" in one for one in live.get("datasets", {}))
    assert sizes["image/png"]["width"] > 600


def test_a_renderer_that_was_chosen_is_kept(year: Review) -> None:
    import altair as alt

    import analyzer

    with alt.renderers.enable("json"):
        analyzer.Year(year).chart("slips")
        assert alt.renderers.active == "json"


def test_importing_the_package_loads_no_library_for_charts() -> None:
    code = "import sys, analyzer.charting, analyzer.cli; print('altair' in sys.modules or 'vl_convert' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "False"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(SHORT, encoding="utf-8")
    return path


def test_review_and_scan_write_the_charts_to_their_folder(notes: Path, command: Command, tmp_path: Path) -> None:
    ran = command("review", notes, "-o", tmp_path / "out", "--charts", tmp_path / "out" / "charts")
    assert ran.code == 0, ran.err
    assert str(tmp_path / "out" / "charts" / "timeline.svg") in ran.out
    ran = command("scan", notes, "-o", tmp_path / "scan", "--charts", tmp_path / "c", "--charts-format", "png")
    assert ran.code == 0, ran.err
    assert sorted(one.name for one in (tmp_path / "c").glob("*.png")) == sorted(
        f"{name}.png" for name in charting.NAMES
    )


def test_each_report_of_a_team_has_a_folder_of_charts(notes: Path, command: Command, tmp_path: Path) -> None:
    for name in ("Ada", "Bea"):
        (tmp_path / "team" / name).mkdir(parents=True)
        (tmp_path / "team" / name / "notes.md").write_text(
            SHORT.replace("Ada Brandt", f"{name} Brandt"), encoding="utf-8"
        )
    ran = command("scan", "--team", tmp_path / "team", "-o", tmp_path / "out", "--charts", tmp_path / "charts")
    assert ran.code == 0, ran.err
    assert sorted(one.name for one in (tmp_path / "charts").iterdir()) == ["scan-ada", "scan-bea"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--charts-format", "png"), "needs --charts"),
        (("--charts", "x", "--charts-format", "jpg"), "unknown format 'jpg'"),
    ],
)
def test_a_call_that_makes_no_chart_is_refused(
    options: tuple[str, ...], words: str, notes: Path, command: Command
) -> None:
    ran = command("review", notes, *options)
    assert ran.code == 2
    assert words in ran.err


def test_what_the_builders_make_is_what_the_charts_are_tested_on(year: Review) -> None:
    assert year.subject == SUBJECT
    assert year.start == date(2025, 1, 1)
    assert any(one.has(Label.IMPACT) for one in year.evidence)
