"""Health: passes come to their end, or none has for too long."""

from datetime import timedelta

from bot.pulse import Pulse


class Hours:
    """Seconds that pass when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_pulse_is_felt_until_no_pass_has_ended_for_several_ticks_and_the_longest_pass() -> None:
    hours = Hours()
    pulse = Pulse(timedelta(minutes=1), hours)
    assert pulse.is_felt()
    hours.now += 15 * 60
    assert pulse.is_felt()
    hours.now += 1
    assert not pulse.is_felt()
    pulse.beat()
    assert pulse.is_felt()


def test_who_ticks_rarely_is_waited_for_longer() -> None:
    hours = Hours()
    pulse = Pulse(timedelta(hours=1), hours)
    hours.now += 5 * 3600
    assert pulse.is_felt()
