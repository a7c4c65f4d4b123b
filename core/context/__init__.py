"""Which word is this homonym, by the words around it?

A form such as «стали» belongs to several lexemes. A small log-linear model weighs its readings by how frequent each
lexeme is and by two or three words on either side; it is asked about one word, and tags nothing else of the text.
"""

from core.context.model import ContextModel
from core.context.window import Window, window_of

__all__ = ["ContextModel", "Window", "window_of"]
