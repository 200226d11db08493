"""How the reader is trained: not part of the installed package."""
