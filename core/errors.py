"""What can go wrong by surprise; everything expected of the world is a returned value instead.

ChatovyiError
├── UserError(hint)   said back to the person; `hint` names the sentence
├── SourceError       a feed or page that cannot be used; the source is put off
├── StoreError        the database cannot be used; ends the program with what to do
│   └── DamagedError  it is broken: nothing more is written, a backup is to be put in its place
└── ConfigError       a setting is wrong; printed at the door
"""


class ChatovyiError(Exception):
    """Anything this program raises on purpose."""


class UserError(ChatovyiError):
    """A person asked for what cannot be done; `hint` is the key of the sentence that tells them what to do."""

    def __init__(self, hint: str, **values: object) -> None:
        super().__init__(hint)
        self.hint = hint
        self.values = values


class SourceError(ChatovyiError):
    """What a source sent cannot be read as news; the text says why, in words an admin understands."""


class StoreError(ChatovyiError):
    """The database is locked, newer, broken or not there; the text says what to do."""


class DamagedError(StoreError):
    """The database is broken; the text says what was found, and how a backup is put in its place."""


class ConfigError(ChatovyiError):
    """A setting is missing or wrong; the text says which and what to do."""
