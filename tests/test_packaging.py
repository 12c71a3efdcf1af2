"""The built wheel: what is in it, and the main job run from it, in a new environment and another folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHIPPED = ("pyproject.toml", "README.md", "LICENSE", "analyzer", "notebooks")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network from a copy of what it is made of."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in SHIPPED:
        there = ROOT / name
        if there.is_dir():
            shutil.copytree(there, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(there, source / name)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    ran = subprocess.run(build, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it, which sees the libraries of this one; returns its folder of programs."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    libraries = sysconfig.get_path("purelib")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--disable-pip-version-check", str(wheel)], check=True, capture_output=True)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-I", "-c", where], check=True, capture_output=True, text=True).stdout.strip()
    (Path(site) / "libraries.pth").write_text(libraries + "\n", encoding="utf-8")
    return programs


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    there = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "analyzer").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    notebooks = {f"analyzer/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert inside == there | notebooks


@pytest.mark.parametrize(
    "wanted",
    [
        "analyzer/patterns/rules/",
        "analyzer/patterns/lists.toml",
        "analyzer/rendering/templates/draft.md.j2",
        "analyzer/rendering/templates/curation.toml.j2",
        "analyzer/forms/shipped/default.toml",
        "analyzer/models/model.json",
        "analyzer/models/model.npz",
        "analyzer/models/NOTICE",
        "analyzer/models/LICENSE-Apache-2.0.txt",
    ],
)
def test_the_wheel_holds_rules_templates_and_models(wheel: Path, wanted: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(name.startswith(wanted) for name in archive.namelist())


def test_the_wheel_says_its_licence_and_what_it_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode("utf-8")
        for licence in ("LICENSE", "analyzer/models/LICENSE-Apache-2.0.txt", "analyzer/models/NOTICE"):
            assert any(entry.endswith(f"licenses/{licence}") for entry in archive.namelist())
    needs = re.findall(r"^Requires-Dist: ([\w.-]+)(?!.*extra ==)", metadata, re.MULTILINE)
    assert "License-Expression: MIT AND Apache-2.0" in metadata
    assert sorted(needs) == sorted(re.split(r"[<>=]", line)[0] for line in PYPROJECT["project"]["dependencies"])


def test_the_installed_package_is_the_one_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = "import analyzer; print(analyzer.__file__)"
    ran = subprocess.run([installed / "python", "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(ran.stdout.strip()).is_relative_to(installed.parent)


def test_the_notebooks_are_copied_from_the_installed_package(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    ran = subprocess.run([installed / "analyzer", "notebook"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert sorted(ran.stdout.split()) == sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_main_job_runs_from_another_folder(installed: Path, tmp_path: Path, sample: str) -> None:
    shutil.copytree(ROOT / "data" / "sample" / sample, tmp_path / "notes")
    for arguments in (["review", "notes", "-o", "out"], ["verify", "out/self-review.md"]):
        program = [str(installed / "analyzer"), *arguments]
        ran = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, "")


def test_every_library_that_is_imported_is_declared() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]
    lines = [
        *PYPROJECT["project"]["dependencies"],
        *(line for extra in extras if extra != "dev" for line in extras[extra]),
    ]
    declared = {re.split(r"[<>=]", line)[0] for line in lines}
    names = {"python-docx": "docx", "scikit-learn": "sklearn", "vl-convert-python": "vl_convert"}
    declared.remove("onnx")  # of the extra `train`: torch and onnxruntime import it when they write a graph
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "analyzer").rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", code, re.MULTILINE)) - set(sys.stdlib_module_names)
    assert imported - {"analyzer", "pdfminer", "threadpoolctl"} == {names.get(name, name) for name in declared}


def test_the_lock_names_hashes_for_everything_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    blocks = re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]
    assert len(pins) == len(blocks) > 50
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|--index-url|--find-links", lock)


def test_the_lock_holds_everything_that_is_declared() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE))
    declared = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["project"]["optional-dependencies"]["dev"]]
    assert {re.split(r"[<>=\[]", line)[0] for line in declared} <= pins
