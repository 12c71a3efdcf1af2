"""Settings and curation are read strictly: what is wrong is one line that names the key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analyzer.errors import BadFileError, BadPeriodError, UnknownKeyError
from analyzer.records import Label
from analyzer.settings import Settings, read_curation, read_settings


def write(folder: Path, text: str) -> Path:
    path = folder / "analyzer.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_settings_file_is_read(tmp_path: Path) -> None:
    text = 'me = "Mina"\nfiscal_year_start = 7\n[[projects]]\nname = "Beacon"\naliases = ["Alerts 2.0"]\n[weights]\nmeeting = 2\n'
    settings = read_settings(write(tmp_path, text))
    assert (settings.me, settings.projects[0].aliases, settings.weights.meeting) == ("Mina", ("Alerts 2.0",), 2)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("mee = 1", "unknown key 'mee'; did you mean 'me'"),
        ("[weights]\nmeetings = 1", "unknown key 'meetings'; did you mean 'meeting'"),
        ('[[projects]]\nname = "x"\nalias = []', "unknown key 'alias'; did you mean 'aliases'"),
        ("fiscal_year_start = 13", "fiscal_year_start: input should be less than or equal to 12"),
        ("me = ", "not valid TOML"),
    ],
)
def test_what_is_wrong_in_a_settings_file_is_one_clear_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(BadFileError, match=complaint.replace("(", r"\(")) as caught:
        read_settings(write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_missing_settings_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match="no such file"):
        read_settings(tmp_path / "none.toml")


def test_a_curation_file_is_read(tmp_path: Path) -> None:
    text = '[[line]]\nid = "abc"\nkeep = false\nlabels = ["impact"]\n[[rename]]\nold = "A"\nnew = "B"\n'
    curation = read_curation(write(tmp_path, text))
    assert (curation.line[0].labels, curation.rename[0].new) == ((Label.IMPACT,), "B")


def test_an_unknown_key_in_a_curation_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownKeyError, match="did you mean 'keep'"):
        read_curation(write(tmp_path, '[[line]]\nid = "abc"\nkeeep = true\n'))


def test_the_period_of_a_year_is_half_open() -> None:
    assert Settings(year=2025).period() == (date(2025, 1, 1), date(2026, 1, 1))


def test_a_fiscal_year_carries_the_number_of_the_year_in_which_it_ends() -> None:
    assert Settings(year=2025, fiscal_year_start=7).period() == (date(2024, 7, 1), date(2025, 7, 1))


def test_the_last_day_that_is_given_belongs_to_the_period() -> None:
    assert Settings(start=date(2025, 1, 1), end=date(2025, 6, 30)).period() == (date(2025, 1, 1), date(2025, 7, 1))


@pytest.mark.parametrize(
    "settings",
    [Settings(year=2025, start=date(2025, 1, 1)), Settings(start=date(2025, 2, 1), end=date(2025, 1, 1))],
)
def test_a_period_that_makes_no_sense_is_refused(settings: Settings) -> None:
    with pytest.raises(BadPeriodError):
        settings.period()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[line]]\nid = "a"\nkeep = true\n[[line]]\nid = "a"\nkeep = false\n', "the line a is decided twice"),
        ('[[rename]]\nold = "A"\nnew = ""\n', "at least 1 character"),
    ],
)
def test_decisions_that_cannot_hold_are_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(BadFileError, match=complaint):
        read_curation(write(tmp_path, text))


def test_weights_left_out_keep_their_points_and_unknown_parts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[weights.share]\nmine = 5\n", encoding="utf-8")
    assert read_settings(path).weights.share == {"mine": 5, "shared": 1, "team": 1, "unsaid": 0}
    path.write_text("[weights.rungs]\nmesured = 5\n", encoding="utf-8")
    with pytest.raises(BadFileError, match="'mesured' is no part"):
        read_settings(path)
