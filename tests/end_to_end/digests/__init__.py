"""Two years of weekly digests: the real bot, one small business, whatever befalls its worker.

The business is small on purpose: a card every fortnight, and one that stays in hand all year.
The worker is not: it is down when the digest is due, for minutes or for weeks, dies while it posts,
and starts anew with an empty disk.  ``watch.py`` says when, ``business.py`` what people do.

What comes of it is written down as plain facts (``ledger.py``) and held against an oracle
(``oracle.py``) that reckons for itself when each digest was due (``reckoning.py``), minute by
minute, and shares nothing with the bot.
"""
