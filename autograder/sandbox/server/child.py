"""Run in a sandboxed child, and answer questions about one submission, one after another.

The child is forked from the warm server, confined before the first frame is read, and from the first cell on
it belongs to the student: code here is convenience, not defence. Nothing here is trusted by the grader, which
checks every frame again.
"""

from __future__ import annotations

import ast
import builtins
import random
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec

from autograder.sandbox import frames
from autograder.sandbox import protocol as p
from autograder.sandbox.server.exceptions import MissingNameError, told
from autograder.sandbox.server.execution import execute, remember_sources
from autograder.sandbox.server.output import Capture
from autograder.sandbox.slicing.choose import choose, future_flags
from autograder.sandbox.slicing.definitions import Definitions
from autograder.sandbox.slicing.parse import new_namespace, read_cell
from autograder.sandbox.torch_modules import construct, first_of, slopes
from autograder.sandbox.values import Array, Encoder, Handle, enc_hook, ext_hook

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

_MISSING = object()
_BALLAST = 2**20  # bytes kept back, so that there is memory to say that there is none


class Child:
    """The namespace of one submission and the objects that stay in it."""

    def __init__(self, channel: socket.socket, output_bytes: int) -> None:
        self._channel = channel
        self._output = Capture(output_bytes)
        self._module = new_namespace()
        self._names: dict[str, Any] = self._module.__dict__
        self._kept: list[object] = []
        self._numbers: dict[int, int] = {}  # by id
        self._plan: dict[int, list[ast.stmt]] = {}
        self._flags = 0
        self._definitions = Definitions([])
        self._running = False
        self._decoder = msgspec.msgpack.Decoder(p.Question, ext_hook=ext_hook)
        self._ballast = bytearray(_BALLAST)

    def serve(self) -> None:
        """Answer the grader's questions, one by one, until it closes the channel."""
        sys.modules["__main__"] = self._module
        sys.argv = [""]
        sys.path.append(str(Path.cwd()))  # what the notebook writes it can import; last, so that it shadows nothing
        builtins.input = lambda *_args: ""  # nobody is there to type
        signal.signal(signal.SIGINT, self._interrupt)
        while True:
            try:
                frame = frames.receive_frame(self._channel)
            except EOFError:
                return
            frames.send_frame(self._channel, self.answered(frame))

    def answered(self, frame: bytes) -> bytes:
        """The frame that answers a question's frame."""
        question = self._decoder.decode(frame)
        try:
            return self._encoded(p.Answer(question.number, self._reply(question)))
        except MemoryError:  # all of it is held by names that outlive the call
            del self._ballast
            return msgspec.msgpack.encode(p.Answer(question.number, p.Raised("MemoryError", "", limit="memory")))

    def _encoded(self, answer: p.Answer) -> bytes:
        payload = msgspec.msgpack.encode(answer, enc_hook=enc_hook)
        too_large = p.Answer(answer.number, p.Raised("TooLargeError", ""))
        return payload if len(payload) <= frames.MAX_FRAME else msgspec.msgpack.encode(too_large)

    def _interrupt(self, *_args: object) -> None:
        """End the statement at hand and keep what was defined, like Jupyter's stop button."""
        if self._running:
            raise KeyboardInterrupt

    def _reply(self, question: p.Question) -> p.Reply:
        match question.request:
            case p.Calls(calls=calls):
                return p.Several([cast("p.Returned | p.Raised", self._answer(call)) for call in calls])
        return self._answer(question.request, question.seed)

    def _answer(self, request: p.Request, seed: int | None = None) -> p.Reply:
        sys.stdout = sys.stderr = self._output  # a student may have put others in their place
        try:
            self._running = True
            try:
                if seed is not None:
                    _seed(seed)
                reply = self._perform(request)
            finally:
                self._running = False
        except BaseException as error:  # whatever a student raises is an answer
            reply = told(error)
        if not isinstance(reply, p.Planned | p.Several):
            reply.output = self._output.take()
        if isinstance(reply, p.Returned):
            reply.truncated = self._output.truncated
        return reply

    def _perform(self, request: p.Request) -> p.Reply:
        match request:
            case p.Plan():
                return self._read(request)
            case p.RunCell(index=index):
                return self._run(self._plan[index], index, self._names)
        self._definitions.settle(self._names)
        match request:
            case p.Call():
                function = self._target(request.target, request.method)
                return self._returned(function(*self._revive(request.args), **self._revive(request.kwargs)))
            case p.Make():
                return p.Returned(self._keep(self._made(request)))
            case p.Slopes(target=target, args=args, weighting=weighting):
                return self._returned(slopes(self._target(target, ""), *map(self._revive, (args, weighting))))
            case p.Keep(value=value):
                return p.Returned(self._keep(self._revive(value)))
            case p.Exists(names=names):
                return p.Returned({name: self._sort_of(name) for name in names})
            case _:
                return self._about_module(request)

    def _read(self, request: p.Plan) -> p.Planned:
        read = [(cell.index, read_cell(cell)) for cell in request.cells]
        modules = [(index, tree) for index, tree in read if isinstance(tree, ast.Module)]
        self._definitions = Definitions(request.names)
        self._plan = choose(modules, request.names)
        remember_sources(request.cells)
        self._flags = future_flags(modules)
        return p.Planned(list(self._plan), [tree for _, tree in read if isinstance(tree, p.Problem)])

    def _run(self, statements: list[ast.stmt], index: int, names: dict[str, Any]) -> p.Returned:
        """Run them one after the other, to see what each makes of a graded name; a missing import stops nothing."""
        absent: ImportError | None = None
        for statement in statements:
            try:
                self._execute([statement], index, names)
            except ImportError as error:
                if not isinstance(statement, ast.Import | ast.ImportFrom):
                    raise
                absent = absent or error
            except NameError:
                if absent is None:
                    raise
                raise absent from None  # most likely its name
            self._definitions.note(statement, names)
        if absent is not None:
            raise absent
        return p.Returned()

    def _execute(self, statements: list[ast.stmt], index: int, names: dict[str, Any]) -> None:
        execute(ast.Module(statements, type_ignores=[]), f"<cell {index}>", self._flags, names)

    def _made(self, request: p.Make) -> object:
        args = [*self._revive(request.args), *map(self._made, request.parts)]
        module = construct(request.name, args, self._revive(request.kwargs))
        if request.weights:
            _load(module, self._revive(request.weights))
        return module

    def _about_module(self, request: p.Request) -> p.Returned:
        match request:
            case p.Weights():
                module = self._revive(request.target)
                pairs = [
                    [name, weight.grad if request.gradients else weight] for name, weight in module.named_parameters()
                ]
                return self._returned(pairs)
            case p.SetWeights():
                _load(self._revive(request.target), self._revive(request.arrays))
                return p.Returned()
            case p.Backward():
                module = self._revive(request.target)
                module.zero_grad(set_to_none=True)
                out = module(*self._revive(request.args))
                first_of(out).sum().backward()
                return self._returned(out)
        raise TypeError(f"no answer to {type(request).__name__}")

    def _target(self, target: Any, method: str) -> Callable[..., object]:
        found = self._kept[target.number] if isinstance(target, Handle) else self._names.get(target, _MISSING)
        if found is _MISSING:
            raise MissingNameError(target)
        return cast("Callable[..., object]", getattr(found, method) if method else found)

    def _sort_of(self, name: str) -> str:
        if name not in self._names:
            return "missing"
        value = self._names[name]
        return "class" if isinstance(value, type) else "function" if callable(value) else "value"

    def _returned(self, value: object) -> p.Returned:
        return p.Returned(Encoder(self._keep).encode(value))

    def _keep(self, value: object) -> Handle:
        number = self._numbers.setdefault(id(value), len(self._kept))  # what is kept lives on, so its id stays its own
        if number == len(self._kept):
            self._kept.append(value)
        return Handle(number, type(value).__name__[:100].encode("utf-8", "replace").decode())

    def _revive(self, value: Any) -> Any:
        """Turn arguments into what the student's code takes: tensors and arrays of its own, kept objects themselves."""
        match value:
            case list():
                return [self._revive(item) for item in value]
            case dict():
                return {key: self._revive(item) for key, item in value.items()}
            case Handle(number=number):
                return self._kept[number]
            case Array():
                return value.revived()
        return value


def _load(module: Any, arrays: list[Any]) -> None:
    """Copy arrays into its parameters."""
    import torch

    with torch.no_grad():
        for weight, array in zip(list(module.parameters()), arrays, strict=True):
            weight.copy_(torch.as_tensor(array))


def _seed(value: int) -> None:
    random.seed(value)
    if (numpy := sys.modules.get("numpy")) is not None:
        numpy.random.seed(value)
    if (torch := sys.modules.get("torch")) is not None:
        torch.default_generator.manual_seed(value)  # torch.manual_seed also keeps a stack for each device
