"""Kinds of task of an owner's own, written beside the configuration."""

from pathlib import Path

from tests.end_to_end.office import Office

FILE = b"Devis n\xc2\xb0 ...\r\n"

QUOTE = """---
names: {fr: Devis, en: Quote}
keywords: {fr: [devis], en: [quote]}
links: [https://example.com/tarifs]
files: [modele.txt]
fr:
  objective: "Un devis signé."
  method:
    - {do: "Relever les mesures", time: 30m}
    - {do: "Chiffrer", time: 1h30}
en:
  objective: "A signed quote."
  method:
    - {do: "Take the measures", time: 30m}
    - {do: "Work out the price", time: 1h30}
---
"""


def add_quotes(office: Office) -> None:
    """Give the owner a kind with a file and a link."""
    add_kind(office, "devis", QUOTE)
    add_file(office.folder / "briefs", "devis")


def add_file(folder: Path, kind: str) -> None:
    """Put a file into the folder of a kind."""
    (folder / kind).mkdir()
    (folder / kind / "modele.txt").write_bytes(FILE)


def add_kind(office: Office, name: str, text: str) -> None:
    """Write the file of a kind and tell the configuration where it stands."""
    folder = office.folder / "briefs"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    office.settings["briefs"] = {"folder": str(folder)}
