"""Modules that the host gave the cell, for `import`. Their async functions wait for tools as the source of a run does."""
import sys
from importlib import abc, machinery, util

import _cloche as host

spec_from_loader = util.spec_from_loader


class Modules(abc.MetaPathFinder, abc.Loader):
    """Finder and loader: a module is found if the host has its source."""

    def __init__(self, compiled, remember):
        self.compiled = compiled  # (text, name): the code
        self.remember = remember

    def find_spec(self, fullname, path=None, target=None):
        found = host.module(fullname)
        if found is None:
            return None
        return spec_from_loader(fullname, self, origin=found[1], is_package=True)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        text, name = host.module(module.__spec__.name)
        module.__file__ = name
        self.remember(name, text)
        exec(self.compiled(text, name), module.__dict__)

    def get_source(self, fullname):
        return host.module(fullname)[0]


def install(compiled, remember):
    """Before the folders of sys.path, after what is built in."""
    finder = Modules(compiled, remember)
    at = next((i for i, other in enumerate(sys.meta_path) if other is machinery.PathFinder), len(sys.meta_path))
    sys.meta_path.insert(at, finder)
