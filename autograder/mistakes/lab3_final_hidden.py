"""The mistakes in `final_hidden` that the suite recognises, computed with torch on the very module and input.

Only what differs from the reference is compared, so a recipe that is right for one layer, or for length one, names
nothing there. A recipe that has no result for a case (`h[1]` of one layer) does not fit. Most specific first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

from autograder.mistakes.lab3_cases import agree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from autograder.mistakes.lab3_cases import Case, Matrix


class StateMistake(NamedTuple):
    """A known mistake and what it returns."""

    name: str
    message: str
    recipe: Callable[[Case], torch.Tensor]


STATE_MISTAKES = [
    StateMistake(
        "all steps returned",
        "That is all of out, every step. Keep the last step: time is the middle axis.",
        lambda run: run.out,
    ),
    StateMistake(
        "squeezed",
        "`squeeze` also removes the batch, or the hidden axis, when it has length one. Index instead: h[-1].",
        lambda run: run.h[-1].squeeze(),
    ),
    StateMistake(
        "squeezed",
        "`squeeze` removes an axis only where it has length one, which the layers have not here. Index instead: h[-1].",
        lambda run: run.h.squeeze(),
    ),
    StateMistake(
        "layer axis kept",
        "That is h with its first axis, the layers. Take the last layer out of it: h[-1].",
        lambda run: run.h,
    ),
    StateMistake(
        "layer axis kept",
        "The last layer is there, but with an axis of length one in front. h[-1] has none, h[-1:] has.",
        lambda run: run.h[-1:],
    ),
    StateMistake(
        "time axis kept",
        "The last step is there, but the time axis still is too. out[:, -1] drops it, out[:, -1:] keeps it.",
        lambda run: run.out[:, -1:],
    ),
    StateMistake(
        "first layer for last",
        "That is h[0], the first layer. With one layer it is the last as well; from two on it is not.",
        lambda run: run.h[0],
    ),
    StateMistake(
        "second layer for last",
        "That is h[1], the second layer. The last one is h[-1], however many there are.",
        lambda run: run.h[1],
    ),
    StateMistake(
        "first step for last",
        "That is out[:, 0], the first step: nothing but the first value has been read by then.",
        lambda run: run.out[:, 0],
    ),
    StateMistake(
        "step before the last",
        "That is the step before the last one. The last step is out[:, -1].",
        lambda run: run.out[:, -2],
    ),
    StateMistake(
        "last sequence for last step",
        "That is out[-1], the last sequence with all its steps. The last step of all sequences is out[:, -1].",
        lambda run: run.out[-1],
    ),
    StateMistake(
        "last sequence only",
        "That is the last sequence of the batch. The first axis of h is the layer, whatever batch_first says: h[-1].",
        lambda run: run.h[:, -1],
    ),
    StateMistake(
        "pair told by its length",
        "A GRU's h of two layers has length two, as the LSTM's pair (h, c) has. Ask isinstance(state, tuple) instead.",
        lambda run: (run.h[0] if len(run.h) == 2 else run.h)[-1],
    ),
    StateMistake(
        "last sequence only",
        "That is one sequence, the last of the batch. Every sequence has a row in the result.",
        lambda run: run.h[-1][-1],
    ),
    StateMistake(
        "first sequence only",
        "That is one sequence, the first of the batch. Every sequence has a row in the result.",
        lambda run: run.h[-1][0],
    ),
    StateMistake(
        "one unit at every step",
        "That is out[:, :, -1], one hidden unit at every step. Time is the middle axis: out[:, -1].",
        lambda run: run.out[:, :, -1],
    ),
    StateMistake(
        "c for h",
        "That is the cell state c, what the LSTM keeps. Wanted is h, what it shows; the pair is (h, c), in that order.",
        lambda run: run.c[-1],
    ),
    StateMistake(
        "c for h",
        "That is c, and of the first layer. Wanted is h of the last one.",
        lambda run: run.c[0],
    ),
    StateMistake(
        "pair taken for h",
        "That is the whole of c. The LSTM's state is the pair (h, c): [-1] of the pair is c. First take h out of it.",
        lambda run: run.c,
    ),
    StateMistake(
        "tanh of c",
        "That is tanh(c): the output gate is missing. The LSTM hands back h itself; there is nothing to work out.",
        lambda run: torch.tanh(run.c[-1]),
    ),
    StateMistake(
        "h and c together",
        "That is h and c side by side. Only h is asked for.",
        lambda run: torch.cat([run.h[-1], run.c[-1]], dim=1),
    ),
    StateMistake("h and c together", "That is h plus c. Only h is asked for.", lambda run: run.h[-1] + run.c[-1]),
    StateMistake(
        "mean over time",
        "That is the mean over all steps. Wanted is the state after the last one.",
        lambda run: run.out.mean(1),
    ),
    StateMistake(
        "sum over time",
        "That is the sum over all steps. Wanted is the state after the last one.",
        lambda run: run.out.sum(1),
    ),
    StateMistake(
        "maximum over time",
        "That is the largest value over all steps. Wanted is the state after the last one.",
        lambda run: run.out.amax(1),
    ),
    StateMistake(
        "mean over the layers",
        "That is the mean over the layers. Wanted is the last layer alone: h[-1].",
        lambda run: run.h.mean(0),
    ),
    StateMistake(
        "sum of the layers",
        "That is the sum of the layers. Wanted is the last layer alone: h[-1].",
        lambda run: run.h.sum(0),
    ),
    StateMistake(
        "layers glued together",
        "All layers stand side by side in your result. Wanted is the last one alone: h[-1].",
        lambda run: run.h.transpose(0, 1).reshape(len(run.x), -1),
    ),
    StateMistake(
        "layers glued together",
        "Your result holds all layers, reshaped. Wanted is the last one alone: h[-1].",
        lambda run: run.h.reshape(len(run.x), -1),
    ),
    StateMistake(
        "layers glued together",
        "Your result holds all layers, one below the other. Wanted is the last one alone: h[-1].",
        lambda run: run.h.reshape(-1, run.h.shape[-1]),
    ),
    StateMistake(
        "transposed",
        "Rows and columns have changed places: the batch comes first, then the hidden numbers.",
        lambda run: run.h[-1].T,
    ),
    StateMistake("flattened", "Your result is flattened. Keep one row per sequence.", lambda run: run.h[-1].flatten()),
    StateMistake(
        "steps glued together",
        "All steps stand side by side in your result. Wanted is the last one alone: out[:, -1].",
        lambda run: run.out.reshape(len(run.x), -1),
    ),
    StateMistake(
        "input turned round",
        "You turned x round before the module. It is built with batch_first=True: hand x over as it is.",
        lambda run: run.module(run.x.transpose(0, 1))[0][-1],
    ),
    StateMistake(
        "input turned round",
        "You turned x round before the module. It is built with batch_first=True: hand x over as it is.",
        lambda run: run.module(run.x.transpose(0, 1))[0][:, -1],
    ),
    StateMistake(
        "read backwards",
        "You reversed the steps. The module reads x in its own order.",
        lambda run: run.module(run.x.flip(1))[0][:, -1],
    ),
    StateMistake(
        "last step alone",
        "The module has read the last step only, without what came before. Hand it the whole of x.",
        lambda run: run.module(run.x[:, -1:])[0][:, -1],
    ),
    StateMistake(
        "input returned",
        "That is the last step of x itself. Run the module on x.",
        lambda run: run.x[:, -1],
    ),
    StateMistake(
        "tanh once more",
        "That is tanh(h). The module has done its tanh: return h as it is.",
        lambda run: torch.tanh(run.h[-1]),
    ),
    StateMistake(
        "softmax added",
        "That is softmax(h). Return h as it is.",
        lambda run: torch.softmax(run.h[-1], dim=1),
    ),
    StateMistake("rounded", "Your numbers are rounded. Keep every digit.", lambda run: run.h[-1].round(decimals=4)),
]


def recognise_state(wrong: Sequence[tuple[Case, Matrix]]) -> StateMistake | None:
    """The first mistake that gives what the student got, in every case that is wrong."""
    with torch.no_grad():
        for mistake in STATE_MISTAKES:
            if all(_fits(mistake, case, got) for case, got in wrong):
                return mistake
    return None


def _fits(mistake: StateMistake, case: Case, got: Matrix) -> bool:
    try:
        return agree(got, mistake.recipe(case).numpy())
    except (IndexError, RuntimeError):
        return False
