"""A delegation bot for Trello: a labelled card becomes a brief in an assistant's hands.

Start reading in :mod:`bot.cycle` (one pass), with ``ARCHITECTURE.md`` beside it.
"""

__version__ = "0.1.0.dev0"
