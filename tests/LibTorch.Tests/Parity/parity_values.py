"""Inputs made by formula, and tensors written as JSON."""

import math
from collections import namedtuple

import torch

F32, F64 = torch.float32, torch.float64
TIGHT = (F64,)
BOTH = (F64, F32)

Case = namedtuple("Case", "name run inputs dtypes")


class Table(list):
    """Cases in the order in which they were added."""

    def add(self, name, run, dtypes=TIGHT, **inputs):
        self.append(Case(name, run, inputs, dtypes))


def filled(shape, value, dtype=None):
    """An input whose i-th element is value(i); without a dtype it takes the case's."""
    values = [value(i) for i in range(math.prod(shape))]
    # Ties would leave it to the implementation which of two equal elements gets a gradient.
    assert dtype is not None or len(set(values)) == len(values), values
    return lambda default: torch.tensor(values, dtype=dtype or default).reshape(shape)


# Four decimals keep the file small, and are read as the same number everywhere.
def signed(*shape, phase=0.0):
    return filled(shape, lambda i: round(2 * math.sin(1.7 * i + 0.4 + phase), 4))


def positive(*shape, phase=0.0):
    return filled(shape, lambda i: round(1.6 + 1.2 * math.sin(1.3 * i + 0.9 + phase), 4))


def whole(*shape, dtype=torch.int64, modulus=7, low=-3, step=5):
    return filled(shape, lambda i: (step * i + 1) % modulus + low, dtype)


def real_whole(*shape, step=5):
    """Whole numbers as reals: for comparisons, which need elements that are equal."""
    return lambda default: whole(*shape, step=step)(None).to(default)


def listed(values, dtype=None):
    return lambda default: torch.tensor(values, dtype=dtype or default)


def flags(*shape):
    return filled(shape, lambda i: (5 * i + 1) % 7 < 3, torch.bool)


def upstream(output):
    """The gradient that is sent into an output: exact in every element type, and never zero."""
    values = [((7 * i + 3) % 11 - 5.5) / 8 for i in range(output.numel())]
    return torch.tensor(values, dtype=output.dtype).reshape(output.shape)


def written(tensor):
    tensor = tensor.detach()
    # What is zero but for rounding is different on every machine.
    largest = tensor.abs().max().item() if tensor.numel() and tensor.is_floating_point() else 0
    assert not 0 < largest < 1e-6, tensor
    return {
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "shape": list(tensor.shape),
        "values": [number(value, tensor.dtype) for value in tensor.reshape(-1).tolist()],
    }


def number(value, dtype):
    if isinstance(value, (bool, int)):
        return int(value)
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    # The fewest digits that still give back every bit.
    return value if dtype == F64 else float(f"{value:.9g}")
