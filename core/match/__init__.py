"""Which queries an article answers, and with which words.

Read in this order: `port` (what an engine takes and gives), `evaluate` (one article against one query, the rules),
`plain` (the engine for reading), `fast` (the engine of tables), `missing` (why not).
"""
