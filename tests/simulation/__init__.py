"""The real bot against the sandbox in one process, under virtual time and one seed.

Nothing of the bot is replaced down to the HTTP adapter: planner, executor, state folder, client,
verdicts and pacing are the ones that meet Trello.  The same seed gives the same trace.

Read in this order: `hours` (time), `wire` (requests), `faults` (what goes wrong), `office` and
`scenarios` (on which boards), `run` (one run), `oracle` (what must hold).
"""
