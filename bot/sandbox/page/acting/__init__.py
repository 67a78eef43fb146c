"""What people do on the page: each act goes through the transitions that the API uses.

An act is a function of a form and of what it was sent about; it returns the part of the page to
come back to.
"""
