"""Functions that raise, in odd ways too, and the type of exception that the grader should hear of."""

from __future__ import annotations

ODD_TEXT = """
class S(str):
    def __getitem__(s, i): return 5
    def encode(s, *a): return 6
class E(Exception):
    def __str__(self): return S('x')
def f(): raise E
"""
RAISING = {
    "recursion": ("def f(): return f()", "RecursionError"),
    "exit": ("import sys\ndef f(): sys.exit(0)", "SystemExit"),
    "quit": ("def f(): quit()", "SystemExit"),
    "an interrupt of its own": ("def f(): raise KeyboardInterrupt", "KeyboardInterrupt"),
    "a generator's exit": ("def f(): raise GeneratorExit", "GeneratorExit"),
    "a __str__ that raises": ("class E(Exception):\n    def __str__(self): raise E\ndef f(): raise E", "E"),
    "a __str__ that exits": ("class E(Exception):\n    def __str__(self): raise SystemExit\ndef f(): raise E", "E"),
    "a __str__ of another kind": (ODD_TEXT, "E"),
    "a text of a megabyte": ("def f(): raise ValueError('x' * 10**6)", "ValueError"),
    "a text that is no Unicode": ("def f(): raise ValueError('\\ud800')", "ValueError"),
    "an exception group": ("def f(): raise ExceptionGroup('a', [ValueError(1)])", "ExceptionGroup"),
    "what is no exception": ("def f(): raise 5", "TypeError"),
    "a syntax error of its own": ("def f(): exec('a b')", "SyntaxError"),
    "a call of a number": ("f = 5", "TypeError"),
}  # fmt: skip
