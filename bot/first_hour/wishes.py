"""What the command line says beforehand, so that it need not be asked."""

from msgspec import Struct

from bot.domain.model import Language


class Wishes(Struct, frozen=True):
    """Answers given as options; what is missing is asked, or with ``yes`` taken as proposed."""

    yes: bool = False
    language: Language | None = None
    timezone: str | None = None
    boards: tuple[str, ...] = ()
    """Addresses, short links, ids or names."""
    lists: tuple[str, ...] = ()
    """Each ``ROLE=NAME``."""
    owner: str | None = None
    assistants: tuple[str, ...] = ()
    """Each a user name, or ``NAME=ZONE``."""
    public_url: str | None = None
    without_notices: bool = False

    @property
    def describe(self) -> bool:
        """Whether anything is said that only a new configuration can hold."""
        said = (
            self.language,
            self.timezone,
            self.owner,
            *self.boards,
            *self.lists,
            *self.assistants,
        )
        return any(said) or self.without_notices
