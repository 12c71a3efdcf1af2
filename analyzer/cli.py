"""The command line: each command parses, calls one public function and prints; errors become one line here.

Everything heavy is imported inside the commands, so that ``analyzer --help`` is instant.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from analyzer.errors import AnalyzerError, StoppedError
from analyzer.oneline import printable
from analyzer.options import ChartFormats, Charts, Debug, Notes, Strict, reads_notes

_INTERRUPTED = 130
"""The exit code of a run that Ctrl-C stopped, as shells have it."""
_GARBAGE = 20_000
"""Objects between two searches for garbage: Python's 700 cost a run of seconds a tenth of its time and save no memory."""
Settings = Any
"""`analyzer.settings.Settings`, which the help does not load."""

app = typer.Typer(
    name="analyzer",
    help="Read a year of 1:1 notes on this machine and draft a self-review in which every sentence cites its line.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        _say(f"analyzer {version('analyzer')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that belong to no command."""


class By(StrEnum):
    """How the draft is ordered."""

    PROJECT = "project"
    QUARTER = "quarter"


class ListForm(StrEnum):
    """How a list is printed."""

    TEXT = "text"
    JSON = "json"


class Engine(StrEnum):
    """What runs a batch."""

    LOCAL = "local"
    DASK = "dask"


Form = Annotated[ListForm, typer.Option("--format", help="How to print them.")]
Page = Annotated[bool, typer.Option("--report/--no-report", help="Write the report page too.")]
Decided = Annotated[
    Path | None, typer.Option("--curation", help="A curation.toml with your decisions.", show_default=False)
]


def main() -> None:
    """Run the command line on the arguments of the process."""
    gc.set_threshold(_GARBAGE)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; the one place where an error becomes a line for the user.

    Args:
        arguments: the words after ``analyzer``; without any, the help is printed.

    Returns:
        The exit code: 0 done, 1 done with problems or a draft that does not hold, 2 a wrong call, unreadable input or
        nothing written, 130 stopped by the user.
    """
    try:
        code = int(app(list(arguments) or ["--help"], standalone_mode=False) or 0)
    except typer.TyperException as error:
        return _complain(
            error.format_message().replace("Value error, ", ""), "analyzer --help lists commands and options"
        )
    except AnalyzerError as error:
        if "--debug" in arguments:
            raise
        code = _complain(str(error), error.tip)
        return _INTERRUPTED if isinstance(error, StoppedError) else code
    except Exception as error:
        if "--debug" in arguments:
            raise
        return _complain(
            f"this is a bug: {type(error).__name__}: {error}", "run it again with --debug to see where, and report it"
        )
    if code == _INTERRUPTED:
        _complain("stopped; every file is whole: as it was, or new where it is named above", "run it again")
    return code


def _say(text: str, *, nl: bool = True, err: bool = False, is_json: bool = False) -> None:
    """Print what may hold words of others: names of files and keys, notes, drafts."""
    typer.echo(printable(text, is_json=is_json), nl=nl, err=err)


def _complain(message: str, tip: str) -> int:
    """Print one line and a tip to standard error, and return the exit code for a run that came to nothing."""
    _say(f"analyzer: {' '.join(message.split())}" + (f"\n  tip: {tip}" if tip else ""), err=True)
    return 2


@app.command()
@reads_notes
def review(
    notes: Notes,
    *,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder to write to.", show_default="review-<subject>-<year>")
    ] = None,
    by: Annotated[By | None, typer.Option("--by", help="Order of the accomplishments.", show_default="project")] = None,
    formats: Annotated[
        str, typer.Option("--format", help="Formats of the drafts: md, docx, html, txt, with commas.", metavar="LIST")
    ] = "md",
    form: Annotated[
        list[str] | None,
        typer.Option("--form", metavar="NAME|FILE", help="A form to fill in too; again for more.", show_default=False),
    ] = None,
    report: Page = True,
    charts: Charts = None,
    charts_format: ChartFormats = None,
    curation: Decided = None,
    strict: Strict = False,
    debug: Debug = False,
    settings: Settings,
) -> None:
    """Write a self-review draft and an effort-versus-impact summary, each sentence with its line."""
    drawn_in = _chart_formats(charts, charts_format)
    with _progress("reading the notes"):
        from analyzer.jobs import write_review
        from analyzer.rendering import formats_named

        chosen = settings.model_copy(update={"by": str(by)}) if by else settings
        written = write_review(
            notes,
            chosen,
            out,
            formats=formats_named(formats),
            forms=form or (),
            report=report,
            charts=charts,
            chart_formats=drawn_in,
            curation=curation,
        )
    for line in written.summary():
        _say(line)
    raise typer.Exit(1 if strict and written.unread else 0)


@app.command()
@reads_notes
def extract(
    notes: Notes,
    *,
    everything: Annotated[bool, typer.Option("--all", help="List items without a label too.")] = False,
    tables: Annotated[
        str | None,
        typer.Option("--tables", help="Write all tables to files: csv, parquet.", metavar="LIST", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder for the tables.", show_default="tables-<subject>-<year>"),
    ] = None,
    strict: Strict = False,
    debug: Debug = False,
    settings: Settings,
) -> None:
    """Print the evidence found, one JSON object a line, or write the tables of the year to files."""
    if tables is not None:
        if everything:
            raise typer.BadParameter("--all is about what is printed: the table of items holds all of them")
        _write_tables(notes, settings, tables, out, strict=strict)
    if out is not None:
        raise typer.BadParameter("-o is the folder for --tables; what is printed can be sent to a file with >")
    with _progress("reading the notes"):
        from analyzer.jobs import problems_of, read_evidence, unread
        from analyzer.rendering import evidence_jsonl

        found, remarks = read_evidence(notes, settings)
    _print(evidence_jsonl(found, everything=everything), remarks, is_json=True)
    raise typer.Exit(1 if strict and unread(problems_of(found)) else 0)


def _write_tables(notes: Sequence[Path], settings: Settings, tables: str, out: Path | None, *, strict: bool) -> None:
    with _progress("reading the notes"):
        from analyzer.jobs import write_tables
        from analyzer.rendering import formats_named
        from analyzer.tables import FORMATS

        written = write_tables(notes, settings, formats_named(tables, FORMATS, "--tables csv,parquet"), out)
    for line in written.summary():
        _say(line)
    raise typer.Exit(1 if strict and written.unread else 0)


@app.command()
@reads_notes
def projects(
    notes: Notes,
    *,
    form: Form = ListForm.TEXT,
    curation: Decided = None,
    debug: Debug = False,
    settings: Settings,
) -> None:
    """List the projects found, with their other names, their scores, and why each is one."""
    with _progress("reading the notes"):
        from analyzer.jobs import read_evidence
        from analyzer.rendering import projects_json, projects_text

        found, remarks = read_evidence(notes, settings, curation)
    is_json = form is ListForm.JSON
    _print(projects_json(found) if is_json else projects_text(found), remarks, is_json=is_json)


@app.command()
@reads_notes
def scan(
    notes: Annotated[
        list[Path] | None,
        typer.Argument(help="Files, folders and archives with one report's 1:1 notes.", show_default=False),
    ] = None,
    *,
    team: Annotated[
        Path | None,
        typer.Option("--team", help="A folder with one folder of notes for each report.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder to write to.", show_default="scan-<subject>-<year> or scan-team"),
    ] = None,
    report: Page = True,
    charts: Charts = None,
    charts_format: ChartFormats = None,
    curation: Decided = None,
    strict: Strict = False,
    debug: Debug = False,
    settings: Settings,
) -> None:
    """Write a manager's page on a report's year, without a rating: results, quotes for calibration, what is open."""
    if bool(notes) == (team is not None):
        raise typer.BadParameter("give one report's notes, or --team with a folder that holds a folder for each report")
    if team is not None and curation:
        raise typer.BadParameter("--curation holds decisions about one report's notes, not about those of a team")
    if team is not None and settings.me:
        raise typer.BadParameter(
            "--me names one person: with --team the notes or the folders' names say whose they are"
        )
    drawn_in = _chart_formats(charts, charts_format)
    with _progress("reading the notes"):
        from analyzer.scanning import write_scan, write_team

        if team is not None:
            done = write_team(team, settings, out, report=report, charts=charts, chart_formats=drawn_in)
        else:
            done = write_scan(
                notes or [], settings, out, report=report, charts=charts, chart_formats=drawn_in, curation=curation
            )
    for line in done.summary():
        _say(line)
    raise typer.Exit(1 if strict and done.unread else 0)


@app.command()
@reads_notes
def agenda(
    notes: Notes,
    *,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Day of the meeting.", show_default="from the last meetings"),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Put it into the running document, with a backup.")] = False,
    strict: Strict = False,
    debug: Debug = False,
    settings: Settings,
) -> None:
    """Print the next 1:1's agenda: what is new, what goes on, what is owed on both sides, what is due to be talked about."""
    with _progress("reading the notes"):
        from analyzer.agenda_file import plan_agenda, write_agenda
        from analyzer.jobs import unread

        planned = (write_agenda if write else plan_agenda)(notes, settings, day.date() if day else None)
    _print(planned.text, planned.remarks)
    raise typer.Exit(1 if strict and unread(planned.problems) else 0)


