"""What reading and writing cost, beside the sweeps that other tools make: ``make bench``.

Waiting is virtual: latency and limits pass on a clock that jumps, so that a sweep of 25,000
requests takes no real hour.  CPU and memory are real, each figure from a process of its own in
which nothing runs but what is measured: the sandbox answers from the process that started it, and
the largest boards are answers in files.
"""
