"""The readable end of a card's or board's address."""

import re
import unicodedata


def slug(name: str) -> str:
    """Return ``name`` in plain letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
