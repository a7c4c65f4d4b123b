"""The command line in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def typed(folder, *arguments, stdin="", **settings):
    """Runs `chatovyi ARGUMENTS` in a folder; settings by name."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CHATOVYI_")}
    environment = clean | {f"CHATOVYI_{name}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-P", "-m", "chatovyi", *arguments],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(HOUSE)},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def refused(result, *words):
    """One sentence on standard error, exit code 2."""
    assert result.returncode == 2
    assert result.stderr.startswith("chatovyi: ")
    assert len(result.stderr.splitlines()) == 1
    assert all(word in result.stderr for word in words), result.stderr
