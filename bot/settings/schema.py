"""The JSON schema with which editors complete and check the configuration file.

``python -m bot.settings.schema`` prints it; ``config/bot.schema.json`` keeps it.
"""

import json
import sys
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from bot.settings.model import Settings

_SPOKEN = {"description", "default", "title"}


class _EditorSchema(GenerateJsonSchema):
    """Lets every key that may be left out stand without a value too."""

    def model_field_schema(self, schema: Any) -> dict[str, Any]:
        """Allow null beside what the field says, if it has a default."""
        found = super().model_field_schema(schema)
        has_default = schema["schema"]["type"] == "default"
        if not has_default or {"type": "null"} in found.get("anyOf", ()):
            return found
        rule = {key: each for key, each in found.items() if key not in _SPOKEN}
        spoken = {key: each for key, each in found.items() if key in _SPOKEN}
        return {"anyOf": [rule, {"type": "null"}], **spoken}


def schema_text() -> str:
    """Return the schema as it stands in ``config/bot.schema.json``."""
    schema = Settings.model_json_schema(mode="validation", schema_generator=_EditorSchema)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
