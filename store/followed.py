"""Statements over who follows which query: by a subscription of their own, or by a list."""

# In the form of `subscription`. No view: with one, SQLite's `quick_check` leaves out the list of free pages.
_LISTED = """(SELECT 1000000000000 + n.id AS id, f.bot_id, f.chat_id, f.thread_id, n.query_id,
                     l.name || ' – ' || n.label AS label, f.paused, NULL AS paused_until, f.rhythm, f.at_minute,
                     f.weekday, CASE WHEN n.urgent = 1 THEN 1 ELSE f.urgent END AS urgent, f.interest
              FROM list_line n
              JOIN list_follower f ON f.list_id = n.list_id
              JOIN watch_list l ON l.id = n.list_id
              WHERE n.state <> 'added' AND l.removed = 0
                AND NOT EXISTS (SELECT 1 FROM left_out o WHERE o.follower_id = f.id AND o.query_id = n.query_id))"""


def either(statement: str) -> str:
    """The statement over `FOLLOWED u`, once for each kind of following: each by its own indices, which one over both
    would not be.
    """
    return " UNION ALL ".join(statement.replace("FOLLOWED", kind) for kind in ("subscription", _LISTED))
