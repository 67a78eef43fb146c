"""What the digest and the dashboard are given: from the fullest text to the shortest.

The dashboard shows only what changes when the boards do: no hour of now, no time left until due.
"""

from collections.abc import Iterator

from bot.domain.local_time import local_time
from bot.domain.messages import Dashboard, Digest
from bot.domain.people import first_name
from bot.domain.picture import Picture, Quiet
from bot.text import rows, times
from bot.text.comments import Values
from bot.text.engine import Markdown
from bot.text.rows import Page, Size, section
from bot.text.visible import plain, shortened

_DIGEST = (
    Size(8, 5, 5, 60, 80),
    Size(8, 5, 3, 50, 60),
    Size(8, 4, 3, 45, 60),
    Size(8, 3, 2, 40, 50),
    Size(7, 2, 2, 40, 40),
    Size(5, 2, 1, 35, 40),
    Size(3, 1, 1, 30, 30),
    Size(1, 1, 1, 20, 20),
)
_DASHBOARD = (
    *(Size(most, most, most, 80, 160) for most in (60, 40, 25, 16)),
    *(Size(most, most, most, 50, 80) for most in (10, 6, 3)),
    Size(1, 1, 1, 20, 20),
)


_LONGEST_BOARD = 60
_LONGEST_NAME = 40


def digest(message: Digest) -> Iterator[Values]:
    """Yield the digest with fewer cards in each section, and shorter titles, every time."""
    reader = message.reader
    now = Markdown(times.long_date(message.now, reader.calendar.zone, reader.language))
    year = str(local_time(message.now, reader.calendar.zone).year)
    for size in _DIGEST:
        page = Page(reader, size, year, hours=True)
        shown = _shown(message.picture, page)
        cut = bool(shown["cut"] and message.whole)
        yield {
            **shown,
            **_unreached(message),
            "since": page.day(message.since),
            "now": now,
            "cut": cut,
        }


def _unreached(message: Digest) -> Values:
    """Return whom notices do not reach, the reader apart: never part of the dashboard.

    Only this machine knows it, and what it forgets must not change the card.
    """
    reader, missed = message.reader, message.unreached
    others = [each for each in missed if each.member_id != reader.member_id]
    return {
        "unreached_you": len(others) < len(missed),
        "unreached": [shortened(plain(first_name(each)), _LONGEST_NAME) for each in others[:3]],
    }


def dashboard(message: Dashboard) -> Iterator[Values]:
    """Yield the dashboard with fewer cards in each section, and shorter titles, every time."""
    reader = message.reader
    zone = reader.calendar.zone
    this_year = local_time(message.now, zone).year
    years = {local_time(each, zone).year for each in rows.instants(message.picture)}
    year = str(this_year) if years <= {this_year} else ""
    for size in _DASHBOARD:
        yield _shown(message.picture, Page(reader, size, year))


def _shown(picture: Picture, page: Page) -> Values:
    most = page.size.rows
    sections = {
        "decisions": section(picture.decisions, page.size.decisions, page, rows.decision),
        "late": section(picture.late, most, page, rows.in_hand),
        "risks": section(picture.at_risk, most, page, rows.at_risk),
        "stopped": section(picture.stopped, most, page, rows.stopped),
        "soon": section(picture.soon, most, page, rows.in_hand),
        "delivered": section(picture.delivered, most, page, rows.delivered),
        "loads": section(picture.loads, most, page, rows.load),
        "unlabelled": section(picture.unlabelled, most, page, rows.title),
        "troubled": section(picture.troubled, most, page, rows.title),
    }
    return {**sections, **_counted(picture), "cut": any(each["more"] for each in sections.values())}


def _counted(picture: Picture) -> Values:
    """Return what is told in numbers, and whether there is anything to tell."""
    quiet = picture.quiet
    return {
        "waiting": len(picture.decisions) + bool(picture.held_back),
        "open": sum(len(each.cards) for each in picture.loads),
        "held_back": picture.held_back,
        "preparing": picture.preparing,
        "freed": rows.time(picture.freed),
        "quiet": quiet.held + quiet.paused + quiet.ignored,
        "reasons": sum(bool(each) for each in (quiet.held, quiet.paused, quiet.ignored)),
        "held": quiet.held,
        "paused": quiet.paused,
        "ignored": quiet.ignored,
        "unseen": [shortened(plain(each), _LONGEST_BOARD) for each in picture.unseen[:3]],
        "nothing": not any(
            (
                *(picture.decisions, picture.late, picture.at_risk, picture.stopped),
                *(picture.soon, picture.delivered, picture.loads, picture.unlabelled),
                *(picture.held_back, picture.preparing, picture.troubled, picture.unseen),
                quiet != Quiet(0, 0, 0),
            )
        ),
    }
