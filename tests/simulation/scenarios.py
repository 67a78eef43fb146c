"""Boards on which something is due: each change that the bot makes stands on at least one."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from bot.sandbox.rows import Card
from tests.end_to_end.kinds import add_quotes
from tests.end_to_end.moments import LONG, MOMENTS, handed_over
from tests.end_to_end.scenarios import SCENARIOS as BOARDS
from tests.simulation.office import Kept, QuietOffice, opened

Scenario = Callable[[QuietOffice], object]


def hand_over(office: QuietOffice) -> None:
    """A card that gets everything: brief, two checklists, link, file, assistant, comment."""
    add_quotes(office)
    office.delegate("Devis du toit", "Notes de Paul m0001\r\n\npièces : https://example.com/plan")


def two_cards(office: QuietOffice) -> None:
    """Two complete cards: what befalls one must not touch the other."""
    office.complete("Trouver un plombier")
    office.delegate("Trouver un couvreur", f"Il pleut m0002\n\n{LONG}")


def asked_again(office: QuietOffice) -> None:
    """A question about blanks that is answered in part: it is edited."""
    card = office.delegate("Appeler le plombier", "Voir avec lui m0003")
    office.later()
    office.settled()
    office.paul.comment(card, "charge : 45 min")
    office.later()


def answered(office: QuietOffice) -> None:
    """A question about blanks that is answered in full: the card is handed over."""
    asked_again(office)
    office.settled()
    card = office.world.card_named(office.board, "Appeler le plombier")
    office.paul.comment(card, "méthode :\n- chercher son numéro\n- appeler")
    office.later()


def core_agreed(office: QuietOffice) -> None:
    """A core task that its owner lets go of."""
    card = office.delegate("Négocier le bail", LONG, labels=[office.words.labels["core"]])
    office.settled()
    office.later(10)
    office.paul.comment(card, "/go")


def digest(office: QuietOffice) -> None:
    """A portfolio card on which the week's digest and the dashboard are due."""
    folio = office.add_portfolio()
    office.paul.describe(folio, "Mes notes sur tout cela m0004")
    handed_over(office)
    office.at("2026-11-30 09:30")


def another_card(office: QuietOffice) -> None:
    """A card more, minutes after a dashboard was written: the next one has to wait."""
    office.add_portfolio()
    handed_over(office)
    office.later(2)
    office.delegate("Trouver un couvreur", LONG)


def reassigned(office: QuietOffice) -> None:
    """A card that its owner gave to somebody else."""
    lea = office.world.add_person("lea", "Léa Martin")
    office.world.invite(office.board, lea)
    office.settings["people"]["assistants"].append({"username": "lea"})
    card = handed_over(office)
    office.later(60)
    office.paul.unassign(card, office.mel)
    office.paul.assign(card, lea)


def shared_account(office: QuietOffice) -> None:
    """The owner's own account: only application and reference tell the bot's comments."""
    office.use(office.world.grant(office.paul))
    office.delegate("Trouver un plombier", f"Pour la cave m0005\n\n{LONG}")


def shared_account_stalled(office: QuietOffice) -> None:
    """Work has stopped on a card of an owner who shares their account with the bot."""
    shared_account(office)
    office.settled()
    card = office.world.card_named(office.board, "Trouver un plombier")
    office.paul.set_due(card, office.now.replace(month=12, day=11))
    office.at("2026-11-27 09:00")


def shared_account_doubled(office: QuietOffice) -> None:
    """The bot's comment stands twice, on an account that a person uses too."""
    shared_account(office)
    office.settled()
    card = office.world.card_named(office.board, "Trouver un plombier")
    hands = office.paul.through(office.grant.id_app)
    hands.comment(card, office.world.texts(card)[0])
    office.later(10)


def two_helpers(office: QuietOffice) -> None:
    """A brief that names one of two assistants, who has since got much else to do.

    The bot was stopped after the description: what it has decided stays decided.
    """
    lea = office.world.add_person("lea", "Léa Martin")
    office.world.invite(office.board, lea)
    office.settings["people"]["assistants"].append({"username": "lea"})
    card = office.delegate("Trouver un plombier", LONG)
    left = iter([True])
    office.apply(going_on=lambda: next(left, False))
    office.paul.label(card, office.words.labels["hold"])
    # Paul's own choice, so that nothing here rests on how the bot chooses.
    office.delegate("Ranger la cave", LONG.replace("12h", "30h"), members=[office.mel])
    office.settled()
    office.paul.unlabel(card, office.words.labels["hold"])
    office.delegate("Trouver un couvreur", LONG)


def approved(office: QuietOffice) -> None:
    """More cards than the limit allows, and the owner's ``/go``."""
    BOARDS["crowd"](office)
    office.settled()
    office.later(10)
    folio = office.world.card_named(office.board, office.words.portfolio)
    office.paul.comment(folio, "/go")


def check_in_with_untick(office: QuietOffice) -> None:
    """A check-in that takes back the answer to an earlier one."""
    MOMENTS["check_in"](office)


_OWN: tuple[Scenario, ...] = (
    hand_over,
    two_cards,
    asked_again,
    answered,
    core_agreed,
    digest,
    another_card,
    reassigned,
    shared_account,
    shared_account_stalled,
    shared_account_doubled,
    two_helpers,
    approved,
)
SCENARIOS: Mapping[str, Scenario] = {
    **{each.__name__: each for each in _OWN},
    **{name: MOMENTS[name] for name in MOMENTS},
    **{
        name: BOARDS[name]
        for name in ("incomplete", "core", "crowd", "crossed", "copied", "doubled")
    },
}
DOUBLED = {"doubled", "shared_account_doubled"}
"""Scenarios on whose boards a comment stands twice from the start."""
PLAIN = {"hand_over", "two_cards", "core_agreed", "shared_account", "core"}
"""Scenarios on which a remark of the assistant's changes nothing of what the bot has to say."""


@cache
def prepared(name: str, folder: Path) -> Kept:
    """Return the board of a scenario, made once."""
    office = opened(folder / name)
    SCENARIOS[name](office)
    moment = office.keep()
    office.close()
    return moment


def cards_of(office: QuietOffice) -> list[Card]:
    """Return all cards of the office's boards, in a fixed order."""
    return sorted(office.app.store.cards.values(), key=lambda each: each.id)
