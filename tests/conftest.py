"""One profile for all property tests: machines are shared and slow, so no example is timed."""

from hypothesis import settings

settings.register_profile("shared machines", deadline=None)
settings.load_profile("shared machines")
