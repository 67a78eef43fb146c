"""The simulated year: one small business, the real bot, and every day of 2026.

The bot is the real one, from planner to socket; only the clock is virtual.
The people are scripted and seeded, and know the bot only by what it posts on the board.

People behave in these shares.  They were lowered once after a look at the figures (``tasks.py``
says how), so the figures speak for people such as these and for no others:

- 65 % of the cards go smoothly: the notes are complete, the work is begun in time and takes 60 to
  110 % of the stated workload, the result comes with a link, and nobody changes their mind.
- 10 % raise a question, at the start or half-way; the assistant waits for the answer.
- 6 % get stuck half-way: nothing is said until somebody asks.
- 8 % are forgotten: nothing happens until somebody asks.
- 8 % take 1.6 to 2.6 times the workload.
- 3 % find nobody at the other end: no answer to anything.

The 35 % that do not go smoothly also take troubles, each by a chance of its own (``tasks.py``):
incomplete notes, core business, held cards, changes after hand-over, snoozes, silences, questions
to the bot, mistyped commands, deliveries of nothing, rework, reassignment, archiving, a lost label.
Four cards around the clock changes are forgotten on purpose, whatever these shares would give.
One card in ten is written at an odd hour, one in seven is important.
Half of the cards with a date of the owner's are begun at once, the others after up to half of the
time; whoever is asked begins.  One card in four is of no special kind.
The owner answers within half a day in 55 % of the cases, the next day or the one after in 30 %,
and later in 15 %; assistants answer nine in ten requests, within half a day.
Seven deliveries in ten come as each brief asks, with a comment that mentions the owner; the others
half with a comment that mentions nobody, half with an attachment alone.

``python -m tests.end_to_end.year`` writes TIMELINE.md anew.
"""
