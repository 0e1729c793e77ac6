"""Library modules that a suite has made in a child: what may be made, and that it is the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from autograder.sandbox import protocol as p
from autograder.sandbox.server_client import WarmServer
from autograder.sandbox.submission_process import SubmissionProcess
from autograder.suite.failures import StudentFailure, StudentObject
from autograder.suite.student import Student

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LAST_STATE = "def last(module, x):\n    return module(x)[1][-1]\n"
WITH_TORCH = "import torch\n{}\ndef last(module, x):\n    return torch.select(module(x)[1], 0, -1)\n"


@pytest.fixture(scope="module")
def server() -> Iterator[WarmServer]:
    """One warm server for this file."""
    with WarmServer() as warm:
        yield warm


@pytest.fixture
def runs(server: WarmServer) -> Iterator[Callable[[str], Student]]:
    """Makes the `student` of a submission that is one cell."""
    runners: list[SubmissionProcess] = []

    def start(source: str) -> Student:
        runners.append(SubmissionProcess(server, [p.Cell(0, source)], ["last"], p.Limits()))
        return Student(runners[-1], [])

    yield start
    for process in runners:
        process.close()


def twins(student: Student, x: torch.Tensor) -> tuple[StudentObject, torch.nn.GRU]:
    """A GRU of two layers in the child and one here, with the same weights."""
    own = torch.nn.GRU(x.shape[-1], 5, num_layers=2, batch_first=True)
    made = student.make("torch.nn.GRU", x.shape[-1], 5, num_layers=2, batch_first=True)
    made.set_weights([weight.detach() for weight in own.parameters()])
    return made, own


def test_a_made_module_computes_what_its_twin_does(runs: Callable[[str], Student]) -> None:
    """With the same weights copied in, a module in the child gives the numbers of one in the grader.

    rtol 1e-5 + atol 1e-5 is what suites allow; both sides run the same torch on the same machine.
    """
    x = torch.randn(4, 6, 3)
    made, own = twins(runs(LAST_STATE), x)
    out, h = made(x)

    assert made.type_name == "GRU"
    for got, wanted in zip((out, h), own(x), strict=True):
        np.testing.assert_allclose(got.numpy(), wanted.detach().numpy(), rtol=1e-5, atol=1e-5)


def test_a_made_module_is_taken_as_an_argument(runs: Callable[[str], Student]) -> None:
    """A student's function gets the module itself, not a stand-in."""
    student, x = runs(LAST_STATE), torch.randn(4, 6, 3)
    made, own = twins(student, x)

    np.testing.assert_allclose(student.last(made, x).numpy(), own(x)[1][-1].detach().numpy(), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    "name",
    [
        "GRU",
        "torch.nn.GUR",
        "torch.nn.",
        "torch.nn.Parameter",
        "torch.nn.functional.relu",
        "torch.nn.modules.module.torch.save",
        "torch.optim.Adam",
        "torch.nnGRU",
        "os.system",
    ],
)
def test_other_names_are_the_suites_fault(runs: Callable[[str], Student], name: str) -> None:
    """What is no class of modules below torch.nn is refused here, before a child has been started for it."""
    student = runs(LAST_STATE)

    with pytest.raises(TypeError, match="no class of modules"):
        student.make(name)
    assert student.generation == 0


def test_the_child_refuses_other_names_too(runs: Callable[[str], Student]) -> None:
    """A frame that asks for something else makes nothing, whoever wrote it."""
    reply = runs(LAST_STATE)._process.ask(p.Make("torch.optim.Adam", [], {}))

    assert isinstance(reply, p.Raised)
    assert reply.kind == "TypeError"


def test_a_module_is_in_single_precision(runs: Callable[[str], Student]) -> None:
    """A student's default type of double precision does not turn the suite's modules into something else."""
    student = runs(WITH_TORCH.format("torch.set_default_dtype(torch.float64)"))
    made = student.make("torch.nn.LSTM", 2, 3)

    assert {array.dtype for _, array in made.weights()} == {"float32"}


def test_arguments_that_do_not_fit_are_told_without_the_text(runs: Callable[[str], Student]) -> None:
    """What torch says to wrong arguments becomes a failure of the check; its text could hold hidden sizes."""
    with pytest.raises(StudentFailure) as caught:
        runs(LAST_STATE).make("torch.nn.GRU", 3, 5, layers=2)

    assert (caught.value.status, caught.value.message) == ("error", "making a `torch.nn.GRU` raised a TypeError")


