"""Roles in the place of names: many shapes of names, names that are words, offsets, and whole outputs searched byte by byte."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.draft_file import check_draft
from analyzer.errors import AnalyzerError
from analyzer.jobs import write_review
from analyzer.records import Item, Roster, Source
from analyzer.settings import Settings
from analyzer.sharing.people import cast_of, unsure_words
from analyzer.sharing.roles import Roles, roles_of

ROSTER = Roster(
    subject="Mira Solberg",
    manager="Owen Tait",
    writer="Mira Solberg",
    aliases={"mira": "Mira Solberg", "ms": "Mira Solberg", "owen": "Owen Tait", "ot": "Owen Tait", "o": "Owen Tait"},
)


def item(text: str) -> Item:
    return Item(source=Source("n.md", 1, 1), date=None, text=text, raw=text, section="", heading="", author=None)


def roles(*texts: str, further: tuple[str, ...] = ()) -> Roles:
    return roles_of(cast_of([item(text) for text in texts], ROSTER, further=further, plain=()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mira Solberg shipped it", "The employee shipped it"),
        ("asked MIRA about it", "asked the employee about it"),
        ("Solberg, Mira", "The employee"),
        ("M. Solberg's plan", "The employee's plan"),
        ("pairing with Priya Raman and priya", "pairing with Colleague A and Colleague A"),
        ("Priya: fine by me", "Colleague A: fine by me"),
        ("Priya's and Priya’s", "Colleague A's and Colleague A’s"),
        ("the Priya-style review", "the Colleague A-style review"),
        ("@priya.raman to check", "Colleague A to check"),
        ("priya_raman, priyaraman", "Colleague A, Colleague A"),
        ("Raman, Priya; P. Raman; Priya R.", "Colleague A; Colleague A; Colleague A"),
        ("PriyaBot is live", "Colleague ABot is live"),
        ("notes/priya-1on1.md", "notes/Colleague A-1on1.md"),
        ("mail priya.raman@acme.org now", "mail e-mail address now"),
        ("ring +44 7700 900123", "ring phone number"),
        ("OT: do it, MS: will do", "The manager: do it, the employee: will do"),
        ("P\u00adriya said", "Colleague A said"),
    ],
)
def test_a_name_of_any_shape_becomes_a_role(text: str, expected: str) -> None:
    assert roles("Priya Raman said yes", text).text(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "latency fell to 412 ms in 2025-03-14",
        "3,140 owners, 020 rows, 10 000 000 events",
        "PR reviewed, QA done",
        "the ring and the tray",
        "due 14/3, 12-05-2025",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert roles("Priya Raman said yes", text).text(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Will said it is fine", "Colleague A said it is fine"),
        ("asked Will and May about it", "asked Colleague A and Colleague B about it"),
        ("Mark: looks good", "Colleague C: looks good"),
        ("Mark deployed it", "Colleague C deployed it"),
        ("Will's idea", "Colleague A's idea"),
        ("Will check the build", "Will check the build"),
        ("we will mark it in may", "we will mark it in may"),
        ("We Will Ship It", "We Will Ship It"),
        ("due 14 May 2025", "due 14 May 2025"),
        ("done in May, moved to April", "done in May, moved to April"),
        ("Mark the rows red", "Mark the rows red"),
    ],
)
def test_a_name_that_is_a_word_is_one_only_in_a_names_place(text: str, expected: str) -> None:
    known = roles("Will said so", "May asked for it", "Mark said no")
    assert known.text(text) == expected


@pytest.mark.parametrize("name", ["Dr. (X)", "A+B", "[Kim]", "Jo|hn", "\\d+"])
def test_a_name_of_regular_expressions_letters_is_taken_as_it_is(name: str) -> None:
    assert name not in roles("nothing", further=(name,)).text(f"with {name} today") or not name[0].isalnum()


def test_two_people_with_one_first_name_are_two() -> None:
    known = roles("Priya Raman said yes", "Priya Shah said no")
    assert known.text("Priya Raman, Priya Shah") == "Colleague A, Colleague B"


def test_two_documents_never_get_one_path() -> None:
    cast = cast_of([item("Priya said yes")], ROSTER, further=(), plain=())
    known = roles_of(cast, paths=["Priya.md", "priya.md"])
    assert len({known.path("Priya.md"), known.path("priya.md")}) == 2


def test_a_word_that_may_be_a_name_is_told_from_a_product() -> None:
    cast = cast_of([item("Priya said yes")], ROSTER, further=(), plain=("Meridian",))
    assert unsure_words("sat with Xandriel and Priya on Kafka and Meridian", cast, ()) == ["Xandriel"]
    assert unsure_words("moved it to the Falcon", cast, ()) == []


@given(before=st.text("ab ,.", max_size=8), place=st.integers(0, 30))
def test_places_follow_the_edits(before: str, place: int) -> None:
    text = f"{before} Priya Raman told Owen Tait so"
    edited = roles("Priya Raman said yes").edited(text)
    at = min(place, len(text))
    assert 0 <= edited.moved(at) <= len(edited.text)
    start, end = text.index("told"), text.index("told") + 4
    assert edited.text[edited.moved(start) : edited.moved(end, end=True)] == "told"


# No part of a name may stand in a word of the tables ("Anne" stands in "planned"): the search is for bare letters.
FIRST = st.sampled_from(["Zanthe", "Quillon", "Björg", "Anneke-Marie", "D'Arcy", "Ngozi", "Xiadani"])
LAST = st.sampled_from(["Vexworth", "O'Quirk", "Łukowicz", "van Zandtbergh", "Oyelaran-Pitt"])
NOTES = """# 1:1 {me} / Owen Tait

