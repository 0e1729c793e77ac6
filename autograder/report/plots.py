"""The class report's figures: matplotlib draws them, and what it writes becomes part of the page.

The page allows no style attribute, so these become attributes of SVG's own. Colours become classes, which the style
sheet sets for light and for dark. What a colour says, a hatch, a label or a place says too. The same numbers give the
same bytes: no date, no random ids. matplotlib is imported here only, when a report is made.
"""

from __future__ import annotations

import re
import signal
import threading
from io import StringIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from autograder.report import wording
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from autograder.report.summary import Accuracies, CheckTally

# Stand-ins, each for a class of the style sheet: Okabe and Ito's blue and vermilion for passed and failed.
INK, LINE, PAPER, GOOD, BAD, SKIP = "#010101", "#020202", "#030303", "#040404", "#050505", "#060606"
_CLASS = {INK: "ink", LINE: "line", PAPER: "paper", GOOD: "c-good", BAD: "c-bad", SKIP: "c-skip"}
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_WIDTH = 7.0  # inches at 72 to the inch: the page is about 500 wide on screen and scales it
_TITLE_CAP = 44
_PILE = 9


def warm_up() -> None:
    """Begin to import what draws, in a thread: it takes a second, and while workers start there is time for it."""
    threading.Thread(target=_import, daemon=True).start()


def _import() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # Ctrl-C is for whoever grades
    import matplotlib.backends.backend_svg
    import matplotlib.figure  # noqa: F401  see the module's docstring


