"""Small notebooks at random, of what students' notebooks do to state; none of them raises."""

from __future__ import annotations

from hypothesis import strategies as st

OBJECTS = ["a", "b", "c", "d"]
"""Globals; each is a dict with the keys n (a number), l (a list of numbers) and o (a list of other objects)."""
FUNCTIONS = ["g", "h", "p", "q"]
PRELUDE = "import copy\n" + "\n".join(
    f"{name} = dict(n={place}, l=[{place}], o=[])" for place, name in enumerate(OBJECTS)
)
GRADED = """
def seen(x, depth=2):
    return (x['n'], list(x['l']), [seen(y, depth - 1) for y in x['o']] if depth else None)
"""

names = st.sampled_from(OBJECTS)
functions = st.sampled_from(FUNCTIONS)
numbers = st.integers(0, 9)


def _act(target: str, other: str, function: str, number: int) -> st.SearchStrategy[str]:
    """One statement that does something to objects."""
    return st.sampled_from(
        [
            f"{target}['n'] = {number}",
            f"{target}['n'] += {other}['n']",
            f"{target}['l'].append({number})",
            f"{target}['l'] += {other}['l'][:3]",
            f"{target}['l'] = {other}['l']",
            f"{target}['o'].append({other})",
            f"[x['l'].append({number}) for x in {target}['o'][:3]]",
            f"for x in {target}['o'][:3] + [{other}]:\n    x['n'] = {number}",
            f"for i, x in enumerate([{target}, {other}]):\n    x['l'].append(i)",
            f"if {target}['n'] > {number}:\n    {other}['n'] = {number}\nelse:\n    {target}['l'].append(1)",
            f"(lambda x: x['l'].append({number}))({target})",
            f"{function}({target})",
            f"{function}({target})['l'].append({number})",
            f"tmp = {function}({target})\ntmp['n'] = {number}",
            f"print({target}['n'])",
            f"list(map({function}, [{target}, {other}]))",
            f"Box.held.append({target})\nBox.held[0]['n'] = {number}",
            f"box = Box({target})\nbox.put({number})",
            f"Box.count += {number}",
            f"{function}.times = {number}",
        ]
    )


acts = st.tuples(names, names, functions, numbers).flatmap(lambda parts: _act(*parts))


def _binds(target: str, other: str, function: str, number: int) -> st.SearchStrategy[str]:
    """One statement that gives a name, at module level, another object."""
    return st.sampled_from(
        [
            f"{target} = {other}",
            f"{target}, {other} = {other}, {target}",
            f"{target} = dict({other}, n={number})",
            f"{target} = copy.deepcopy({other})",
            f"{target} = {function}({other})",
            f"{target} = [{other}, {target}][{number} % 2]",
            f"with Box({other}) as {target}:\n    {target}['n'] = {number}",
        ]
    )


binds = st.tuples(names, names, functions, numbers).flatmap(lambda parts: _binds(*parts))


@st.composite
def helpers(draw: st.DrawFn) -> str:
    """A function that may change what it is given, globals, or which object a global is; it calls earlier ones."""
    place = draw(st.integers(0, len(FUNCTIONS) - 1))
    declared = draw(st.booleans())
    body = [f"global {', '.join(OBJECTS)}"] if declared else []
    parts = draw(st.lists(acts, min_size=1, max_size=3)) + ([draw(binds)] if declared else [])
    for part in parts:
        if not any(f"{name}(" in part or f"({name}," in part for name in FUNCTIONS[place:]):
            body += part.split("\n")
    give = draw(st.sampled_from(["x", *OBJECTS]))
    local = draw(st.sampled_from(["x['n'] += 1", "x['l'].append(0)", "y = x\n    y['n'] = 7", "pass"]))
    lines = "\n    ".join([*body, local, f"return {give}"])
    return f"def {FUNCTIONS[place]}(x):\n    {lines}"


CLASS = """
class Box:
    held = []
    count = 0
    def __init__(self, x):
        self.x = x
        Box.count += 1
    def put(self, n):
        self.x['l'].append(n)
        type(self).count += n
    def __enter__(self): return self.x
    def __exit__(self, *e): pass
"""
FIRST = "\n".join(f"def {name}(x): return x" for name in FUNCTIONS)


@st.composite
def programs(draw: st.DrawFn) -> list[str]:
    """Cells; the last name `f` tells what it sees of some objects, functions and the class."""
    steps = draw(st.lists(st.one_of(acts, binds, helpers()), min_size=2, max_size=9))
    looks = draw(st.lists(names, min_size=1, max_size=2, unique=True))
    told = ", ".join(
        [f"seen({name})" for name in looks] + draw(st.sampled_from([[], ["Box.count"], ["len(Box.held)"]]))
    )
    graded = f"{GRADED}\ndef f(): return [{told}]"
    place = draw(st.integers(0, len(steps)))
    return [PRELUDE, CLASS, FIRST, *steps[:place], graded, *steps[place:]]
