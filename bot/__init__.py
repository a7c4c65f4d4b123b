"""People: what they write is heard and answered, what concerns them is carried to them."""
