"""Templates that would take all time or memory, and a process of little of both that renders them.

Run as a program it takes each template in turn and prints its name, how it ended, and the seconds
of computing that it took: what is not stopped by the program is then stopped by the system.
"""

import resource
import time
from collections.abc import Mapping

from bot.domain.messages import UnwritableError
from bot.text.engine import Engine
from bot.text.neutral import in_brief
from bot.text.work import MOST_FOR_A_BRIEF

SECONDS = 20
MEGABYTES = 256
VALUES = {"title": "<é日>" * 4_000, "many": list(range(200))}


def _grown(first: str, again: str, times: int = 40) -> str:
    """Return a template that makes ``a`` and ``b`` anew from themselves, again and again."""
    once = "".join(f"{{% set {name} = {first} %}}" for name in "ab")
    more = "".join(f"{{% set {name} = {again.replace('it', name)} %}}" for name in "ab")
    return once + more * times


LISTS = _grown("['x', 'y']", "[it, it]")
TUPLES = _grown("('x', 'y')", "(it, it)")
EMPTY = _grown("(' ' ~ ' ')|list|map('trim')|list", "[it, it]")
LONG = _grown("'ab '", "it ~ it", 14)
LONGEST = _grown("'ab '", "it ~ it", 17)
VARIABLES = "".join(f"{{{{ a{n} }}}}" for n in range(3_000))

