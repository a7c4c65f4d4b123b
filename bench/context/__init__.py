"""How the weights of `core.context` are learned."""
