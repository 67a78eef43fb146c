"""The pure core: what a board shows, and what follows from it.

May live here: frozen structs and functions of their arguments.
May not: I/O, the clock, anything but the standard library and msgspec.
"""
