"""Memory: the SQL that both engines speak, and the engines."""
