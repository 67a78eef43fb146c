"""``python -m bot``: the same as ``delegate-bot``."""

from bot.cli import main

main()
