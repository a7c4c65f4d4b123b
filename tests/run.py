"""Every check of the house, in order; stops at the first that fails."""

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[1]
CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "tests": ["pytest"],
}


def main() -> int:
    """Run all checks (arguments go to pytest, which then runs alone); the exit code is the first failure's."""
    checks = {"tests": ["pytest", *sys.argv[1:]]} if sys.argv[1:] else CHECKS
    for name, command in checks.items():
        print(f"— {name}: {' '.join(command)}", flush=True)
        code = subprocess.run([sys.executable, "-m", *command], cwd=HOUSE, check=False).returncode
        if code:
            print(f"— {name}: failed", flush=True)
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
