"""Plants a bug: a fresh copy of a module is loaded with a few words of its source replaced.

Nothing is changed on disk or at run time.  Words that are no longer there make the import fail:
a bug that is not planted proves nothing.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

PLANTS = dict[str, tuple[tuple[str, str], ...]]
"""Module name to pairs of old and new source text."""


class PlantError(Exception):
    """The words to replace are not there, or not once."""


class _PlantedLoader(SourceFileLoader):
    """Compiles a source with words replaced; no compiled copy is read from disk or written."""

    changes: tuple[tuple[str, str], ...] = ()

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        source = self.get_data(path).decode("utf-8")
        for old, new in self.changes:
            if source.count(old) != 1:
                message = f"{fullname}: {source.count(old)} times in the source: {old!r}"
                raise PlantError(message)
            source = source.replace(old, new)
        return compile(source, path, "exec", dont_inherit=True)


class _Gardener(MetaPathFinder):
    def __init__(self, plants: PLANTS) -> None:
        self._plants = plants

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._plants:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        loader = _PlantedLoader(fullname, spec.origin)
        loader.changes = self._plants[fullname]
        spec.loader = loader
        return spec


def plant(plants: PLANTS) -> None:
    """Let these modules be loaded with their bugs; none of them may have been loaded before."""
    loaded = sorted(name for name in plants if name in sys.modules)
    if loaded:
        message = f"already loaded: {', '.join(loaded)}"
        raise PlantError(message)
    sys.meta_path.insert(0, _Gardener(plants))
