"""Plain data, the only thing that crosses the channel, and its MessagePack form.

Plain: None, bool, int (64 bits), float, str, list, dict with text keys, `Array` (dtype + shape + bytes) and
`Handle` (an object that stays in the child). Everything else a student returns becomes a handle, which a suite
sees as "an object of type …", so an object with lying operators is pinned to one value, or to none, before it
leaves the child. `encode` runs in the child (on student's data) and in the grader (on a suite's arguments);
`scan.scan` runs in the grader over everything that arrives, before it is decoded.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from autograder.sandbox.errors import ProtocolError, SandboxError
from autograder.sandbox.scan import ARRAY, EXTENSION_ITEMS, HANDLE, MAX_DEPTH, MAX_ITEMS, scan_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

MAX_TEXT = 2**20
_MAX_BYTES = 2**24
_WIDTH = {
    "bool": 1, "int8": 1, "uint8": 1, "int16": 2, "uint16": 2, "int32": 4, "uint32": 4, "int64": 8, "uint64": 8,
    "float16": 2, "float32": 4, "float64": 8,
}  # fmt: skip


class _Extension:
    """A value that crosses as a MessagePack extension, field by field.

    No struct and no dataclass: msgspec writes those as bare lists by itself, without asking `enc_hook`.
    """

    __slots__: tuple[str, ...] = ()

    def fields(self) -> tuple[Any, ...]:
        """Return its fields in order."""
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Extension) and type(other) is type(self) and other.fields() == self.fields()

    def __hash__(self) -> int:
        return hash(self.fields())

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.fields()}"


class Array(_Extension):
    """An array by value; `kind` is "tensor" or "ndarray", `data` is row-major in native byte order."""

    __slots__ = __match_args__ = ("kind", "dtype", "shape", "data")

    def __init__(self, kind: str, dtype: str, shape: tuple[int, ...], data: bytes) -> None:
        self.kind, self.dtype, self.shape, self.data = kind, dtype, shape, data

    def numpy(self) -> np.ndarray[Any, Any]:
        """A read-only view as a NumPy array."""
        import numpy as np

        return np.frombuffer(self.data, dtype=self.dtype).reshape(self.shape)

    def revived(self) -> Any:
        """A tensor or NumPy array of its own, as the code that made it knows it; without torch always an array."""
        array, torch = self.numpy().copy(), sys.modules.get("torch")
        return torch.from_numpy(array) if self.kind == "tensor" and torch is not None else array


class Handle(_Extension):
    """An object that stays in its child: its number there, and its type's name as the child gave it."""

    __slots__ = __match_args__ = ("number", "type_name")

    def __init__(self, number: int, type_name: str) -> None:
        self.number, self.type_name = number, type_name


_E = TypeVar("_E", bound=_Extension)


class TooLargeError(SandboxError):
    """A value has more items, or more text, than the channel carries."""