def test_a_replaced_class_is_the_students_error(runs: Callable[[str], Student]) -> None:
    """A notebook that puts something else in place of torch.nn.GRU fails its check; the grader goes on."""
    student = runs(WITH_TORCH.format("torch.nn.GRU = None"))

    with pytest.raises(StudentFailure) as caught:
        student.make("torch.nn.GRU", 3, 5)
    assert caught.value.status == "error"


def test_a_module_does_not_outlive_its_child(runs: Callable[[str], Student]) -> None:
    """In the next child the module is gone, and using it says so in place of naming another object."""
    student = runs(LAST_STATE)
    made = student.make("torch.nn.GRU", 3, 5)
    student._process._drop()
    student.make("torch.nn.LSTM", 3, 5)

    with pytest.raises(StudentFailure, match="was lost"):
        made.weights()


def test_a_module_is_made_of_parts_with_its_weights(runs: Callable[[str], Student]) -> None:
    """In one question, and it computes what its twin here does."""
    own = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(6, 2))
    parts = [("torch.nn.Flatten",), ("torch.nn.Linear", 6, 2)]
    made = runs(LAST_STATE).make("torch.nn.Sequential", parts=parts, weights=[w.detach() for w in own.parameters()])
    x = torch.randn(4, 3, 2)

    np.testing.assert_allclose(made(x).numpy(), own(x).detach().numpy(), rtol=1e-5, atol=1e-5)


def test_a_part_of_another_kind_is_the_suites_fault_too(runs: Callable[[str], Student]) -> None:
    """Parts are looked up as the whole is."""
    with pytest.raises(TypeError, match="no class of modules"):
        runs(LAST_STATE).make("torch.nn.Sequential", parts=[("os.system", "true")])


def test_weights_of_another_shape_are_told(runs: Callable[[str], Student]) -> None:
    """They fail the check; nothing is copied in part and believed."""
    with pytest.raises(StudentFailure, match=r"making a `torch\.nn\.Linear` raised a RuntimeError"):
        runs(LAST_STATE).make("torch.nn.Linear", 2, 3, weights=[torch.zeros(2, 2), torch.zeros(3)])


def test_slopes_are_those_of_the_weighted_sum(runs: Callable[[str], Student]) -> None:
    """With respect to each input, zeros for one that is not used; a pair of results is weighted part by part."""
    student = runs("def last(x, w, unused):\n    return x * w, (x + w,)\n")
    x, w, unused = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 5.0]), torch.zeros(3)
    first, second = torch.tensor([1.0, 10.0]), torch.tensor([0.5, 0.25])

    found = [slope.numpy().tolist() for slope in student.slopes("last", [x, w, unused], [first, second])]

    assert found == [[3.5, 50.25], [1.5, 20.25], [0.0, 0.0, 0.0]]


def test_slopes_of_what_raises_or_of_too_few_results_are_the_students(runs: Callable[[str], Student]) -> None:
    """The function is named; a result that is missing is an exception too."""
    student = runs("def last(x):\n    return x\n")

    with pytest.raises(StudentFailure, match="`last` raised a ValueError"):
        student.slopes("last", [torch.ones(2)], [torch.ones(2), torch.ones(2)])


def test_what_is_kept_is_handed_over_itself(runs: Callable[[str], Student]) -> None:
    """What a function does to it is seen after the call."""
    student = runs("def last(x):\n    x.add_(1)\n")
    x = student.keep(torch.zeros(2))

    student.last(x)

    assert x.method("numpy").numpy().tolist() == [1.0, 1.0]


def test_an_object_is_known_again(runs: Callable[[str], Student]) -> None:
    """A module that is handed back is the one that was handed over; another one is not."""
    student = runs("import copy\ndef last(module, again):\n    return module if again else copy.copy(module)\n")
    made = student.make("torch.nn.Linear", 2, 2)

    assert made.is_same(student.last(made, True))
    assert not made.is_same(student.last(made, False))
    assert not made.is_same(None)


def test_backward_takes_the_first_of_a_pair(runs: Callable[[str], Student]) -> None:
    """A recurrent layer returns its state too: backward runs from the sum of its output."""
    x = torch.randn(4, 6, 3)
    made, own = twins(runs(LAST_STATE), x)

    made.backward(x)
    own(x)[0].sum().backward()

    for (_, slope), weight in zip(made.gradients(), own.parameters(), strict=True):
        assert slope is not None
        assert weight.grad is not None
        np.testing.assert_allclose(slope.numpy(), weight.grad.numpy(), rtol=1e-5, atol=1e-5)
