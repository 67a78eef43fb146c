"""A page to try things on: drawn on the server, changed by forms, with a script only for comfort.

``site.py`` answers requests, ``door.py`` says whose; ``drawing`` makes HTML of what the store
holds, ``acting`` does what people ask for, ``trial.py`` moves the clock and lets a bot pass.
"""
