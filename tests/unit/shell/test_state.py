"""The state folder: a lease, a clean end, posted references; losing it loses next to nothing."""

import logging
import threading
from datetime import UTC, datetime, timedelta
from itertools import islice, product
from pathlib import Path

import pytest
from filelock import FileLock

from bot.ports import StopError
from bot.state import POSTED_KEPT, LeaseHeldError, StateFolder, default_folder

REF = "k7q2mz6xda"


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    return StateFolder(tmp_path / "state")


def test_a_new_folder_knows_nothing_and_is_not_made_by_asking(tmp_path: Path) -> None:
    state = StateFolder(tmp_path / "state")
    assert state.ended_cleanly() is None
    assert state.remembered() == frozenset()
    assert not (tmp_path / "state").exists()


def test_a_run_that_has_not_ended_did_not_end_cleanly(state: StateFolder) -> None:
    state.begin()
    assert state.ended_cleanly() is False
    state.end()
    assert state.ended_cleanly() is True
    state.begin()
    assert state.ended_cleanly() is False


def test_a_run_that_begins_nothing_ends_cleanly_too(state: StateFolder) -> None:
    state.end()
    assert state.ended_cleanly() is True


def test_posted_references_are_remembered_by_the_next_process(tmp_path: Path) -> None:
    StateFolder(tmp_path).posted(REF)
    StateFolder(tmp_path).posted("aaaaaaaaaa")
    assert StateFolder(tmp_path).remembered() == {REF, "aaaaaaaaaa"}


def test_of_many_posted_references_the_newest_are_remembered(tmp_path: Path) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    refs = ["".join(each) for each in islice(product(letters, repeat=10), 2 * POSTED_KEPT)]
    (tmp_path / "posted").write_text("".join(f"\n{each}\n" for each in refs), "ascii")
    state = StateFolder(tmp_path)
    state.posted(REF)
    assert state.remembered() == {*refs[-POSTED_KEPT:], REF}


@pytest.mark.covers("B8")
@pytest.mark.parametrize("cut", range(12))
def test_a_file_cut_off_anywhere_spoils_no_other_reference(tmp_path: Path, cut: int) -> None:
    state = StateFolder(tmp_path)
    state.posted("aaaaaaaaaa")
    state.posted(REF)
    content = (tmp_path / "posted").read_bytes()
    (tmp_path / "posted").write_bytes(content[: len(content) - cut])
    state.posted("bbbbbbbbbb")
    assert {"aaaaaaaaaa", "bbbbbbbbbb"} <= state.remembered() <= {"aaaaaaaaaa", REF, "bbbbbbbbbb"}


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe garbage \n", b"K7Q2MZ6XDA\n", b"k7q2mz6xda0\n", b"\n" * 9]
)
def test_what_is_no_reference_is_not_remembered(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "posted").write_bytes(content)
    assert StateFolder(tmp_path).remembered() == frozenset()


@pytest.mark.covers("B9")
def test_an_unreadable_file_is_no_memory(tmp_path: Path) -> None:
    (tmp_path / "posted").mkdir()
    state = StateFolder(tmp_path)
    assert state.remembered() == frozenset()
    state.posted(REF)
    assert state.remembered() == frozenset()


@pytest.mark.covers("B9")
def test_a_folder_that_cannot_be_written_does_not_stop_the_work(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "state").write_text("a file")
    state = StateFolder(tmp_path / "state")
    state.begin()
    state.end()
    state.posted(REF)
    assert state.ended_cleanly() is None
    assert "cannot be written" in caplog.text
    assert len(caplog.records) == 1


def test_that_the_folder_can_be_written_again_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    (tmp_path / "state").write_text("a file")
    state = StateFolder(tmp_path / "state")
    state.end()
    (tmp_path / "state").unlink()
    state.end()
    state.end()
    assert [each.event["event"] for each in caplog.records] == ["state_unwritable", "over"]  # type: ignore[attr-defined]


def test_two_threads_that_write_at_once_tell_once_that_the_folder_can_be_written_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    (tmp_path / "state").write_text("a file")
    state = StateFolder(tmp_path / "state")
    state.end()
    (tmp_path / "state").unlink()
    other = threading.Thread(target=state.end)

    def write_meanwhile(record: logging.LogRecord) -> bool:
        if other.ident is None:
            other.start()
            other.join(0.1)  # it waits for this line; if it did not, it would be through by then
        return bool(record)

    telling = logging.getLogger("bot.state")
    telling.addFilter(write_meanwhile)
    try:
        state.end()
    finally:
        telling.removeFilter(write_meanwhile)
        other.join(20)
    assert [each.event["event"] for each in caplog.records] == ["state_unwritable", "over"]  # type: ignore[attr-defined]


def test_without_a_place_for_the_lease_nothing_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(StopError, match="state:"), StateFolder(tmp_path / "state").lease(0):
        pytest.fail("no lease without a folder")


def test_a_lease_held_elsewhere_is_not_given_twice(tmp_path: Path) -> None:
    first, second = StateFolder(tmp_path), StateFolder(tmp_path)
    refused: list[str] = []

    def ask() -> None:
        try:
            with second.lease(0.05):
                refused.append("given")
        except LeaseHeldError as held:
            refused.append(str(held))

    with first.lease(1):
        other = threading.Thread(target=ask)
        other.start()
        other.join()
    assert len(refused) == 1
    assert "is at work" in refused[0]
    with second.lease(0.05):
        pass


