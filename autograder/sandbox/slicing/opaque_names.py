"""Names that tell what code does beside what its text says: run text, get at any name, keep files, set things."""

from __future__ import annotations

import ast

OPAQUE_NOW = {"exec", "eval", "globals", "locals", "vars", "setattr", "delattr", "__import__", "importlib", "sys"}
OPAQUE_LATER = {"exec", "eval", "globals", "setattr", "delattr", "__import__", "importlib", "builtins"}
READS_ANY = {"exec", "eval", "globals", "locals", "vars", "dir", "__import__", "__main__"}
HOLDS_ANY = {"currentframe", "_getframe", "__globals__", "f_globals", "import_module"}
"""Names, and attributes, by which code gets at what its text does not name."""
FILES = {
    "open",
    "write_text",
    "write_bytes",
    "save",
    "savez",
    "savetxt",
    "load",
    "loadtxt",
    "read_text",
    "mkdir",
    "run_cell_magic",
}
_SETTERS = ("set", "use", "filterwarnings", "simplefilter")


def is_setter(method: str) -> bool:
    """Tell whether the name of a library's function says that it sets something for all."""
    return method.startswith(_SETTERS)


def holds_any(node: ast.Attribute) -> bool:
    """Tell whether an attribute gets at names that the text does not say."""
    is_sys = isinstance(node.value, ast.Name) and node.value.id == "sys"
    return node.attr in HOLDS_ANY or (is_sys and node.attr == "modules")


def runs_file(node: ast.Call) -> bool:
    """Tell whether it is what IPython makes of `%run`."""
    match node:
        case ast.Call(func=ast.Attribute(attr="run_line_magic"), args=[ast.Constant(value="run"), *_]):
            return True
    return False