@app.command()
@reads_notes
def turnaround(
    notes: Notes,
    *,
    plan: Annotated[
        Path, typer.Option("--plan", metavar="PLAN.toml", help="What is expected, and what you commit to.")
    ],
    window: Annotated[str, typer.Option("--window", help="How far back work counts as shipped lately.")] = "42d",
    talk: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Day of the talk.", show_default="the last meeting"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder to write to.", show_default="turnaround-<subject>-<year>")
    ] = None,
    strict: Strict = False,
    debug: Debug = False,
    settings: Settings,
) -> None:
    """Write a packet for a 1:1 about a performance plan: gaps, examples, commitments, the talk, and a living tracker."""
    with _progress("reading the notes"):
        from analyzer.planning import window_days, write_turnaround

        day, days = (talk.date() if talk else None), window_days(window)
        done = write_turnaround(notes, settings, plan, out, talk=day, days=days)
    for line in done.summary():
        _say(line)
    raise typer.Exit(1 if strict and done.unread else 0)


@app.command()
@reads_notes
def check(
    notes: Notes,
    *,
    form: Form = ListForm.TEXT,
    curation: Decided = None,
    debug: Debug = False,
    settings: Settings,
) -> None:
    """List what would make the record stronger, each with its line and a question to you."""
    with _progress("reading the notes"):
        from analyzer.checking import check, check_json, check_text
        from analyzer.jobs import read_evidence

        review, remarks = read_evidence(notes, settings, curation)
        found = check(review)
    is_json = form is ListForm.JSON
    _print(check_json(found) if is_json else check_text(review, found), remarks, is_json=is_json)


