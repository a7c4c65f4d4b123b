"""The door: `python -m chatovyi`."""

import sys

from chatovyi.cli import main

sys.exit(main())
