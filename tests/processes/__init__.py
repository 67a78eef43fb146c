"""The real program in processes of its own, and what befalls processes and sockets.

Here the bot is what an owner starts: ``python -m bot apply`` and ``worker`` with a configuration
file and an environment, over HTTP, against a sandbox that this process serves.  It is killed or
told to stop at a chosen moment of a chosen request, or at a random one; it runs twice at once; its
connections break below HTTP.  What is compared afterwards is the board.

``python -m tests.processes --minutes 10`` is the long campaign; it writes RESULTS.md.
"""
