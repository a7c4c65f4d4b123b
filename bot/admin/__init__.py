"""What people with a role do in Telegram: the team, watch lists, sources, and the log of all changes."""
