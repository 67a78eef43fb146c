"""The JSON schema with which editors complete and check the configuration file.

``python -m bot.settings.schema`` prints it; ``config/bot.schema.json`` keeps it.
"""

import ast
import inspect
import json
import sys
from itertools import pairwise
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from bot.settings.model import Section, Settings

_SPOKEN = {"description", "default", "title"}


class _EditorSchema(GenerateJsonSchema):
    """Tells what each key is for, and lets those that may be left out stand without a value too."""

    def model_schema(self, schema: Any) -> dict[str, Any]:
        """Describe each key in the words that stand below it.

        Pydantic could, but would read its source again whenever the program starts.
        """
        found = super().model_schema(schema)
        for each in reversed(schema["cls"].mro()):
            if issubclass(each, Section):
                for key, words in _words_below(each).items():
                    found["properties"][key]["description"] = words
        return found

    def model_field_schema(self, schema: Any) -> dict[str, Any]:
        """Allow null beside what the field says, if it has a default."""
        found = super().model_field_schema(schema)
        has_default = schema["schema"]["type"] == "default"
        if not has_default or {"type": "null"} in found.get("anyOf", ()):
            return found
        rule = {key: each for key, each in found.items() if key not in _SPOKEN}
        spoken = {key: each for key, each in found.items() if key in _SPOKEN}
        return {"anyOf": [rule, {"type": "null"}], **spoken}


def _words_below(section: type[Section]) -> dict[str, str]:
    (source,) = ast.parse(inspect.getsource(section)).body
    found: dict[str, str] = {}
    for key, below in pairwise(source.body if isinstance(source, ast.ClassDef) else ()):
        match key, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                found[name] = inspect.cleandoc(words)
            case _:
                pass  # a validator, or a key that its type describes
    return found


def schema_text() -> str:
    """Return the schema as it stands in ``config/bot.schema.json``."""
    schema = Settings.model_json_schema(mode="validation", schema_generator=_EditorSchema)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
