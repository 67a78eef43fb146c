"""The first hour of an installation: the conversation that ``setup`` holds.

Questions stand in ``templates/messages/{fr,en}/setup.yaml``; what is proposed follows purely from
the boards (``proposals.py``) and becomes a configuration as data (``draft.py``).  Nothing is
written before everything has been asked and shown.
"""