@app.command()
@reads_notes
def explain(
    notes: Notes,
    *,
    line: Annotated[str, typer.Option("--line", metavar="FILE:N", help="Which line, or a place as citations have it.")],
    debug: Debug = False,
    settings: Settings,
) -> None:
    """Show why a line has its labels: probabilities, clauses, rules, weights, and what it nearly got."""
    from analyzer.explaining import explain_lines

    for said in explain_lines(notes, settings, line):
        _say(said)


@app.command()
def batch(
    root: Annotated[Path, typer.Argument(help="A folder with one folder of notes for each person.")],
    *,
    to: Annotated[Path, typer.Option("--to", help="Folder for the data sets, which belongs to batches alone.")],
    engine: Annotated[
        Engine | None,
        typer.Option("--engine", help="What runs it.", show_default="local, or dask where --scheduler is given"),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="A Dask scheduler.", show_default="a cluster starts here"),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes on this machine.", show_default="one a core")
    ] = None,
    pages: Annotated[bool, typer.Option("--pages", help="Write each person's drafts and report page too.")] = False,
    year: Annotated[
        int | None,
        typer.Option("--year", min=1970, max=2200, help="The (fiscal) year to read.", show_default="every year"),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--settings", help="A settings file (TOML), for all.", show_default=False)
    ] = None,
    strict: Strict = False,
    debug: Debug = False,
) -> None:
    """Read many people's notes, each on their own, and write Parquet data sets; a later run does only what changed."""
    if scheduler is not None and engine is Engine.LOCAL:
        raise typer.BadParameter("--scheduler is the address of a Dask scheduler: leave --engine out, or say dask")
    if scheduler is not None and workers is not None:
        raise typer.BadParameter("--workers is about this machine: the scheduler knows its own workers")
    from analyzer.batch.run import run_batch
    from analyzer.options import settings_of

    settings = settings_of(file, year=year)
    chosen = str(engine or ("dask" if scheduler else "local"))
    with _people_done() as told:
        done = run_batch(
            root, to, settings, engine=chosen, scheduler=scheduler, workers=workers, pages=pages, progress=told
        )
    for line in done.summary():
        _say(line)
    raise typer.Exit(1 if strict and done.unread else 0)


@app.command()
def trends(
    out: Annotated[Path, typer.Argument(help="The folder that `analyzer batch` wrote to.")],
    *,
    form: Form = ListForm.TEXT,
    debug: Debug = False,
) -> None:
    """Show the quarters of many people together: groups of at least five, without a name."""
    from analyzer.batch.trends import trends as found_in
    from analyzer.batch.trends import trends_json, trends_text

    found = found_in(out)
    _say(trends_json(found) if form is ListForm.JSON else trends_text(found), nl=False)


@app.command()
def forms(
    name: Annotated[str | None, typer.Argument(help="A form to print, to copy and change.", show_default=False)] = None,
    *,
    debug: Debug = False,
) -> None:
    """List the forms that are shipped, or print one of them."""
    from analyzer.forms import list_forms

    _say(list_forms(name), nl=False)


@app.command()
def notebook(
    name: Annotated[
        str | None, typer.Argument(help="A notebook: my_year, manager_scan or trends.", show_default="all of them")
    ] = None,
    *,
    notes: Annotated[
        Path, typer.Option("--notes", help="The notes that it is to read; for trends a folder of people's folders.")
    ] = Path("notes"),
    to: Annotated[Path, typer.Option("--to", help="Folder for the copies.", show_default="this folder")] = Path(),
    debug: Debug = False,
) -> None:
    """Copy the notebooks beside your notes, to look at them with pandas; nothing is overwritten."""
    from analyzer.notebook_copies import copy_notebooks

    report = copy_notebooks(name, notes, to)
    for one in report.written:
        _say(str(report.folder / one))
    for note in report.notes:
        _say(f"  {note}")


