"""What the program's own sources never do, and what is installed to run them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot

SOURCES = Path(bot.__path__[0])
ROOT = SOURCES.parent
FORBIDDEN = {
    "eval": "runs text",
    "exec": "runs text",
    "__import__": "runs text",
    "from_string": "makes a template of text",
    "_create_unverified_context": "trusts any server",
}
MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "jsonpickle",
    "telnetlib",
    "ctypes",
}


def offences(source: str) -> Iterator[str]:
    """Yield each thing that the program must not do."""
    for each in ast.walk(ast.parse(source)):
        match each:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in FORBIDDEN:
                yield f"line {each.lineno}: {name} {FORBIDDEN[name]}"
            case ast.keyword(arg="verify", value=ast.Constant(value=False)):
                yield f"line {each.value.lineno}: verify=False trusts any server"
            case ast.keyword(arg="shell", value=ast.Constant(value=True)):
                yield f"line {each.value.lineno}: shell=True runs text"
            case ast.Import(names=names) if any(name.name in MODULES for name in names):
                yield f"line {each.lineno}: a module that runs or trusts what it reads"
            case ast.ImportFrom(module=module) if module in MODULES:
                yield f"line {each.lineno}: a module that runs or trusts what it reads"


@pytest.mark.covers("S1", "S8", "S23")
def test_no_text_is_ever_run_and_no_server_trusted_unseen() -> None:
    found = [
        f"{path.relative_to(ROOT)}, {offence}"
        for path in sorted(SOURCES.rglob("*.py"))
        for offence in offences(path.read_text("utf-8"))
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        *("eval(x)", "exec(x)", "env.from_string(x)", "import pickle", "from marshal import loads"),
        *("get(url, verify=False)", "run(x, shell=True)", "__import__('os')"),
    ],
)
def test_each_of_these_would_be_found(source: str) -> None:
    assert list(offences(source))


@pytest.mark.covers("S22")
def test_only_what_the_lock_knows_to_the_byte_is_installed() -> None:
    lock = ROOT.joinpath("requirements.lock").read_text("utf-8")
    packages = re.split(r"\n(?=\S)", lock.strip())
    assert len(packages) > 20
    for each in packages:
        assert re.match(r"[\w.\[\]-]+==\S+", each), each
        assert "--hash=sha256:" in each, each
    makefile = ROOT.joinpath("Makefile").read_text("utf-8")
    assert "--require-hashes --requirement requirements.lock" in makefile