BOMBS: Mapping[str, str] = {
    # The classics.
    "power": "{{ 9**(9**9) }}",
    "text times number": "{{ 'x' * 10**9 }}",
    "list times number": "{{ [1] * 10**9 }}",
    "centred": "{{ 'x'|center(10**9) }}",
    "centred by its method": "{{ 'x'.center(1000000000) }}",
    "format filter": "{{ '%999999999d'|format(1) }}",
    "format sign": "{{ '%999999999d' % 1 }}",
    "format method": "{{ '{:999999999}'.format(1) }}",
    "replaced": "{{ title|replace('', title) }}",
    "indented": "{{ title|indent(1000000000) }}",
    "ranges": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "macro in itself": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "block in itself": "{% block a %}{{ self.a() }}{{ self.a() }}{% endblock %}",
    "file in itself": "{% include 'it' %}{% include 'it' %}",
    "loop in itself": "{% for i in title recursive %}{{ loop(title) }}{% endfor %}",
    # What grows twofold.
    "texts joined": "{% set x = title %}" + "{% set x = x ~ x %}" * 40,
    "texts set": "{% set x = title %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40,
    "texts escaped": "{% autoescape true %}{% set x = '<'|e %}"
    + "{% set x = x ~ x %}" * 40
    + "{% endautoescape %}",
    "macros that call twice": "{% macro m0() %}"
    + "x" * 30_000
    + "{% endmacro %}"
    + "".join(
        f"{{% macro m{n + 1}() %}}{{{{ m{n}() ~ m{n}() }}}}{{% endmacro %}}" for n in range(30)
    )
    + "{% set x = m30() %}",
    "calls that fork": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
    "{% endmacro %}{{ m(60) }}",
    "values handed on": "{% macro m(n) %}{% if n > 40 %}{{ varargs ~ '' }}{% else %}"
    "{{ m(n + 1, varargs, varargs) }}{% endif %}{% endmacro %}{{ m(0, 1) }}",
    # Lists in lists, which every look at them unfolds.
    "list as text": LISTS + "{{ a ~ '' }}",
    "list in capitals": LISTS + "{{ a|upper }}",
    "list joined": LISTS + "{{ [a]|join }}",
    "lists compared": LISTS + "{% if a == b %}{% endif %}",
    "lists compared by a loop": LISTS + "{% for x in [a, b] %}{{ loop.changed(x) }}{% endfor %}",
    "lists sorted": LISTS + "{{ [a, b, a]|sort|length }}",
    "list sought": LISTS + "{% if a in [b] %}{% endif %}",
    "list included": LISTS + "{% include a %}",
    "list as attribute": LISTS + "{{ many|map(attribute=a)|list }}",
    "list handed to a caller": LISTS + "{% macro m() %}{{ caller(a) }}{% endmacro %}"
    "{% call(x) m() %}{{ x ~ '' }}{% endcall %}",
    "empty texts": EMPTY + "{{ a ~ '' }}",
    "tuple as key": TUPLES + "{% set d = {a: 1} %}",
    "tuple looked up": TUPLES + "{{ {1: 2}[a] }}",
    "tuple extended": TUPLES + "{% extends a %}",
    "tuples made unique": TUPLES + "{{ [a, b]|unique|list|length }}",
    # One long text, looked at again and again.
    "title in a loop": LONG + "{% for i in a %}{{ a|title|length }}{% endfor %}",
    "slices in a loop": LONG + "{% for i in a %}{% set x = a[1:] %}{% endfor %}",
    "comparisons in a loop": LONG + "{% for i in a %}{% if a < b %}{% endif %}{% endfor %}",
    "search in a loop": LONG + "{% for i in a %}{% if b in a %}{% endif %}{% endfor %}",
    "filter in a filter": LONGEST + "{{ a|list|map('trim')|map('default', a, true)|map('title')|"
    "list|length }}",
    "two loops": LONG + "{% for i in a %}{% for j in a %}{% endfor %}{% endfor %}",
    "a loop with much in it": LONG
    + "{% for i in a %}"
    + "{% if i %}{% endif %}" * 900
    + "{% endfor %}",
    "trimmed of many": LONGEST + "{{ a|trim(a ~ 'c')|length }}",
    "sorted by many": "{% set x = 'a,' %}"
    + "{% set x = x ~ x %}" * 16
    + "{{ x|list|sort(attribute=x) }}",
    "joined by much": LONGEST + "{{ a|list|join(a)|length }}",
    # Numbers.
    "rounded up": "{{ 1|round(100000000, 'ceil') }}",
    "rounded": "{{ 1|round(100000000) }}",
    "squares": "{% set x = 9 %}" + "{% set x = x * x %}" * 40,
    "digits": "{% set x = '9' %}" + "{% set x = x ~ x %}" * 12 + "{{ x|int }}",
    "digits of sixteen": "{% set x = 'f' %}"
    + "{% set x = x ~ x %}" * 16
    + "{{ x|int(0, 16) - 1 }}",
    "a long number": "{% set x = 0x"
    + "f" * 50_000
    + " %}{% for i in title %}{{ x // 3 }}{% endfor %}",
    # Before anything is rendered.
    "brackets": "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
    "denials": "{{ " + "not " * 15_000 + "1 }}",
    "attributes": "{{ title" + ".a" * 20_000 + " }}",
    "filters": "{{ title" + "|list" * 10_000 + " }}",
    "conditions in conditions": "{% if 1 %}" * 3_000 + "{% endif %}" * 3_000,
    "conditions": VARIABLES + "{% if x %}{% endif %}" * 2_000,
    "variables": "".join(f"{{{{ a{n} }}}}" for n in range(7_000)),
    "constants": "{{ [" + "'x'," * 9_000 + "]|join('" + "y" * 20_000 + "') }}",
    "imported": "{% import 'text' as m %}"
    "{% for i in title %}{% if m ~ '' %}{% endif %}{% endfor %}",
}


def main() -> None:
    """Render each in a process that may take no more than a small machine has."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for name, source in BOMBS.items():
        began = time.process_time()
        print(name, _ending(source), f"{time.process_time() - began:.2f}", sep="\t", flush=True)  # noqa: T201


def _ending(source: str) -> str:
    engine = Engine({"it": source, "text": "x" * 30_000}, in_brief, MOST_FOR_A_BRIEF)
    try:
        return f"{len(engine.render('it', VALUES))} characters"
    except UnwritableError as refused:
        return type(refused.__cause__).__name__


if __name__ == "__main__":
    main()