def scores(finals: Sequence[float], max_score: float) -> str:
    """Plot how many reached how many points: one bar for each point, or twenty where there are more."""
    axes = _axes("scores", 2.3)
    parts = min(max(round(max_score), 1), 20)
    counts = [0] * (parts + 1)
    for value in finals:
        counts[min(int(value / max_score * parts + 1e-9), parts) if max_score else 0] += 1
    places = [max_score * place / parts for place in range(parts + 1)]
    bars = axes.bar(places, counts, width=max_score / parts * 0.86 or 1, color=GOOD, edgecolor=INK, linewidth=0.6)
    axes.bar_label(bars, [f"{count:,}" if count else "" for count in counts], color=INK, fontsize=8)
    axes.set_xticks(places if parts <= 12 else places[:: max(parts // 10, 1)])
    axes.set_xticklabels([wording.number(place) for place in axes.get_xticks()])
    axes.set_xlabel("points" if parts == round(max_score) else "points, from the mark to the next", color=INK)
    axes.set_ylabel("submissions", color=INK)
    return _svg(axes, "scores")


def checks(tallies: Sequence[CheckTally]) -> str:
    """Draw each check as one bar: failed from the left, then skipped, then passed."""
    axes = _axes("checks", 0.7 + 0.34 * len(tallies))
    places = range(len(tallies))[::-1]
    left = [0.0] * len(tallies)
    kinds = (("failed", BAD, "////"), ("skipped", SKIP, "||||"), ("passed", GOOD, ""))
    for name, colour, hatch in kinds:
        width = [100 * getattr(tally, name) / max(tally.outcomes.total(), 1) for tally in tallies]
        axes.barh(places, width, 0.7, left, label=name, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.6)
        left = [start + more for start, more in zip(left, width, strict=True)]
    axes.set_yticks(places, [_label(tally.title) for tally in tallies])
    axes.set_xlim(0, 100)
    axes.set_xlabel("% of the graded submissions", color=INK)
    axes.legend(
        ncols=3, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, labelcolor=INK, fontsize=9, borderaxespad=0.2
    )
    return _svg(axes, "checks")


def accuracies(reached: dict[str, Accuracies]) -> str:
    """Plot for each threshold the accuracies that were reached as marks on a line, the threshold as a bar across."""
    axes = _axes("accuracies", 0.7 + 0.5 * len(reached))
    for place, found in enumerate(reversed(reached.values())):
        marks = _piled(found.values)
        for marker, colour, good in (("x", BAD, False), ("o", GOOD, True)):
            chosen = [(value, high) for value, high in marks if (value >= found.threshold) is good]
            across, up = [value for value, _ in chosen], [place + 0.07 * high for _, high in chosen]
            axes.plot(across, up, marker, color=colour, markersize=3.5, markerfacecolor="none", linewidth=0)
        axes.plot([found.threshold] * 2, [place - 0.4, place + 0.4], color=INK, linewidth=2)
    axes.set_yticks(range(len(reached)), [_label(name) for name in reversed(reached)])
    axes.set_ylim(-0.6, len(reached) - 0.4)
    axes.set_xlim(min(0.4, *(min(found.values) for found in reached.values())) - 0.02, 1.02)
    axes.set_xlabel("accuracy on held-out data (circle: reached, cross: not, bar: the threshold)", color=INK)
    return _svg(axes, "accuracies")


def _piled(values: Sequence[float]) -> list[tuple[float, int]]:
    """Each value with its place in the pile of those beside it, up and down from the middle; a pile ends at nine."""
    piles: dict[int, int] = {}
    marks = []
    for value in values:
        pile = round(200 * value)
        piles[pile] = count = piles.get(pile, -1) + 1
        if count < _PILE:
            marks.append((value, (count + 1) // 2 * (-1 if count % 2 else 1)))
    return marks


def times(seconds: Sequence[float]) -> str:
    """Plot how long grading took."""
    axes = _axes("times", 1.9)
    axes.hist(seconds, bins=min(30, max(5, len(set(seconds)))), color=SKIP, edgecolor=INK, linewidth=0.6)
    axes.set_xlim(left=0)
    axes.set_xlabel("seconds to grade a submission", color=INK)
    axes.set_ylabel("submissions", color=INK)
    return _svg(axes, "times")


def _label(text: str) -> str:
    """Make text plain for matplotlib, which would set text between dollar signs as mathematics, and fail on some."""
    return one_line(text.replace("`", ""), _TITLE_CAP).replace("$", r"\$")


def _axes(name: str, height: float) -> Axes:
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure: Figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.subplots()
    axes.set_gid(name)
    axes.tick_params(colors=INK, labelsize=9)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(LINE)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    return axes


def _svg(axes: Axes, name: str) -> str:
    """The figure as an element to stand in a page: ids of its own, no styles, no colours."""
    from matplotlib import rc_context

    figure: Any = axes.get_figure()
    figure.patch.set_visible(False)
    axes.patch.set_visible(False)
    out = StringIO()
    settings = {"svg.hashsalt": name, "svg.fonttype": "none", "hatch.linewidth": 0.7}
    with rc_context(settings):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _tamed(out.getvalue(), name)


def _tamed(text: str, name: str) -> str:
    root = ET.fromstring(text)  # noqa: S314  matplotlib wrote it
    for parent in root.iter():
        for child in list(parent):
            if child.tag in {f"{_SVG}style", f"{_SVG}metadata"} or child.tag.endswith("}metadata"):
                parent.remove(child)
    for element in root.iter():
        for declaration in element.attrib.pop("style", "").split(";"):
            key, _, value = (part.strip() for part in declaration.partition(":"))
            _present(element, key, value)
        for key in ("fill", "stroke"):
            _present(element, key, element.attrib.get(key, ""))
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', ET.tostring(root, encoding="unicode")))
    for element in root.iter():
        _rename(element, name, used)
    width, height = root.attrib.pop("width"), root.attrib.pop("height")
    root.attrib |= {"aria-hidden": "true", "class": "plot", "data-size": f"{width} {height}"}
    return _unprefixed(root)


def _present(element: ET.Element, key: str, value: str) -> None:
    """One style as an attribute; a stand-in colour as a class. Fonts are the page's, sizes stay."""
    if not value:
        return
    if key == "font":
        if size := re.search(r"([\d.]+)px", value):
            element.set("font-size", size[1])
    elif key in {"fill", "stroke"} and value in _CLASS:
        element.attrib.pop(key, None)
        element.set("class", f"{element.get('class', '')} {key}-{_CLASS[value]}".strip())
    else:
        element.set(key, value)


def _rename(element: ET.Element, name: str, used: set[str]) -> None:
    """Make ids unique on the page, where anything points at them, and change what points."""
    for key, value in list(element.attrib.items()):
        if key == "id":
            if value in used:
                element.set(key, f"{name}-{value}")
            else:
                del element.attrib[key]
        elif key == _LINK:
            element.set(key, f"#{name}-{value.removeprefix('#')}")
        elif "url(#" in value:
            element.set(key, value.replace("url(#", f"url(#{name}-"))


def _unprefixed(root: ET.Element) -> str:
    """Write the SVG as HTML takes it: no namespaces, `href` without a prefix."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        if (target := element.attrib.pop(_LINK, None)) is not None:
            element.set("href", target)
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)
