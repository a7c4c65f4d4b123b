"""News in: sources visited, what they say parsed, articles taken in."""
