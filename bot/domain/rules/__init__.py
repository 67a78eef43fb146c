"""One module per rule; none imports another.

A rule is a function of one card and the situation that yields verdicts: changes it wants, or the
reason why it leaves the card alone.
"""
