from collections.abc import Callable

import pytest

from bot.domain.messages import UnwritableError
from bot.text.engine import LONGEST, Engine, Markdown
from bot.text.neutral import in_brief, in_comment

VALUES = {"title": "{{ 7*7 }} *a* @board", "ours": Markdown("*a*"), "many": list(range(200))}


def rendered(source: str, neutralise: Callable[[str], str] = in_comment) -> str:
    return Engine(
        {"it": source, "base": "{% block a %}*{{ title }}*{% endblock %}"}, neutralise
    ).render("it", VALUES)


@pytest.mark.covers("G8", "H1", "M3", "S1b")
@pytest.mark.parametrize(
    "source",
    [
        "{% for",
        "{{ }",
        "{% endblock %}",
        "{% nothing %}",
        "{{ nothing }}",
        "{{ title.nothing }}",
        "{{ none.x }}",
        "{{ title.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ title|attr('format') }}",
        "{{ '{0.__class__}'.format(title) }}",
        "{{ title.format_map(many) }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{{ title() }}",
        "{{ many.append(1) }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../etc/passwd' %}",
        "{% extends 'nothing' %}",
        "{% extends 'it' %}",
        "{% import 'nothing' as x %}",
        "{% for i in range(99999) %}x{% endfor %}",
        "{% for i in range(99999999) %}{% for j in range(99999999) %}{% endfor %}{% endfor %}",
        "{% for i in many %}{% for j in many %}{{ many }}{% endfor %}{% endfor %}",
        "{{ 'x' * 10**9 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 'x'.center(10**9) }}",
        "{{ 'x'|center(999999999) }}",
        "{{ many + many }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        pytest.param("{% for i in many %}" * 25 + "{% endfor %}" * 25, id="loops in loops"),
        pytest.param("{{ " + "(" * 5000 + " }}", id="brackets"),
        "{{ 1 / 0 }}",
        "{{ many['a'] }}",
        "{{ title|nothing }}",
        "{{ title is nothing }}",
        pytest.param("é" * (LONGEST + 1), id="a million letters"),
    ],
)
def test_a_faulty_template_is_refused_in_one_line(source: str) -> None:
    with pytest.raises(UnwritableError) as refused:
        rendered(source)
    reason = str(refused.value)
    assert reason
    assert len(reason) <= 200
    assert reason.isprintable()


def test_a_template_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnwritableError, match="absent"):
        Engine({}, in_comment).render("absent", {})


def test_the_line_of_a_mistake_is_named() -> None:
    with pytest.raises(UnwritableError, match=r"^line 3: "):
        rendered("a\nb\n{% if %}")


def test_a_reason_holds_no_control_characters() -> None:
    with pytest.raises(UnwritableError) as refused:
        rendered("{% \x1b[31m %}")
    assert "\x1b" not in str(refused.value)


def test_a_text_too_long_for_trello_is_still_written_so_that_its_length_can_be_told() -> None:
    assert len(rendered("x" * LONGEST)) == LONGEST


@pytest.mark.covers("S1")
@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ title }}", r"{{ 7\*7 }} \*a\* ＠board"),
        ("{{ title | upper }}", r"{{ 7\*7 }} \*A\* ＠BOARD"),
        ("{{ title ~ ours }}", r"{{ 7\*7 }} \*a\* ＠board\*a\*"),
        ("{{ [title, ours] | join(', ') }}", r"{{ 7\*7 }} \*a\* ＠board, \*a\*"),
        ("{% filter upper %}{{ title }}{% endfilter %}", r"{{ 7\*7 }} \*A\* ＠BOARD"),
        ("{{ ours }} {{ 3 }} {{ 1.5 }} {{ 2 * 3 }}", "*a* 3 1.5 6"),
        ("a{{ none }}b", "ab"),
        ("{% for n in many[:3] %}{{ loop.cycle('x', 'y') }}{% endfor %}", "xyx"),
        ("{{ many | length }}", "200"),
    ],
)
def test_only_what_is_ours_is_printed_as_markdown(source: str, text: str) -> None:
    assert rendered(source) == text


@pytest.mark.covers("H2")
@pytest.mark.parametrize(
    "source",
    [
        "{% extends 'base' %}{% block a %}{{ super() }}!{% endblock %}",
        "{% macro m(t) %}*{{ t }}*{% endmacro %}{{ m(title) }}!",
        "{% block a %}*{{ title }}*{% endblock %}!",
    ],
)
def test_what_blocks_and_macros_printed_is_not_made_harmless_twice(source: str) -> None:
    assert rendered(source) == r"*{{ 7\*7 }} \*a\* ＠board*!"


LOOPS = "".join(f"{{% for a{n} in '0123456789' %}}" for n in range(12)) + "{% endfor %}" * 12
DOUBLING = "{% set x = title %}" + "{% set x = x ~ x %}" * 40 + "{{ x | length }}"
SQUARES = "{% set x = 9 %}" + "{% set x = x * x %}" * 30 + "{{ x > 1 }}"
NESTED = "{% set x = [title] %}" + "{% set x = [x, x, x, x] %}" * 40
FORKS = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"


@pytest.mark.covers("S1c")
@pytest.mark.parametrize(
    "source",
    [
        LOOPS,
        "{% for a in title %}" * 3 + "{% for b in many %}" * 3 + "{% endfor %}" * 6,
        DOUBLING,
        SQUARES,
        NESTED + "{{ x }}",
        NESTED + "{{ x | join }}",
        FORKS + "{{ m(60) }}",
        "{% for a in many recursive %}{{ loop(many) }}{% endfor %}",
    ],
)
def test_s1c_a_template_that_would_take_all_time_or_memory_is_stopped(source: str) -> None:
    with pytest.raises(UnwritableError) as stopped:
        rendered(source)
    assert "\n" not in str(stopped.value)


@pytest.mark.covers("H1", "H2", "S1")
def test_a_text_from_a_card_is_never_a_template() -> None:
    assert rendered("{{ title }}", in_brief).startswith("{{ 7")
