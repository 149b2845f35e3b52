"""Writes operators.json: what PyTorch makes of small inputs, and the gradients that it sends back to them.

    /usr/bin/python3 operator_fixtures.py OUTPUT_FOLDER

Inputs come from formulas, so that nothing but PyTorch decides what the file holds.
"""

import json
import os
import sys

import torch

import parity_creation
import parity_layers
import parity_modules
import parity_random
import parity_tensors
from parity_values import upstream, written


def pull(outputs):
    """One backward pass through everything that can be differentiated."""
    live = [output for output in outputs if output.requires_grad]
    if live:
        torch.autograd.backward(live, [upstream(output) for output in live])


def operator(case, dtype):
    inputs = {name: made(dtype) for name, made in case.inputs.items()}
    for value in inputs.values():
        value.requires_grad_(value.is_floating_point())
    outputs = case.run(**inputs)
    outputs = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
    pull(outputs)
    return {
        "inputs": {name: written(value) for name, value in inputs.items()},
        "outputs": [written(output) for output in outputs],
        "gradients": {
            name: None if value.grad is None else written(value.grad)
            for name, value in inputs.items() if value.requires_grad
        },
    }


def module(case, dtype):
    layer = case.make().to(dtype)
    state = {name: made(dtype) for name, made in case.state.items()}
    layer.load_state_dict(state, strict=False)
    start = {name: written(value) for name, value in layer.state_dict().items()}
    layer.train(case.train)
    inputs = [made(dtype).requires_grad_() for made in case.inputs]
    outputs = [layer(value) for value in inputs]
    pull(outputs)
    return {
        "train": case.train,
        "state": start,
        "inputs": [written(value) for value in inputs],
        "outputs": [written(output) for output in outputs],
        "input_gradients": [written(value.grad) for value in inputs],
        "gradients": {name: written(value.grad) for name, value in layer.named_parameters()},
        "buffers": {name: written(value) for name, value in layer.named_buffers()},
    }


def keyed(cases, record):
    result = {}
    for case in cases:
        for dtype in case.dtypes:
            key = f"{case.name}, {str(dtype).removeprefix('torch.')}"
            assert key not in result, key
            result[key] = record(case, dtype)
    return result


def lines(section):
    # A case a line: a change of one case is a change of one line.
    return ",\n".join(f"{json.dumps(key)}: {compact(value)}" for key, value in section.items())


def compact(value):
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def main():
    sections = {
        "operators": keyed(parity_tensors.CASES + parity_creation.CASES + parity_layers.CASES, operator),
        "modules": keyed(parity_modules.CASES, module),
        "random": parity_random.drawn(),
    }
    body = ",\n".join(f'"{name}": {{\n{lines(section)}\n}}' for name, section in sections.items())
    with open(os.path.join(sys.argv[1], "operators.json"), "w", encoding="utf-8", newline="\n") as file:
        file.write(f"{{\n{body}\n}}\n")


if __name__ == "__main__":
    main()
