"""Make differences between a student's machine and this one not matter: done once, before the first fork.

Plotting back ends and styles that are not here, worker processes, torch's compiler, debuggers: a notebook that uses
them runs as it would where they are, without what they do.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_WORKERS = {
    "num_workers": 0,
    "timeout": 0,
    "multiprocessing_context": None,
    "prefetch_factor": None,
    "persistent_workers": False,
    "pin_memory": False,
    "worker_init_fn": None,
}
"""The arguments of a `DataLoader` for worker processes, of which there are none here."""


def settle() -> None:
    """Make back ends, styles, workers, the compiler and debuggers harmless; matplotlib and torch are imported."""
    _plots()
    _torch()
    _debuggers()
    _event_loops()


def gives(value: Any = None) -> Callable[..., Any]:
    """A new function that takes anything and does nothing: torch's compiler wants one object for each of its names."""
    return lambda *_args, **_kwargs: value


def _plots() -> None:
    import matplotlib as mpl
    import matplotlib.pyplot as plt
    import matplotlib.style

    plt.switch_backend("Agg")
    mpl.use, plt.switch_backend = gives(), gives()
    core: Any = sys.modules.get("matplotlib.style.core", matplotlib.style)
    use = core.use

    def use_if_there(style: Any) -> None:
        for name in style if isinstance(style, list | tuple) else [style]:
            with contextlib.suppress(OSError, ValueError, TypeError):
                use(name)

    core.use = matplotlib.style.use = use_if_there
    put = mpl.RcParams.__setitem__

    def put_if_known(self: Any, key: Any, value: Any) -> None:
        with contextlib.suppress(KeyError, ValueError, TypeError):
            put(self, key, value)

    setattr(mpl.RcParams, "__setitem__", put_if_known)  # mypy takes no assignment to a method


def _torch() -> None:
    import torch
    import torch.utils.data

    library: Any = torch
    for name in ("set_num_interop_threads", "set_default_device", "set_default_tensor_type"):
        setattr(library, name, gives())
    for owner in (library.Tensor, library.nn.Module):
        owner.cuda = owner.mps = owner.pin_memory = lambda item, *_args, **_kwargs: item
        owner.to = _stays_here(owner.to)
    _tensors_on_cpu(library)
    for name in ("synchronize", "set_device", "reset_peak_memory_stats", "init"):
        setattr(library.cuda, name, gives())
    library.cuda.current_device, library.cuda.get_device_name = gives(0), gives("none")
    torch.compile = _compile
    torch.nn.Module.compile = gives()  # type: ignore[method-assign]
    make = torch.utils.data.DataLoader.__init__
    signature = inspect.signature(make)

    def make_without_workers(self: Any, *args: Any, **kwargs: Any) -> None:
        bound = signature.bind(self, *args, **kwargs)
        bound.arguments.update({name: value for name, value in _WORKERS.items() if name in bound.arguments})
        make(*bound.args, **bound.kwargs)

    torch.utils.data.DataLoader.__init__ = make_without_workers  # type: ignore[method-assign]


def _here(value: Any) -> Any:
    """Return this machine's only device instead of another one."""
    is_device = type(value).__name__ in {"str", "device"}
    return "cpu" if is_device and str(value).startswith(("cuda", "mps", "xpu")) else value


def _stays_here(move: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap `to` so that it stays on this machine's device, whatever device it is told."""

    @functools.wraps(move)
    def to(item: Any, *args: Any, **kwargs: Any) -> Any:
        return move(item, *map(_here, args), **{name: _here(value) for name, value in kwargs.items()})

    return to


def _tensors_on_cpu(torch: Any) -> None:
    """Make functions that make tensors make them here: `torch.zeros(3, device="cuda")`, `x.new_ones(3, device=…)`."""
    from torch.jit._builtins import _get_builtin_table
    from torch.utils import _device

    scripted: Any = _get_builtin_table()  # type: ignore[no-untyped-call]
    known = _device._device_constructors()  # torch's own list
    alike = {function for name, function in vars(torch).items() if name.endswith("_like")} | {torch.normal}
    made = {function: _makes_here(function) for function in known | alike}
    for owner in (torch, torch.fft):
        for name, function in vars(owner).copy().items():
            if isinstance(function, types.BuiltinFunctionType) and function in made:
                setattr(owner, name, made[function])
                if (operator := scripted.get(id(function))) is not None:  # for `torch.jit.script`
                    scripted[id(made[function])] = operator
    for name in ("new_empty", "new_full", "new_ones", "new_tensor", "new_zeros"):
        setattr(torch.Tensor, name, _makes_here(getattr(torch.Tensor, name)))
    torch.nn.Module.to_empty = _makes_here(torch.nn.Module.to_empty)

    class Generator(torch.Generator):  # type: ignore[misc]  # a class of whatever library this is
        """A generator of this machine's, whatever device it is told."""

        def __new__(cls, device: object = "cpu") -> Any:
            """Make a device of torch's own kind."""
            return super().__new__(cls, _here(device))

    torch.Generator = Generator
    enter = _device.DeviceContext.__init__

    def enter_here(self: Any, device: Any) -> None:
        enter(self, torch.device(_here(device)))

    _device.DeviceContext.__init__ = enter_here  # type: ignore[method-assign]


def _makes_here(make: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(make)
    def made(*args: Any, **kwargs: Any) -> Any:
        if "device" in kwargs:
            kwargs["device"] = _here(kwargs["device"])
        return make(*args, **kwargs)

    return made


def _event_loops() -> None:
    """Make event loops do without a pair of sockets, which a child can't have; only other threads would need it."""

    def without_sockets(loop: Any) -> None:
        loop.__dict__.update(_ssock=None, _csock=None)

    loops: Any = asyncio.selector_events.BaseSelectorEventLoop
    changed = {
        "_make_self_pipe": without_sockets,
        "_close_self_pipe": gives(),
        "_write_to_self": gives(),
    }
    for name, function in changed.items():
        setattr(loops, name, function)


def _compile(model: Any = None, *_args: Any, **_kwargs: Any) -> Any:
    """Give the model, or the function, back as it is; `@torch.compile(mode=…)` gives a decorator that does."""
    return _compile if model is None else model


def _debuggers() -> None:
    import pdb  # so that its entry points can be made to do nothing

    sys.breakpointhook = gives()
    for name in ("set_trace", "post_mortem", "pm"):
        setattr(pdb, name, gives())
    for name in ("ipdb", "pudb"):
        sys.modules[name] = _module(name, set_trace=gives())


def _module(name: str, **names: Callable[..., object]) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__dict__.update(names)
    return module
