"""Define what a suite meets beside plain data: objects that stay in the child, and calls that got no value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from autograder.errors import KitError
from autograder.sandbox import protocol as p
from autograder.sandbox.values import Array, Handle

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


_TYPES = """
NoneType bool int float complex str bytes bytearray list tuple dict set frozenset range slice generator map filter zip
enumerate reversed function builtin_function_or_method method type module deque array Counter Decimal Fraction ndarray
Tensor Parameter Size dtype GRU LSTM RNN GRUCell LSTMCell Linear Module Series DataFrame
"""
_KNOWN_TYPES = frozenset(_TYPES.split())


def type_name(handle: Handle, names: Collection[str]) -> str:
    """The type's name if it is common or one of the lab's, else "its own": an invented one could carry inputs."""
    return handle.type_name if handle.type_name in _KNOWN_TYPES or handle.type_name in names else "its own"


class StudentFailure(KitError):  # the base of what a check can meet
    """A call got no value. `status` is the check's status, `message` and `where` are for the student."""

    def __init__(
        self,
        status: str,
        message: str,
        *,
        where: str | None = None,
        raised: str | None = None,
        kinds: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.where = where
        self.raised = raised
        self.kinds = tuple(kinds)  # of the exception: `raised` and what it is derived from
        self.text = ""  # the first line of the exception's text, for the grader alone
        self.step: str | None = None  # the next step, instead of the check's hint
        self.mistake: str | None = None
        self.untouched = ""  # the function whose stub is as it was handed out
        self.shared = False  # remembered: other checks may raise the very same failure


class Asked(Protocol):
    """The submission that an object belongs to, as far as the object needs it: `Student` is one."""

    @property
    def generation(self) -> int:
        """The number of children it has had: an object is lost with its child."""

    @property
    def names(self) -> Collection[str]:
        """The names that a suite may say of its code."""

    def ask(self, request: p.Request) -> Any:
        """Put a question to the child; raises `StudentFailure`."""

    def packed(self, args: Sequence[object], kwargs: dict[str, object]) -> tuple[Any, Any]:
        """Return the arguments in the form in which they are sent."""


class StudentObject:
    """An object that stays in the child: call it, call its methods, pass it back, read and set its weights."""

    def __init__(self, student: Asked, handle: Handle, generation: int) -> None:
        self._student = student
        self._handle = handle
        self._generation = generation

    @property
    def type_name(self) -> str:
        """The name of its type if it is a known one, else "its own": an invented name could carry hidden inputs."""
        return type_name(self._handle, self._student.names)

    def is_same(self, other: object) -> bool:
        """Tell whether it is the very object that `other` stands for."""
        return isinstance(other, StudentObject) and self.handle().number == other.handle().number

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Call the object in the child."""
        return self._student.ask(p.Call(self.handle(), "", *self._student.packed(args, kwargs)))

    def method(self, name: str, *args: object, **kwargs: object) -> Any:
        """Call one of its methods."""
        return self._student.ask(p.Call(self.handle(), name, *self._student.packed(args, kwargs)))

    def weights(self) -> list[tuple[str, Array]]:
        """A module's parameters by name, in the module's own order."""
        return self._named(p.Weights(self.handle()))

    def gradients(self) -> list[tuple[str, Array | None]]:
        """Return the gradients of its parameters; None where there is none."""
        return self._named(p.Weights(self.handle(), gradients=True))

    def set_weights(self, arrays: list[Any]) -> None:
        """Copy arrays (or tensors) into the parameters, in the module's own order."""
        self._student.ask(p.SetWeights(self.handle(), self._student.packed(arrays, {})[0]))

    def backward(self, *args: object) -> Any:
        """Clear the gradients, call the module, run backward from the sum of what it returned; returns that."""
        return self._student.ask(p.Backward(self.handle(), self._student.packed(args, {})[0]))

    def handle(self) -> Handle:
        """Return its handle, while its child lives; raises `StudentFailure`."""
        if self._generation != self._student.generation:
            raise StudentFailure(
                "crashed", "The object that this check needs was lost when your program's process ended."
            )
        return self._handle

    def _named(self, request: p.Weights) -> list[tuple[str, Any]]:
        pairs = self._student.ask(request)
        if isinstance(pairs, list) and all(
            isinstance(pair, list)
            and len(pair) == 2
            and isinstance(pair[0], str)
            and (isinstance(pair[1], Array) or (request.gradients and pair[1] is None))
            for pair in pairs
        ):
            return [(name, array) for name, array in pairs]
        raise StudentFailure("crashed", "Your program's process gave something else than a list of weights.")
