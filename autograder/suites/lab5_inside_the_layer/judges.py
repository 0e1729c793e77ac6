"""What is judged of lab 5, function by function."""

from __future__ import annotations

from typing import Any

from autograder.suite import array, array_of, number, refusal

from . import modules, rows
from .asking import Listed, Nested, Slopes, TwoStates
from .leaving import LeftAlone, Starts

STATE = "(batch, hidden)"
LAYER_STATE = "(1, batch, hidden)"


def _pair(x: Any, *given: Any) -> dict[str, Any]:
    """What `lstm_cell` returns."""
    form = array_of(len(x), given[3].shape[1], letters=STATE, kind="tensor")
    return {"h": form, "c": form}


def _one(x: Any, *given: Any) -> Any:
    """What `gru_cell` returns."""
    return array_of(len(x), given[2].shape[1], letters=STATE, kind="tensor")


def _all_steps(x: Any, *given: Any) -> dict[str, Any]:
    """What a layer returns: `out`, and the states after the last step."""
    batch, steps, hidden = len(x), x.shape[1], given[1].shape[1]
    out = array_of(batch, steps, hidden, letters="(batch, steps, hidden)", kind="tensor")
    state = array_of(1, batch, hidden, letters=LAYER_STATE, kind="tensor")
    return {"out": out, "h": state, "c": state}


def _like_inputs(inputs: Any, _weighting: Any) -> dict[str, Any]:
    """Gradients have the shapes of what they belong to."""
    return {f"gradient of {letter}": array_of(*tensor.shape) for letter, tensor in zip("xWUbd", inputs, strict=True)}


def _by_distance(_module: Any, x: Any) -> dict[str, Any]:
    return {"numbers": array_of(x.shape[1], letters="(steps,)")}


def _facts(*_args: Any) -> dict[str, Any]:
    """What a call leaves; `LeftAlone` and `Starts` have forms of their own."""
    return dict.fromkeys(("x", "weights", "gradients", "keeps", "writes", "others", "returned", "draws"), array_of(1))


def _layer(kind: str, keys: tuple[str, ...], cell: Any) -> Nested:
    return Nested(
        f"{kind.lower()}_layer",
        keys,
        _all_steps,
        visible=[rows.shown(kind, sizes, cell=False) for sizes in rows.SHOWN_LAYERS],
        hidden=[rows.numbered(lambda number: [rows.drawn(kind, sizes, number, cell=False) for sizes in rows.LAYERS])],
        uses=[cell],
    )


def _slopes(kind: str) -> tuple[Slopes, Slopes]:
    """The same gradients with the student's own cells, and with PyTorch's: one of them has to be right."""
    hidden = [rows.numbered(lambda number: [rows.slope(kind, sizes, number) for sizes in rows.SLOPES])]
    keys = [f"gradient of {letter}" for letter in "xWUbd"]
    name = f"{kind.lower()}_layer"
    own = Slopes(name, keys, _like_inputs, label="gradients", hidden=hidden)
    return own, Slopes(name, keys, _like_inputs, pytorchs=True, label="gradients by PyTorch's cell", hidden=hidden)


def _distances(kind: str) -> Listed:
    function, hidden = "gradient_by_distance", [modules.read_by(kind)]
    return Listed(
        function, ["numbers"], _by_distance, visible=[modules.shown(kind)], hidden=hidden, label=kind, rtol=1e-4
    )


def _start(kind: str, *keys: str) -> Starts:
    return Starts("start_by_keeping", keys, _facts, hidden=[modules.to_start(kind)], label=kind)


lstm_cell = TwoStates(
    "lstm_cell",
    ["h", "c"],
    _pair,
    visible=[rows.shown("LSTM", sizes, cell=True) for sizes in rows.SHOWN_CELLS],
    hidden=[rows.numbered(lambda number: [rows.drawn("LSTM", sizes, number, cell=True) for sizes in rows.CELLS])],
)
gru_cell = array(
    "gru_cell",
    form=_one,
    visible=[rows.shown("GRU", sizes, cell=True) for sizes in rows.SHOWN_CELLS],
    hidden=[rows.numbered(lambda number: [rows.drawn("GRU", sizes, number, cell=True) for sizes in rows.CELLS])],
)
lstm_layer = _layer("LSTM", ("out", "h", "c"), lstm_cell)
gru_layer = _layer("GRU", ("out", "h"), gru_cell)
lstm_slopes, lstm_slopes_again = _slopes("LSTM")
gru_slopes, gru_slopes_again = _slopes("GRU")
of_rnn, of_gru, of_lstm = (
    number("parameter_count", visible=[(kind, *rows.SHOWN_COUNTS)], hidden=[rows.counts(kind)], label=kind)
    for kind in rows.BLOCKS
)
refused = refusal(
    "parameter_count", raises="ValueError", visible=rows.REFUSED, hidden=rows.REFUSED_TOO, label="refusal"
)
rnn_distances, gru_distances, lstm_distances = map(_distances, rows.BLOCKS)
left_alone = LeftAlone(
    "gradient_by_distance",
    ["x", "weights", "gradients"],
    _facts,
    hidden=[rows.numbered(modules.left_alone)],
    label="left alone",
)
gru_start = _start("GRU", "keeps", "others", "weights", "returned", "draws")
lstm_start = _start("LSTM", "keeps", "writes", "others", "weights", "returned", "draws")
