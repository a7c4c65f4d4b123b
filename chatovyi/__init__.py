"""The house assembled: command line, parts put together, logs, the demo."""

__version__ = "0.1.0"
