"""Short sentences by name, in both languages: reasons in plans, labels of reports."""

from collections.abc import Mapping

from bot.domain.changes import Reason
from bot.domain.model import Language


class Phrases:
    """The phrase files ``templates/messages/{fr,en}/phrases.yaml``, read once."""

    def __init__(self, by_language: Mapping[Language, Mapping[str, str]]) -> None:
        self._by_language = by_language

    def say(self, name: str, language: Language, /, **values: str) -> str:
        """Return the sentence; its values stand in braces in the file."""
        return self._by_language[language][name].format_map(values)

    def reason(self, reason: Reason, language: Language) -> str:
        """Return why something happens or does not."""
        return self.say(reason.code, language, **reason.values)
