"""Settings: what an operator may choose."""
