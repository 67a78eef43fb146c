"""The bot as it really is, on a sandbox of this very process, for the demonstration and the page.

``configuration`` writes down what an owner would, ``work`` lets the bot make a pass; ``trial``
hands the bot to the sandbox's page, and ``retelling`` what each of its passes did.
"""
