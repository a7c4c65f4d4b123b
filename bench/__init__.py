"""Figures, and the scripts that print them: data, versions, and the ratio to a named peer in one run."""
