"""What the ground plan promises, checked by machines."""

import subprocess
import sys
import tomllib
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def test_the_floors_import_only_downwards():
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    checked = subprocess.run([sys.executable, "-c", program], cwd=HOUSE, capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout


def test_what_is_installed_is_what_is_locked():
    locked = tomllib.loads((HOUSE / "uv.lock").read_text(encoding="utf-8"))["package"]
    versions = {package["name"]: package["version"] for package in locked}
    for name in ("run.txt", "test.txt"):
        lines = (HOUSE / "lock" / name).read_text(encoding="utf-8").splitlines()
        pinned = dict(line.split(" ")[0].split("==") for line in lines if "==" in line and not line.startswith(" "))

        assert pinned == {package: versions[package] for package in pinned}
        assert {"httpx", "rapidfuzz", "apscheduler", "python-telegram-bot"} <= set(pinned)


def test_every_dependency_has_its_decision_note():
    wanted = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    notes = "\n".join(note.read_text(encoding="utf-8") for note in (HOUSE / "docs" / "decisions").glob("*.md"))
    named = [line.split(">")[0].split("=")[0] for line in wanted["project"]["dependencies"]]
    named += [line.split(">")[0].split("=")[0] for line in wanted["dependency-groups"]["dev"]]

    assert [name for name in named if name.lower() not in notes.lower()] == []


def test_the_readme_fits_its_measure():
    assert len((HOUSE / "README.md").read_text(encoding="utf-8").splitlines()) <= 150
