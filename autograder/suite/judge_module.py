"""The judge of classes of modules, by transplanted weights: what they hold, answer, keep, and pass back.

Random weights are copied into the student's module and into the solution's; what both answer has to agree. Attributes
may have any name, and weights any order: they are matched by shape.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from autograder.sandbox.values import Array
from autograder.suite.disclosure import if_shown
from autograder.suite.examined import Values, listed, matched, raised, together, tried
from autograder.suite.failures import StudentFailure, StudentObject
from autograder.suite.form_facts import CONSTANT, RANDOM, RANDOM_START, STATE, own_start
from autograder.suite.judge import Judge
from autograder.suite.judge_arrays import ArrayForm, near
from autograder.suite.module_here import ModuleHere
from autograder.suite.quantities import Lacking
from autograder.suite.stages import CheckFailed, name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from autograder.suite.answer_form import Answer, Fact
    from autograder.suite.rows import Asked
    from autograder.suite.student import Student
    from autograder.suite.variants import Row

    Shape = tuple[int, ...]

WEIGHTS, OUTPUT, START, LOGITS, CALLS, EVAL = "weights", "output", "start", "logits", "calls", "eval"
GRADIENTS = "gradients of the "
GRADIENT_TOLERANCE, START_TOLERANCE = 1e-4, 1e-6
_CUT = "gradient cut"
_JOIN = "Take detach(), .data, .item(), argmax or torch.no_grad() out of forward."


class ModuleJudge(Judge):
    """Judges a class of modules. A row's arguments are weights and batches, its keywords those of the class."""

    asks_again = False
    one_price = "function"
    lacking_costs = True

    def __init__(
        self,
        function: str,
        layers: Mapping[str, Callable[..., Sequence[Shape]]],
        output: Callable[[Any], ArrayForm],
        *,
        facts: Callable[[Row, Any], Fact | None] | None = None,
        **more: Any,
    ) -> None:
        """`layers`, by name, give the shapes of their weights from the class' keywords; see `module` for the rest."""
        self.gradients = tuple(GRADIENTS + layer for layer in layers)
        super().__init__(function, [WEIGHTS, OUTPUT, START, LOGITS, CALLS, EVAL, *self.gradients], **more)
        self._layers = dict(layers)
        self._output = output
        self._facts = facts

    @property
    def carried(self) -> tuple[str, ...]:
        """No quantities: a module is judged by its weights and inputs alone."""
        return ()

    # ------------------------------------------------------------ asking

    def ask(self, student: Student, row: Row) -> dict[str, Any]:
        """A new module of the student's, examined; raises `CheckFailed`, `StudentFailure`."""
        student.seed(row.seed or 0)
        model = getattr(student, self.function)(**row.kwargs)
        if not isinstance(model, StudentObject):
            step = f"Let {self.function} be a class that is derived from nn.Module."
            raise CheckFailed(f"`{self.function}(…)` should give a module, but gives {name(model)}.", step=step)
        return self._examined(model, row, lambda: student.seed(row.seed or 0))

    def run(self, function: Callable[..., Any], row: Row) -> dict[str, Any]:
        """Return what `ask` would, for a class in this process: the solution's, or a changed one."""
        model = ModuleHere(function(**row.kwargs))
        return self._examined(model, row, lambda: ModuleHere.seed(row.seed or 0))

    def _examined(self, model: StudentObject | ModuleHere, row: Row, seed: Callable[[], None]) -> dict[str, Any]:
        """Examine a module: start weights; what it answers with weights copied in, call by call; and the gradients."""
        weights, batches = row.args
        start = model.weights()
        order = matched([array.shape for _, array in start], [n for n, _ in start], self._shapes(row))
        if order is None:
            seed()
            return {"start": [array for _, array in start], "outputs": [tried(lambda: model(batches[0]))]}
        copied: list[Any] = [array for _, array in start]
        for place, own in enumerate(order):
            copied[own] = weights[place]
        model.set_weights(copied)
        outputs = []
        for batch in (batches[0], batches[0], None, *batches[1:], batches[0]):
            if batch is not None:
                seed()  # what is random in it, and not kept from call to call, is then the same
            outputs.append(tried(lambda batch=batch: model(batches[0] if batch is None else batch)))  # type: ignore[misc]
        seed()
        passed_back = tried(lambda: model.backward(batches[0]))
        slopes = None if raised(passed_back) else [slope for _, slope in model.gradients()]
        stopped = {} if slopes is not None or "require" in passed_back["text"] else {"stopped": passed_back}
        model.method("eval")
        seed()
        outputs.append(tried(lambda: model(batches[0])))
        found = {"start": [array for _, array in start], "names": [n for n, _ in start], "outputs": outputs}
        return found | {"gradients": slopes} | stopped

    def _shapes(self, row: Row) -> list[Shape]:
        return [shape for shapes in self._layers.values() for shape in shapes(**row.kwargs)]

    # ------------------------------------------------------------ reading

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """Return what was found, by key; `Lacking` where it is not there."""
        batches = row.args[1]
        start, outputs = value["start"], value["outputs"]
        if len(outputs) == 1:
            lacking = Lacking.of(self._other_weights([array.shape for array in start], row))
            form = self._read(outputs[0], batches[0])
            return dict.fromkeys(self.keys, lacking) | {OUTPUT: form if isinstance(form, Lacking) else "there"}
        order = matched([array.shape for array in start], value["names"], self._shapes(row))
        assert order is not None
        asked = [batches[0], batches[0], batches[0], *batches[1:], batches[0], batches[0]]
        answers = [self._read(answer, batch) for answer, batch in zip(outputs, asked, strict=True)]
        answers[2:3], random = [], answers[2]
        found = {
            WEIGHTS: sorted(array.shape for array in start),
            OUTPUT: next((a for a in answers if isinstance(a, Lacking)), "there"),
            START: Values(tuple(start[own].numpy() for own in order), 0, START_TOLERANCE),
            LOGITS: together(answers[:1]),
            CALLS: together(answers[1:-1]),
            EVAL: together(answers[-1:]),
        }
        if (stopped := value.get("stopped")) is not None:
            return found | dict.fromkeys(self.gradients, raised(stopped)) | {"random": random}
        found |= self._slopes(value["gradients"], order, row)
        return found | {"random": random}

    def _read(self, answer: dict[str, Any], batch: Any) -> Any:
        if (ended := raised(answer)) is not None:
            return ended
        try:
            return self._output(batch).read(answer["gave"], "The output")
        except CheckFailed as failed:
            return Lacking.of(failed)

    def _slopes(self, slopes: Any, order: Sequence[int], row: Row) -> dict[str, Any]:
        if slopes is None:
            cut = CheckFailed("No gradient leads from your output back to the weights.", mistake=_CUT, step=_JOIN)
            return dict.fromkeys(self.gradients, Lacking.of(cut))
        found: dict[str, Any] = {}
        places = iter(order)
        for layer, shapes in self._layers.items():
            own = [slopes[place] for _ in shapes(**row.kwargs) if (place := next(places)) < len(slopes)]
            numbers = [slope.numpy() for slope in own if isinstance(slope, Array)]
            if len(numbers) < len(shapes(**row.kwargs)) or not all(slope.any() for slope in numbers):
                words = f"No gradient reaches the weights of your {layer}: something cuts it off."
                found[GRADIENTS + layer] = Lacking.of(CheckFailed(words, mistake=_CUT, step=_JOIN))
            else:
                found[GRADIENTS + layer] = Values(tuple(numbers), GRADIENT_TOLERANCE, GRADIENT_TOLERANCE)
        return found

    def _other_weights(self, found: list[Shape], row: Row) -> CheckFailed:
        wanted = " and ".join(f"one {layer}" for layer in self._layers)
        if not found:
            return CheckFailed(
                f"{self.function} holds no weights: make the layers in __init__, with `self.` in front.",
                mistake="no weights",
                step="Make both layers in __init__: self.… = nn.….",
            )
        there, lacking, left = self._recognised(found, row)
        beside = f"what it holds beside one {' and one '.join(there)} has" if there else "it holds"
        exact = f": {beside} the shapes {listed(left)} instead of {listed(lacking)}."
        if not there:
            exact = f": their shapes are {listed(found)}, and should be {listed(self._shapes(row))}."
        elif not left:
            exact = f": beside one {' and one '.join(there)} it holds nothing, and {listed(lacking)} is missing."
        return CheckFailed(
            f"{self.function} holds other weights than {wanted}" + if_shown(exact, "."),
            step="Compare the layers in __init__ with the task, number by number; each needs `self.` in front.",
        )

    def _recognised(self, found: Sequence[Shape], row: Row) -> tuple[list[str], list[Shape], list[Shape]]:
        """Return the layers whose weights are there, the shapes of the others, and those that are left."""
        there: list[str] = []
        lacking: list[Shape] = []
        left = [tuple(shape) for shape in found]
        for layer, shapes in self._layers.items():
            wanted = [tuple(shape) for shape in shapes(**row.kwargs)]
            if matched(left, [""] * len(left), wanted) is None:
                lacking += wanted
                continue
            there.append(layer)
            for shape in wanted:
                left.remove(shape)
        return there, lacking, left

    def flaw(self, answer: Answer, row: Row) -> CheckFailed | StudentFailure | None:
        """Return what weights and output lack, or that there are too many weights; None if nothing is wrong."""
        weights, output = answer[WEIGHTS], answer[OUTPUT]
        if not isinstance(weights, Lacking) and len(weights) > (count := len(self._shapes(row))):
            exact = f"{len(weights)} weights instead of {count}; their shapes: {listed(weights)}."
            return CheckFailed(
                f"{self.function} holds {if_shown(exact, 'more weights than it should.')}",
                mistake="extra weights",
                step="Take out what the task does not name: further layers, directions, or weights of your own.",
            )
        for part in (weights, output):
            if isinstance(part, Lacking):
                return part.failure
        return None

    # ------------------------------------------------------------ judging

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two quantities agree, array by array."""
        if isinstance(got, Values) and isinstance(wanted, Values):
            return len(got.arrays) == len(wanted.arrays) and all(
                near(a, b, wanted.rtol, wanted.atol) for a, b in zip(got.arrays, wanted.arrays, strict=True)
            )
        return type(got) is type(wanted) and not isinstance(got, Values) and bool(got == wanted)

    def shown(self, key: str, value: Any) -> str:
        """The first numbers of the first array."""
        if not isinstance(value, Values):
            return f"{key}: {listed(value) if isinstance(value, list) else value}"
        return f"{key}: " + ", ".join(f"{number:.4f}" for number in value.arrays[0].flatten()[:4].tolist()) + ", …"

    def named(self, key: str) -> str:
        """The quantity as the subject of a sentence."""
        words = {
            LOGITS: "What your module answers",
            CALLS: "What your module answers to other batches",
            EVAL: "What your module answers after `eval()`",
            START: "The set of start weights after a seed",
        }
        return words.get(key, f"The set of {key}")

    def unexplained(self, found: Any, key: str) -> str:
        """Say what is wrong, and what before it is right, if anything is."""
        if key == START:
            return "After the same seed your start weights are others than PyTorch's own for the layers, made in order."
        right = " For the first batch it is right." if key != LOGITS and LOGITS in found.right else ""
        return (
            f"{self.named(key)} has the right form, but other numbers than the layers give with these weights.{right}"
        )

    def general(self, key: str, rows: Sequence[Row], got: Sequence[Answer], text: str) -> Fact | None:
        """Tell state kept between calls, random layers, answers that never change, and the lab's own `facts`."""
        if key == START:
            return own_start(text)
        if key not in {LOGITS, CALLS, EVAL, *self.gradients}:
            return None
        for row, answer in zip(rows, got, strict=True):
            logits, calls = answer[LOGITS], answer[CALLS]
            if not isinstance(logits, Values):
                continue
            first = logits.arrays[0]
            if isinstance(calls, Values) and not (near(first, calls.arrays[0]) and near(first, calls.arrays[-1])):
                return STATE
            if not isinstance(answer["random"], Lacking) and not near(first, answer["random"]):
                return RANDOM_START if re.search(r"\brandn?(?:_like)?\(", text) else RANDOM
            if key in self.gradients:
                continue
            if len(first) > 1 and near(first, first[:1].repeat(len(first), axis=0)):
                return CONSTANT
            if self._facts and (fact := self._facts(row, first)) is not None:
                return fact
        return None


def module(
    function: str,
    *,
    layers: Mapping[str, Callable[..., Sequence[Shape]]],
    output: Callable[[Any], ArrayForm],
    visible: Sequence[Asked],
    hidden: Sequence[Asked] = (),
    **more: Any,
) -> ModuleJudge:
    """Judge a class of modules by transplanted weights.

    `layers`, by name and in the order in which they are to be made, give the shapes of their weights from the class'
    keywords; `output(batch)` is the form of the answer to a batch. A row is `Row((weights, batches), keywords, seed)`.
    Quantities: `weights`, `output` (its form), `start` (weights after the seed), `logits` (of the first batch), `calls`
    (the others, and the first one again), `eval` (after `eval()`), and for each layer `gradients of the <name>`.
    `facts(row, logits)` may say what is wrong where no mistake is known.
    """
    return ModuleJudge(function, layers, output, visible=visible, hidden=hidden, **more)