@pytest.mark.covers("E8")
def test_e8_a_lease_held_elsewhere_is_waited_for_so_long_and_no_longer(tmp_path: Path) -> None:
    waited: list[float] = []

    def pause(seconds: float) -> bool:
        waited.append(seconds)
        return False

    with (
        FileLock(tmp_path / "lease"),
        pytest.raises(LeaseHeldError, match="is at work"),
        StateFolder(tmp_path).lease(60, pause),
    ):
        pytest.fail("the lease is held elsewhere")
    assert sum(waited) == pytest.approx(60, abs=0.5)
    assert max(waited) < 1


@pytest.mark.covers("E8")
def test_e8_a_lease_given_back_while_one_waits_is_taken(tmp_path: Path) -> None:
    theirs = FileLock(tmp_path / "lease")
    theirs.acquire()

    def pause(_: float) -> bool:
        theirs.release()
        return False

    with StateFolder(tmp_path).lease(60, pause):
        assert not theirs.is_locked


@pytest.mark.covers("F1")
def test_f1_who_is_told_to_stop_waits_for_no_lease(tmp_path: Path) -> None:
    answers = iter([True])
    with (
        FileLock(tmp_path / "lease"),
        pytest.raises(LeaseHeldError),
        StateFolder(tmp_path).lease(60, lambda _: next(answers)),
    ):
        pytest.fail("the lease is held elsewhere")


@pytest.mark.covers("F10")
def test_a_lock_file_left_behind_locks_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "lease").write_text("999999")
    with StateFolder(tmp_path).lease(0.05):
        pass


def test_a_lease_is_given_back_when_the_work_fails(tmp_path: Path) -> None:
    def fail() -> None:
        with StateFolder(tmp_path).lease(1):
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with StateFolder(tmp_path).lease(0.05):
        pass


def test_each_configuration_and_each_service_has_a_folder_of_its_own(tmp_path: Path) -> None:
    folders = {
        default_folder(tmp_path / file, api) for file in ("a.yaml", "b.yaml") for api in ("x", "y")
    }
    assert len(folders) == 4
    assert default_folder(tmp_path / "a.yaml", "x") in folders


NINE = datetime(2026, 11, 30, 8, tzinfo=UTC)


@pytest.mark.covers("L5")
def test_what_people_were_told_is_known_to_the_next_process_by_its_last_time(
    tmp_path: Path,
) -> None:
    assert StateFolder(tmp_path).noticed() == {}
    assert StateFolder(tmp_path).notice((REF, "board:AbCd1234"), NINE)
    assert StateFolder(tmp_path).notice((REF,), NINE + timedelta(days=1))
    assert StateFolder(tmp_path).noticed() == {
        REF: NINE + timedelta(days=1),
        "board:AbCd1234": NINE,
    }


def test_what_people_were_told_is_forgotten_after_weeks_but_not_before(tmp_path: Path) -> None:
    state = StateFolder(tmp_path)
    lengths = []
    for day in range(150):
        assert state.notice((f"day:{day:03}", "credentials"), NINE + timedelta(days=day))
        lengths.append(len((tmp_path / "noticed").read_bytes()))
        assert {
            f"day:{each:03}" for each in range(max(0, day - 28), day + 1)
        } <= state.noticed().keys()
    assert max(lengths[60:]) <= max(lengths[:60])
    assert "day:050" not in state.noticed()
    assert state.noticed()["credentials"] == NINE + timedelta(days=149)


@pytest.mark.parametrize("cut", range(0, 40, 3))
def test_a_note_cut_off_anywhere_spoils_no_other(tmp_path: Path, cut: int) -> None:
    state = StateFolder(tmp_path)
    state.notice(("first",), NINE)
    state.notice(("second",), NINE)
    content = (tmp_path / "noticed").read_bytes()
    (tmp_path / "noticed").write_bytes(content[: max(len(content) - cut, 30)])
    state.notice(("third",), NINE)
    assert {"first", "third"} <= state.noticed().keys()


@pytest.mark.parametrize(
    "content",
    [b"\xff\x00", b"2026-13-45T99:99:99Z x\n", b"2026-11-30T08:00:00Z\n", b"2026-11-30 x\n"],
)
def test_what_is_no_note_is_ignored(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "noticed").write_bytes(content)
    assert StateFolder(tmp_path).noticed() == {}


def test_a_note_that_cannot_be_kept_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not StateFolder(tmp_path / "file" / "state").notice(("cause",), NINE)


def test_whom_notices_do_not_reach_is_known_until_one_arrives(tmp_path: Path) -> None:
    state = StateFolder(tmp_path / "state")
    assert not state.reached("owner", arrived=True)
    assert not (tmp_path / "state").exists()
    assert state.reached("owner", arrived=False)
    assert state.reached("@mel", arrived=False)
    assert not state.reached("@mel", arrived=False)
    assert StateFolder(tmp_path / "state").unreached() == {"owner", "@mel"}
    assert state.reached("owner", arrived=True)
    assert state.unreached() == {"@mel"}