class Encoder:
    """Turns objects into plain data; what has no plain form is given to `keep`, which returns a handle."""

    def __init__(self, keep: Callable[[object], Handle]) -> None:
        self._hold = keep
        self._items = 0

    def _keep(self, value: object) -> Handle:
        return self._weighed(self._hold(value))

    def _weighed(self, extension: _E) -> _E:
        """The extension, which counts as several items; raises `TooLargeError`."""
        self._items += EXTENSION_ITEMS - 1
        if self._items > MAX_ITEMS:
            raise TooLargeError
        return extension

    def encode(self, value: object, depth: int = 0) -> Any:
        """The plain form of `value`; raises `TooLargeError`."""
        self._items += 1
        if self._items > MAX_ITEMS:
            raise TooLargeError
        if value is None or value is True or value is False:
            return value
        kind = type(value)  # the real type: isinstance() would believe a `__class__` that lies
        if issubclass(kind, int):
            return self._integer(value)
        if issubclass(kind, float):
            return float.__mul__(value, 1.0)  # type: ignore[operator]  # the number, whatever a subclass claims
        if issubclass(kind, str):
            return self._text(value)
        if depth < MAX_DEPTH - 2:
            if issubclass(kind, tuple):
                return [self.encode(item, depth + 1) for item in tuple.__iter__(cast("tuple[Any, ...]", value))]
            if issubclass(kind, list):
                return [self.encode(item, depth + 1) for item in list.__iter__(cast("list[Any]", value))]
            if issubclass(kind, dict):
                return self._mapping(value, depth)
        return self._array(value)

    def _integer(self, value: Any) -> int | Handle:
        number = int.__add__(value, 0)
        return number if -(2**63) <= number < 2**64 else self._keep(value)

    def _text(self, value: Any) -> str:
        text = str.encode(value, "utf-8", "replace").decode()
        if len(text) > MAX_TEXT:
            raise TooLargeError
        return text

    def _mapping(self, value: Any, depth: int) -> dict[str, Any]:
        """Leave out keys that are no text, which have no plain form: extra keys are nobody's mistake."""
        pairs = [(key, item) for key, item in dict.items(value) if issubclass(type(key), str)]
        return {self._text(key): self.encode(item, depth + 1) for key, item in pairs}

    def _array(self, value: object) -> Any:
        torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
        kind = type(value)
        if kind is Array or kind is Handle:
            return self._weighed(cast("Array | Handle", value))
        if torch is not None and issubclass(kind, torch.Tensor):
            array, label = _from_tensor(torch, value), "tensor"
        elif numpy is not None and issubclass(kind, numpy.ndarray):
            if numpy.ndarray.nbytes.__get__(value) > _MAX_BYTES:  # before it is copied: a view may be endless
                raise TooLargeError
            array, label = numpy.array(value, copy=True, subok=False), "ndarray"
        elif numpy is not None and issubclass(kind, numpy.generic):
            return self._numpy_scalar(value)
        else:
            return self._keep(value)
        if array is None or array.dtype.name not in _WIDTH:
            return self._keep(value)
        if array.nbytes > _MAX_BYTES:
            raise TooLargeError
        native = array.astype(array.dtype.newbyteorder("="), copy=False)
        return self._weighed(Array(label, native.dtype.name, tuple(native.shape), native.tobytes()))

    def _numpy_scalar(self, value: Any) -> Any:
        import numpy as np

        if issubclass(type(value), np.floating):
            return float(np.float64(value))  # longdouble's own item() is no Python number
        item = np.generic.item(value)
        return item if type(item) in {bool, int, float} else self._keep(value)


def _from_tensor(torch: Any, value: Any) -> Any:
    """The tensor as a NumPy array, or None where there is no such array (sparse, complex on a device, …)."""
    try:
        with torch._C.DisableTorchFunctionSubclass():  # noqa: SLF001  # a subclass may not answer for its data
            plain = torch.Tensor.detach(value).cpu()
            return plain.numpy() if plain.dtype != torch.bfloat16 else None
    except (RuntimeError, TypeError):
        return None


def enc_hook(value: object) -> msgspec.msgpack.Ext:
    """MessagePack extensions for arrays and handles."""
    if isinstance(value, Array):
        return msgspec.msgpack.Ext(ARRAY, msgspec.msgpack.encode(value.fields()))
    if isinstance(value, Handle):
        return msgspec.msgpack.Ext(HANDLE, msgspec.msgpack.encode(value.fields()))
    raise TypeError(f"no plain form for {type(value).__name__}")


def ext_hook(code: int, data: memoryview) -> Array | Handle:
    """Restore arrays and handles from their extensions, validated; raises `ProtocolError`."""
    if code in {ARRAY, HANDLE}:
        scan_fields(bytes(data))
    if code == ARRAY:
        return _checked_array(Array(*msgspec.msgpack.decode(data, type=tuple[str, str, tuple[int, ...], bytes])))
    if code == HANDLE:
        handle = Handle(*msgspec.msgpack.decode(data, type=tuple[int, str]))
        if not 0 <= handle.number < 2**31 or len(handle.type_name) > 200:
            raise ProtocolError("sent an object reference that can't be")
        return handle
    raise ProtocolError(f"sent data of an unknown kind ({code})")


def _checked_array(array: Array) -> Array:
    width = _WIDTH.get(array.dtype)
    if width is None or array.kind not in {"tensor", "ndarray"} or len(array.shape) > 8:
        raise ProtocolError("sent an array of an unknown type")
    if any(size < 0 for size in array.shape) or math.prod(array.shape) * width != len(array.data):
        raise ProtocolError("sent an array whose bytes do not fit its shape")
    if math.prod(max(size, 1) for size in array.shape) > max(len(array.data), 4096):
        raise ProtocolError("sent an empty array with an endless axis")  # one list item each, if it were unfolded
    return array