@app.command()
def verify(
    draft: Annotated[Path, typer.Argument(help="A draft that `analyzer review` wrote, edited or not.")],
    *,
    notes: Annotated[
        Path | None, typer.Option("--notes", help="Folder of the notes.", show_default="where the draft's links point")
    ] = None,
    me: Annotated[
        str | None, typer.Option("--me", help="As the run had it that replaced names.", show_default=False)
    ] = None,
    manager: Annotated[
        str | None, typer.Option("--manager", help="As the run had it that replaced names.", show_default=False)
    ] = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", help="As the run had it that replaced names.", show_default=False)
    ] = None,
    debug: Debug = False,
) -> None:
    """Reopen the notes and check each citation of a draft."""
    from analyzer.draft_file import check_draft
    from analyzer.options import settings_of

    verification = check_draft(draft, notes, settings_of(settings, me=me, manager=manager))
    for line in verification.report():
        _say(line)
    raise typer.Exit(0 if verification.holds else 1)


@app.command()
def cache(
    *,
    clear: Annotated[bool, typer.Option("--clear", help="Remove it; the next run computes everything again.")] = False,
    debug: Debug = False,
) -> None:
    """Show where results are kept for the next run and how large that is, or remove it."""
    from analyzer.cache import default_store, told

    store = default_store()
    if clear:
        store.clear()
    _say(told(store))


@app.command()
@reads_notes
def train(
    where: Annotated[
        list[Path],
        typer.Argument(
            help="Folder of labelled notes; with --corrections your own notes.",
            metavar="CORPUS|NOTES",
            show_default=False,
        ),
    ],
    *,
    corrections: Annotated[
        Path | None,
        typer.Option("--corrections", help="A curation.toml whose labels are to be learned.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder for the model.", show_default="the shipped one, or my-model"),
    ] = None,
    encoder: Annotated[
        Path | None,
        typer.Option("--encoder", help="Folder of a base model to fit the encoder from too.", show_default="as it is"),
    ] = None,
    debug: Debug = False,
    settings: Settings,
) -> None:
    """Fit the classifier on labelled notes, or move it towards your own corrections; the same notes give the same model."""
    if corrections is not None and encoder is not None:
        raise typer.BadParameter("--encoder takes labelled notes, --corrections your own: give one of the two")
    if corrections is None and len(where) != 1:
        raise typer.BadParameter("give one folder of labelled notes, or --corrections with your own notes")
    if corrections is None and settings != type(settings)():
        raise typer.BadParameter(
            "options about reading notes belong to --corrections: labelled notes say it themselves"
        )
    with _progress("fitting"):
        if corrections is not None:
            from analyzer.correcting import learn_corrections

            done = learn_corrections(where, settings, corrections, out)
        else:
            from analyzer.learning import train_model

            done = train_model(where[0], out, base=encoder)
    _say(done)


@app.command()
def evaluate(
    corpus: Annotated[Path, typer.Argument(help="Folder of labelled notes, e.g. data/labelled.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    debug: Debug = False,
) -> None:
    """Score the labels on labelled notes, each author with a model that never saw that author."""
    from analyzer.learning import beside
    from analyzer.learning import evaluate as score

    with _progress("scoring"):
        report = score(corpus)
        printed = report.as_json() if json else report.text() + beside(corpus)
    _say(printed)


def _chart_formats(charts: Path | None, given: str | None) -> tuple[str, ...]:
    """Return the formats of the charts; naming some without a folder for them is an error."""
    from analyzer.charting import formats_named

    if given is not None and charts is None:
        raise typer.BadParameter("--charts-format needs --charts DIR, the folder to write the charts to")
    return formats_named("svg" if given is None else given)


def _print(text: str, remarks: Sequence[str], *, is_json: bool = False) -> None:
    """Print what was asked for to standard output, and what there is to say about the reading to standard error."""
    _say(text, nl=False, is_json=is_json)
    for remark in remarks:
        _say(f"analyzer: {remark}", err=True)


@contextmanager
def _progress(what: str) -> Iterator[None]:
    """Show that something goes on: on standard error, and only to a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …"):
        yield


@contextmanager
def _people_done() -> Iterator[Any]:
    """Show how many people are done and when the end is expected: on standard error, and only to a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("people"), BarColumn(), MofNCompleteColumn(), TextColumn("to go"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("people", total=None)
        yield lambda _, done, people: bar.update(task, completed=done, total=people)
