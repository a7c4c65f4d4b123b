"""The one table of what asks for which role: every command, button and awaited text, looked into at each of them."""

from collections.abc import Mapping

from core.role import Role

ADMIN_COMMANDS = ("health", "log", "team")
"""In the menus of those who may give them, after everybody's."""

LEAST: Mapping[str, Role | None] = {
    # Lists are read and followed by everybody whom their buttons name the word of their link.
    "/lists": None,
    "lists": None,
    "list_open": None,
    "list_follow": None,
    "list_leave": None,
    "list_when": None,
    "list_rhythm": None,
    "list_lines": None,
    "list_line": None,
    "list_link": None,
    "list_new": "editor",
    "list_edit": "editor",
    "list_add": "editor",
    "list_name": "editor",
    "list_about": "editor",
    "list_icon": "editor",
    "list_public": "editor",
    "list_strike": "editor",
    "line_strike": "editor",
    "list_discard": "editor",
    "list_effect": "editor",
    "list_publish": "editor",
    "list_remove": "editor",
    "/health": "viewer",
    "health": "viewer",
    "source": "viewer",
    "source_check": "editor",
    "source_stop": "editor",
    "source_move": "editor",
    "source_moved": "editor",
    "upload": "editor",
    "undo": "editor",
    "/log": "viewer",
    "log": "viewer",
    "/team": "owner",
    "team": "owner",
    "invite": "owner",
    "holder": "owner",
    "grant": "owner",
    "undo_role": "owner",
    "parts": "editor",
    "split": "editor",
    "unions": "editor",
    "union": "editor",
}
"""A command with its stroke, a button or an awaited text by its word. What acts on more than the chat it comes from
stands here, and nothing that stands here is done by anybody else."""

UNDER = frozenset({"parts", "unions"})
"""Buttons whose answer is a message of its own: theirs goes on being edited by what happens."""

OPEN = frozenset(
    """/start /help /follow /list /search /status /export /import /language /stop where manage again
    look past why follow refuse change list remove mute language forget keep
    card when rhythm at day night quiet loud zones zone edit rename pauses pause unpause share
    interests interest story alert wrong less enough unmute suggest""".split()
)
"""Everybody's: these act on the chat they come from alone, or on one of which Telegram says that they administer it."""
