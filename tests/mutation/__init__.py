"""Mutation testing: does a test fail when the program is changed a little?

``python -m tests.mutation`` changes one place at a time, runs the tests that reach it, and writes
RESULTS.md.  Read `operators` for what is changed, `server` for how it is run, `living.toml` for the
changes that no test can notice, each with its reason.
"""
