"""What a template says in vain is found by parsing it, and nothing else is blamed."""

import pytest

from bot.text.parts import Unseen, parts_of, unseen

LAYOUT = (
    "{% block why %}{% block deep %}{% endblock %}{% endblock %}\n{% block extra %}{% endblock %}"
)
PARTS = parts_of(LAYOUT)


def test_every_block_of_a_layout_is_a_part() -> None:
    assert {"why", "deep", "extra"} == PARTS


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("", []),
        pytest.param("{{ " + "9" * 5_000 + " }}", [], id="a number that no computer reads"),
        ("A template of its own, {% block mine %}with parts{% endblock %}", []),
        ("{% extends base %}\n\n{% block extra %}seen{% endblock %}\n", []),
        ("{% extends base %}{% block why %}{% block mine %}{% endblock %}{% endblock %}", []),
        ("{# a note #}\n{% extends base %}\n{% set x = 1 %}", []),
        ("{% extends base %}\n\n  lost\n{% block extra %}{% endblock %}", [Unseen(3)]),
        ("{% extends base %}\n{{ why }}", [Unseen(2)]),
        ("printed on top\n{% extends base %}", []),
        ("{% extends base %}\n{% block extr %}x{% endblock %}", [Unseen(2, "extr")]),
        (
            "{% extends base %}\n{% block a %}{% endblock %}\nb\n{% block c %}{% endblock %}",
            [Unseen(2, "a"), Unseen(3), Unseen(4, "c")],
        ),
        ("{% extends base %}{% block extra %}", []),
        pytest.param("{% extends base %}{{ " + "(" * 5000 + " }}", [], id="brackets"),
    ],
)
def test_what_no_brief_will_show_is_told_with_its_line(source: str, found: list[Unseen]) -> None:
    assert list(unseen(source, PARTS)) == found
