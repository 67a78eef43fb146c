"""A bot on trial: the page lets it pass, and shows what it wrote with its reasons."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox import AheadClock, VirtualClock
from bot.sandbox.page.passes import LeftAlone, Mark, Pass, Said, Written
from bot.sandbox.page.trial import MOST_PASSES
from tests.unit.sandbox.forms import Reader
from tests.unit.sandbox.shop import Shop

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def said(text: str) -> Said:
    return {"fr": text, "en": f"{text} (en)"}


@dataclass
class Robot:
    """A bot that comments at each pass and says when it wants to look again."""

    shop: Shop
    wants: list[datetime] = field(default_factory=list)
    silent: bool = False
    problem: str = ""

    def look(self) -> Pass:
        now, card = self.shop.world.clock(), self.shop.card
        later = min((each for each in self.wants if each > now), default=None)
        if self.silent or self.problem:
            why = LeftAlone(card.id, said("Relance"), said("trop tôt"), later)
            return Pass(now, (), (why,), later, self.problem)
        text = f"passage {now:%d %H:%M}"
        self.shop.robot.comment(card, text)
        return Pass(now, (wrote(card.id, ("comment", text)),), (), later)


def wrote(card: str, *marks: Mark) -> Written:
    return Written(card, said("commente"), said("c’est l’heure"), marks)


def on_trial(shop: Shop, robot: Robot) -> Reader:
    trial = shop.app.site.trial
    trial.worker, trial.robot, trial.zone = robot, "robot", "Europe/Paris"
    trial.zones = {"paul": "Europe/Paris", "mel": "Indian/Antananarivo"}
    return Reader(shop.app, f"/b/{shop.board.short_link}?lang=fr")


def back(shop: Shop, reader: Reader) -> Reader:
    reader.open(f"/c/{shop.card.short_link}?lang=fr")
    return reader


def test_a_pass_is_made_a_minute_later(shop: Shop) -> None:
    sent = on_trial(shop, Robot(shop)).step("pass")
    assert sent.headers["Location"].endswith("#bot")
    assert shop.world.clock() == START + MINUTE
    assert shop.world.texts(shop.card) == ["passage 23 08:01"]


@pytest.mark.parametrize(
    ("step", "end"),
    [("hour", START + HOUR), ("day", START + DAY), ("monday", START)],
)
def test_the_clock_moves_on_and_the_bot_passes_on_the_way(
    shop: Shop, step: str, end: datetime
) -> None:
    wants = [START + 10 * MINUTE, START + 5 * HOUR]
    on_trial(shop, Robot(shop, wants)).step(step)
    # Monday is at nine o'clock in Paris, and that is now: the next one is in a week.
    end = end if step != "monday" else START + 7 * DAY
    assert shop.world.clock() == end
    passes = [START + MINUTE, *(each for each in wants if each < end), end]
    assert shop.world.texts(shop.card) == [f"passage {each:%d %H:%M}" for each in passes]


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T08:00", "2026-11-30T08:00"),
        ("2026-11-29T22:59", "2026-11-30T08:00"),
        ("2026-11-29T23:30", "2026-11-30T08:00"),
        ("2026-10-20T12:00", "2026-10-26T08:00"),
        ("2026-10-18T12:00", "2026-10-19T07:00"),
    ],
)
def test_monday_begins_at_nine_where_the_owner_lives(shop: Shop, now: str, monday: str) -> None:
    shop.store.clock = VirtualClock(datetime.fromisoformat(f"{now}+00:00"))
    on_trial(shop, Robot(shop, silent=True)).step("monday")
    assert f"{shop.world.clock():%Y-%m-%dT%H:%M}" == monday


def test_a_bot_that_always_wants_to_look_again_is_not_waited_for_for_ever(shop: Shop) -> None:
    wants = [START + timedelta(seconds=each) for each in range(0, 86_400, 30)]
    on_trial(shop, Robot(shop, wants)).step("day")
    assert shop.world.clock() == START + DAY
    assert len(shop.world.texts(shop.card)) == MOST_PASSES + 2


def test_a_pass_that_fails_says_why_and_the_clock_moves_all_the_same(shop: Shop) -> None:
    reader = on_trial(shop, Robot(shop, [START + HOUR], problem="no <such> board"))
    reader.step("day")
    assert shop.world.clock() == START + DAY
    assert "no &lt;such&gt; board" in reader.page


def test_without_a_bot_the_clock_moves_and_no_button_lets_one_pass(shop: Shop) -> None:
    reader = Reader(shop.app, f"/b/{shop.board.short_link}")
    assert 'value="pass"' not in reader.page
    assert 'id="bot"' not in reader.page
    reader.step("hour")
    assert shop.world.clock() == START + HOUR
    action, values = reader.form("add_list")
    assert reader.client.post(action, data=values | {"act": "pass"}).status_code == 400


def test_a_clock_that_cannot_be_moved_has_no_buttons(shop: Shop) -> None:
    shop.store.clock = lambda: START
    reader = Reader(shop.app, f"/b/{shop.board.short_link}")
    assert 'value="hour"' not in reader.page
    action, values = reader.form("add_list")
    assert reader.client.post(action, data=values | {"act": "hour"}).status_code == 400


def test_the_hour_is_shown_for_the_owner_and_for_who_lives_elsewhere(shop: Shop) -> None:
    reader = on_trial(shop, Robot(shop))
    assert "lun. 23 nov. 09:00 Paris" in reader.words
    assert "Antananarivo" not in reader.words
    reader.open(f"/b/{shop.board.short_link}?lang=fr&as=mel")
    assert "11:00 Antananarivo" in reader.words
    shop.world.advance(timedelta(hours=14))
    reader.open(f"/b/{shop.board.short_link}?lang=fr&as=mel")
    assert "mar. 24 nov. 01:00 Antananarivo" in reader.words


# What is shown


@pytest.mark.parametrize(
    ("lang", "reason"), [("fr", "c’est l’heure"), ("en", "c’est l’heure (en)")]
)
def test_what_the_bot_wrote_is_highlighted_with_its_reason(
    shop: Shop, lang: str, reason: str
) -> None:
    reader = on_trial(shop, Robot(shop))
    reader.step("pass")
    for path in (f"/b/{shop.board.short_link}", f"/c/{shop.card.short_link}"):
        reader.open(f"{path}?lang={lang}")
        assert reason in reader.words
        assert " fresh" in reader.page


def test_what_it_wrote_before_its_last_round_is_highlighted_no_more(shop: Shop) -> None:
    robot = Robot(shop)
    reader = on_trial(shop, robot)
    reader.step("pass")
    robot.silent = True
    reader.step("pass")
    assert "Le robot est passé et n’avait rien à dire" in reader.words
    assert " fresh" not in reader.page
    assert " fresh" not in back(shop, reader).page


def test_all_passes_of_a_round_are_told_with_their_hours(shop: Shop) -> None:
    reader = on_trial(shop, Robot(shop, [START + 3 * HOUR]))
    reader.step("day")
    for hour in ("lun. 23 nov. 09:01", "lun. 23 nov. 12:00", "mar. 24 nov. 09:00"):
        assert f"<time>{hour}</time>" in reader.page


def test_why_nothing_was_done_is_told_on_the_board_and_on_the_card(shop: Shop) -> None:
    reader = on_trial(shop, Robot(shop, [START + DAY], silent=True))
    reader.step("pass")
    reason = "trop tôt (pas avant mar. 24 nov. 09:00 )"
    assert f"Facture Dubois {reason}".replace(" )", ")") in reader.words.replace(" )", ")")
    assert "Relance trop tôt" in back(shop, reader).words


def test_of_several_reasons_the_board_tells_what_comes_next(shop: Shop) -> None:
    ids = shop.card.id
    alone = (
        LeftAlone(ids, said("Brief"), said("déjà confiée")),
        LeftAlone(ids, said("Aide"), said("plus tard"), START + DAY),
        LeftAlone(ids, said("Relance"), said("bientôt"), START + HOUR),
    )

    class Waiting(Robot):
        def look(self) -> Pass:
            return Pass(START, (), alone)

    reader = on_trial(shop, Waiting(shop))
    reader.step("pass")
    assert "Facture Dubois bientôt" in reader.words
    assert "déjà confiée" not in reader.words
    assert "déjà confiée" in back(shop, reader).words


def test_a_card_that_the_last_pass_wrote_on_is_not_among_those_it_left_alone(shop: Shop) -> None:
    class Both(Robot):
        def look(self) -> Pass:
            alone = LeftAlone(shop.card.id, said("Aide"), said("plus tard"))
            return Pass(START, (wrote(shop.card.id),), (alone,))

    reader = on_trial(shop, Both(shop))
    reader.step("pass")
    assert "plus tard" not in reader.words
    assert "Aide plus tard" in back(shop, reader).words


def test_a_card_that_the_bot_does_not_look_at_says_so(shop: Shop) -> None:
    other = shop.paul.add_card(shop.todo, "autre")
    reader = on_trial(shop, Robot(shop))
    reader.step("pass")
    reader.open(f"/c/{other.short_link}?lang=fr")
    assert "Le robot ne regarde pas cette carte" in reader.words


def test_a_card_of_another_board_or_one_that_is_gone_is_not_told_here(shop: Shop) -> None:
    other = shop.paul.add_board("Ailleurs", lists=["x"])
    list_ = shop.world.list_named(other, "x")
    card, other_card = (shop.paul.add_card(list_, name) for name in ("secret", "secret aussi"))

    class Elsewhere(Robot):
        def look(self) -> Pass:
            alone = [LeftAlone(each, said("x"), said("tue")) for each in ("0" * 24, other_card.id)]
            return Pass(START, (wrote(card.id), wrote("0" * 24)), tuple(alone))

    reader = on_trial(shop, Elsewhere(shop))
    reader.step("pass")
    assert "secret" not in reader.words
    assert "tue" not in reader.words


class Filling(Robot):
    """A bot that writes one part of each kind."""

    def look(self) -> Pass:
        card, robot = self.shop.card, self.shop.robot
        robot.describe(card, f"{card.desc}\n\n**Brief**")
        robot.set_due(card, START + DAY)
        robot.set_start(card, START)
        robot.label(card, "important")
        robot.assign(card, self.shop.mel)
        robot.attach(card, "https://a.example", "Guide")
        robot.add_checklist(card, "Étapes", ["un"])
        robot.react(next(iter(self.shop.world.comments(card))))
        marks: list[Mark] = [
            *(("desc", ""), ("due", ""), ("start", ""), ("label", "important"), ("member", "mel")),
            *(("attachment", "Guide"), ("checklist", "Étapes"), ("item", "deux")),
            ("reaction", self.shop.world.comments(card)[0].id),
        ]
        return Pass(START, tuple(wrote(card.id, each) for each in marks))


def test_every_part_that_the_bot_wrote_stands_out_and_nothing_else_does(shop: Shop) -> None:
    shop.mel.comment(shop.card, "ok")
    shop.paul.label(shop.card, "delegate")
    shop.paul.attach(shop.card, "https://b.example", "Autre")
    shop.paul.add_checklist(shop.card, "Avant", ["deux", "trois"])
    reader = on_trial(shop, Filling(shop))
    reader.step("pass")
    page = back(shop, reader).page
    assert page.count('fresh"') == 9
    for part in ("important", "Mel Rakoto", "Guide", "Étapes", "deux"):
        before = page.partition('class="back-head"')[2].partition(part)[0]
        assert before.count('fresh"') >= 1, part
    assert "<p>pour lundi</p>" in page.partition('<div class="fresh">')[0]
    assert "Brief" in page.partition('<div class="fresh">')[2]


def test_several_deeds_of_one_kind_are_told_once_and_counted(shop: Shop) -> None:
    class Twice(Robot):
        def look(self) -> Pass:
            return Pass(START, tuple(wrote(shop.card.id) for _ in range(7)))

    reader = on_trial(shop, Twice(shop))
    reader.step("pass")
    assert "commente ×&#8239;7 c’est l’heure" in reader.words


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("", "brief", ""),
        ("notes", "notes\n\nbrief", "notes"),
        ("a\n\nb", "a\n\nc", "a"),
        ("notes", "notes of others", ""),
    ],
)
def test_of_a_description_only_what_is_new_stands_out(
    shop: Shop, old: str, new: str, kept: str
) -> None:
    class Describing(Robot):
        def look(self) -> Pass:
            now = shop.world.clock()
            shop.robot.describe(shop.card, "a first draft")
            shop.robot.describe(shop.card, new)
            return Pass(now, (wrote(shop.card.id, ("desc", "")),))

    shop.paul.describe(shop.card, "x")
    shop.paul.describe(shop.card, old)
    reader = on_trial(shop, Describing(shop))
    reader.step("pass")
    section = back(shop, reader).page.partition('id="description"')[2].partition("</section>")[0]
    before = section.partition('<div class="fresh">')[0].partition("<details")[0]
    for paragraph in kept.split("\n\n"):
        assert paragraph in before
    assert section.count('<div class="fresh">') == 1


# A clock that goes on by itself


def test_a_clock_set_ahead_goes_on_and_never_back() -> None:
    real = VirtualClock(START)
    hours = [START]
    clock = AheadClock(lambda: hours[-1])
    assert clock.advance(HOUR) == START + HOUR
    hours.append(real.advance(MINUTE))
    assert clock() == START + HOUR + MINUTE
    assert clock.move_to(START) == START + HOUR + MINUTE
    assert clock.move_to(START + DAY) == START + DAY
    hours.append(START)
    assert clock() == START + DAY
    with pytest.raises(ValueError, match="does not go back"):
        clock.advance(-MINUTE)
