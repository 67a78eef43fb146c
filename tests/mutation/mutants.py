"""Every place of a file that can be changed, with a name that outlives a shift of lines."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tests.mutation.operators import variants
from tests.mutation.passed_over import is_for_people_or_types, is_for_types, is_passed_over

ROOT = Path(__file__).parents[2]
_COMPOUND = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.For, ast.While, ast.With),
    *(ast.Try, ast.Match, ast.match_case, ast.ExceptHandler, ast.arguments),
)


class Mutant(Struct, frozen=True):
    """One change in one place."""

    file: str
    function: str
    """The outermost function or method, or the name that is bound on import."""
    before: str
    after: str
    lines: tuple[int, int]
    """Of the changed node and of its statement."""
    on_import: bool
    """True for what is evaluated once, on import: constants, default values, bodies of classes."""
    key: str
    text: str
    """A name of the function's source as it stands: when it changes, so may what becomes of it."""

    @property
    def name(self) -> tuple[str, str, str, str]:
        """Return what `living.toml` calls it."""
        return self.file, self.function, self.before, self.after


class Site(Struct, frozen=True):
    """A mutant, and how to put it into the tree that it comes from."""

    mutant: Mutant
    put: Callable[[], None]


class _Around(Struct, frozen=True):
    """What stands around a node."""

    function: str
    text: str
    statement: ast.stmt
    shown: ast.AST
    """The smallest part that reads as one line."""
    on_import: bool = False


class Source:
    """A file as a syntax tree, and every place of it that can be changed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.tree = ast.parse((ROOT / file).read_text("utf-8"), file)
        self._seen: Counter[tuple[str, ...]] = Counter()
        self.sites = [site for each in self.tree.body for site in self._top(each)]

    def _top(self, statement: ast.stmt, owner: str = "") -> Iterator[Site]:
        text = sha256(ast.dump(statement).encode()).hexdigest()[:8]
        match statement:
            case ast.ClassDef(name=name, body=body):
                for each in body:
                    yield from self._top(each, f"{owner}{name}.")
            case ast.FunctionDef(name=name, args=args):
                around = _Around(owner + name, text, statement, args, on_import=True)
                yield from self._inside(args, around)
                around = _Around(owner + name, text, statement, statement)
                yield from self._inside(statement, around, skipped="args")
            case _ if not is_for_types(statement):
                around = _Around(
                    owner + _bound(statement), text, statement, statement, on_import=True
                )
                yield from self._inside(statement, around)
            case _:
                pass

    def _inside(self, node: ast.AST, around: _Around, skipped: str = "") -> Iterator[Site]:
        for field, value in ast.iter_fields(node):
            if field == skipped or is_passed_over(field):
                continue
            children = enumerate(value) if isinstance(value, list) else [(None, value)]
            for place, child in children:
                if not isinstance(child, ast.AST) or is_for_people_or_types(child):
                    continue
                statement = child if isinstance(child, ast.stmt) else around.statement
                shown = child if isinstance(around.shown, _COMPOUND) else around.shown
                here = replace(around, statement=statement, shown=shown)
                for new in variants(child):
                    put, undo = (_putting(node, field, place, each) for each in (new, child))
                    yield self._site(put, undo, (child, new), here)
                yield from self._inside(child, here)

    def _site(
        self,
        put: Callable[[], None],
        undo: Callable[[], None],
        nodes: tuple[ast.AST, ast.AST],
        around: _Around,
    ) -> Site:
        child, new = nodes
        before = _line(around.shown)
        put()
        after = _line(new if around.shown is child else around.shown)
        undo()
        name = (self.file, around.function, before, after)
        self._seen[name] += 1
        key = sha256("\0".join((*name, str(self._seen[name]))).encode()).hexdigest()[:16]
        first = around.statement.lineno
        lines = (getattr(child, "lineno", first), first)
        return Site(Mutant(*name, lines, around.on_import, key, around.text), put)


def _putting(node: ast.AST, field: str, place: int | None, new: ast.AST) -> Callable[[], None]:
    def put() -> None:
        if place is None:
            setattr(node, field, new)
        else:
            getattr(node, field)[place] = new

    return put


def _bound(statement: ast.stmt) -> str:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case _:
            return "import"


def _line(node: ast.AST) -> str:
    """Return a node as one line: of what has a body, its head; of a match, its cases too."""
    text = ast.unparse(node).splitlines()
    if isinstance(node, ast.Match):
        return " ".join((text[0], *(_line(each) for each in node.cases)))
    return next((each for each in text if each), "")
