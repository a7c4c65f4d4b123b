"""Story grouping on labelled streams, against simpler measures."""
