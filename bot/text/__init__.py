"""Messages and briefs into French and English.

May live here: templates' rendering, dates as people write them, making text from cards harmless.
May not: decisions, I/O (templates are handed in), the clock.
"""
