"""The whole run: people, passes and deaths in order, and the ledger of what came of them."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from werkzeug.wrappers import Request

from bot.domain.changes import PostComment
from bot.executor import Effect
from bot.sandbox import Store, VirtualClock
from bot.sandbox.call import Answer
from bot.sandbox.rows import Card
from tests.end_to_end.digests.business import Business
from tests.end_to_end.digests.ledger import Digest, Ledger, Pass, named_in
from tests.end_to_end.digests.owners import Owner
from tests.end_to_end.digests.watch import Death, Look, looks
from tests.end_to_end.faults import Always, Crash, dies, hang_up
from tests.end_to_end.office import Office, Peace
from tests.simulation.office import QuietOffice

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2028, 1, 1, tzinfo=UTC)


def two_years(folder: Path, owner: Owner, seed: int, end: datetime = END) -> Ledger:
    """Live the two years and return what happened."""
    store = Store(VirtualClock(START), seed)
    with closing(QuietOffice(folder, store, owner.language)) as office:
        office.one_way = 0.0
        office.app.windows.enforced = False
        return _Run(office, owner, seed).until(end)


class _Run:
    def __init__(self, office: Office, owner: Owner, seed: int) -> None:
        self._office, self._owner, self._seed = office, owner, seed
        office.settings["people"]["owner"] = owner.configured()
        office.settings["digest"] = {"day": owner.day, "time": owner.time}
        # Boards that move are read at once anyway, and help is no matter here: this spares time.
        office.settings["worker"] = {"reconcile": "24h"}
        office.settings["stall"] = {"after": "200d"}
        self._portfolio = office.add_portfolio()
        self._business = Business(office, owner, seed)
        self._digests: dict[str, Digest] = {}
        self._passes: list[Pass] = []

    def until(self, end: datetime) -> Ledger:
        for look in looks(self._owner, self._seed, end):
            if look.at >= self._office.now:
                self._business.live(look.at)
                self._pass(look)
        return Ledger(
            portfolio=self._portfolio.id,
            handed_over=self._first_hand_over(),
            passes=tuple(self._passes),
            digests=tuple(sorted(self._digests.values(), key=lambda each: each.at)),
            deliveries=tuple(self._business.deliveries),
        )

    def _pass(self, look: Look) -> None:
        office, before = self._office, self._portfolio.desc
        if look.forgets:
            office.fresh_bot(forget=True)
        died = False
        try:
            report = office.apply(**self._death(look.dies))
        except Crash:
            died = True
            office.fresh_bot()
        else:
            assert report.exit_code == 0, f"{look.at}: {report.effects}"
        office.app.faults = Peace()
        self._see_digests()
        self._passes.append(
            Pass(
                at=look.at,
                shown=named_in(self._portfolio.desc),
                true=self._picture(),
                wrote=self._portfolio.desc != before,
                unsent=died and look.dies is Death.UNSENT,
                died=died,
            )
        )

    def _death(self, where: Death | None) -> dict[str, Any]:
        """Return what a pass is handed that dies when it posts a digest."""
        comments = f"/cards/{self._portfolio.id}/actions/comments"
        match where:
            case None:
                return {}
            case Death.UNSENT:
                self._office.app.faults = Always("POST", comments, hang_up)
                return {"settle": dies}
            case Death.UNHEARD:
                self._office.app.faults = _Unheard(comments)
                return {"settle": dies}
            case Death.TOLD:
                return {"seen": self._dies_if_told}

    def _dies_if_told(self, effect: Effect) -> None:
        planned = effect.planned
        if planned.card_id == self._portfolio.id and isinstance(planned.change, PostComment):
            dies()

    def _see_digests(self) -> None:
        """Note the bot's comments on the portfolio card: also one that did not stay."""
        for each in self._office.world.comments(self._portfolio)[-3:]:
            at = datetime.fromisoformat(each.date)
            self._digests[each.id] = Digest(at, cast(str, each.data["text"]))

    def _picture(self) -> frozenset[str]:
        """Return the cards that the dashboard must name by now: open ones and what is new."""
        last = max((each.at for each in self._digests.values()), default=START)
        told = last.replace(second=0, microsecond=0)
        new = {each.card for each in self._business.deliveries if each.at >= told and not each.back}
        return frozenset(each.name for each in self._business.cards if self._is_in(each, new))

    def _is_in(self, card: Card, new: set[str]) -> bool:
        world, words = self._office.world, self._office.words
        if card.closed or words.labels["hold"] in world.labels(card):
            return False
        if card.due_complete or world.store.lists[card.id_list].name == words.lists[3]:
            return card.name in new
        return self._business.is_followed(card)

    def _first_hand_over(self) -> datetime:
        world, robot = self._office.world, self._office.robot.id
        return min(
            datetime.fromisoformat(each.date)
            for card in self._business.cards
            for each in world.comments(card)
            if each.id_member_creator == robot
        )


class _Unheard(Peace):
    """A comment on one card is posted, and its answer lost."""

    def __init__(self, part: str) -> None:
        self._part = part

    def after(self, request: Request, answer: Answer) -> Answer | None:
        super().after(request, answer)
        if request.method == "POST" and self._part in request.path:
            hang_up()
        return None