## 3 Mar 2025
- Shipped the stock counter with {full}, counting fell from 40 min to 12 min
- {first}: your handover notes were the clearest I have read
- {first}'s dashboard: shipped v2 to all 4 depots
- [Blocked] Label printer: waiting for {full} ({mail}, +44 7700 900123)
- @{handle} to send the {upper} list, see https://wiki.test/{handle}/plan

## 17 Mar 2025
- {first}'s dashboard cut calls from 90 to 40 a week
- told {last} that {short} would be late
- Owen: thanks to {lower} and {me}, {me_first} did well
- file `{handle}-notes.csv` sent by {full}.
"""


def _filled(first: str, last: str, me: str) -> str:
    plain = "".join(
        one
        for one in f"{first}.{last.rsplit(maxsplit=1)[-1]}".lower()
        if one.isascii() and (one.isalnum() or one in ".-")
    )
    return NOTES.format(
        me=me,
        me_first=me.split(maxsplit=1)[0],
        first=first,
        last=last,
        full=f"{first} {last}",
        handle=plain,
        mail=f"{plain}@acme.org",
        upper=first.upper(),
        lower=first.lower(),
        short=f"{first[0]}. {last}",
    )


def _bytes(folder: Path) -> str:
    texts = []
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix == ".docx":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
                texts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        elif path.is_file():
            texts.append(path.read_text(encoding="utf-8"))
        texts.append(path.name)
    return "\n".join(texts).casefold()


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=FIRST, last=LAST)
def test_nothing_of_a_name_remains_in_any_output(
    tmp_path_factory: pytest.TempPathFactory, first: str, last: str
) -> None:
    folder = tmp_path_factory.mktemp("names")
    notes = folder / f"{first} and Thessaly.md"
    notes.write_text(_filled(first, last, "Thessaly Umbrecht"), encoding="utf-8")
    out = folder / "out"
    write_review(
        [notes],
        Settings(redacted=True, me="Thessaly Umbrecht"),
        out,
        formats=("md", "docx", "html", "txt"),
        forms=("default",),
    )
    everything = _bytes(out)
    whole = [
        first,
        last.rsplit(maxsplit=1)[-1],
        "Thessaly",
        "Umbrecht",
        "Owen",
        "Tait",
        "acme.org",
        "900123",
        *first.split("-"),
    ]
    assert [word for word in whole if word.casefold() in everything] == []
    assert "stock counter" in everything


def test_a_redacted_draft_is_verified_with_the_notes_and_refused_without(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(_filled("Ngozi", "Vexworth", "Thessaly Umbrecht"), encoding="utf-8")
    write_review([notes], Settings(redacted=True), tmp_path / "out")
    draft = tmp_path / "out" / "self-review.md"
    assert check_draft(draft, notes).holds
    with pytest.raises(AnalyzerError, match="replaced by roles; say with --notes"):
        check_draft(draft)
    draft.write_text(draft.read_text(encoding="utf-8").replace("12 min", "11 min"), encoding="utf-8")
    assert not check_draft(draft, notes).holds


def test_the_same_notes_give_the_same_roles(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(_filled("Ngozi", "Vexworth", "Thessaly Umbrecht"), encoding="utf-8")
    for name in ("a", "b"):
        write_review([notes], Settings(redacted=True), tmp_path / name)
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")
