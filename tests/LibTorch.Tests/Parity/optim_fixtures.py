"""Writes optim.json: what PyTorch's optimisers and learning-rate schedulers do.

    /usr/bin/python3 optim_fixtures.py OUTPUT_FOLDER

Values and gradients are small multiples of 1/16, so they are exact in both precisions; OptimParityFacts.cs makes the
same ones.
"""

import json
import math
import os
import sys
import warnings

import torch
from torch import optim
from torch.optim import lr_scheduler

warnings.filterwarnings("ignore", category=UserWarning)

STEPS = 100
SHAPES = [[7, 5], [5], [2, 1, 3, 3], []]

OPTIMIZERS = {
    "SGD": ("SGD", {"lr": 0.05}),
    "SGD with momentum": ("SGD", {"lr": 0.05, "momentum": 0.9}),
    "SGD with dampening": ("SGD", {"lr": 0.05, "momentum": 0.9, "dampening": 0.25}),
    "SGD with Nesterov's momentum": ("SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "SGD with weight decay": ("SGD", {"lr": 0.05, "weight_decay": 0.125}),
    "SGD with everything": ("SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True, "weight_decay": 0.125}),
    "SGD that climbs": ("SGD", {"lr": 0.05, "maximize": True}),
    "Adam": ("Adam", {}),
    "Adam with weight decay": ("Adam", {"lr": 0.01, "weight_decay": 0.125}),
    "Adam with AMSGrad": ("Adam", {"lr": 0.01, "amsgrad": True}),
    "Adam that climbs": ("Adam", {"lr": 0.01, "maximize": True}),
    "Adam with other betas": ("Adam", {"lr": 0.01, "betas": (0.8, 0.95), "eps": 1e-3}),
    "AdamW": ("AdamW", {}),
    "AdamW with weight decay": ("AdamW", {"lr": 0.01, "weight_decay": 0.05}),
    "AdamW with AMSGrad": ("AdamW", {"lr": 0.01, "weight_decay": 0.05, "amsgrad": True}),
}


def initial(index, element):
    return ((element * 5 + index * 3) % 29 - 14) / 16


def gradient(index, element, step):
    return ((element * 7 + step * 13 + index * 5) % 31 - 15) / 16


def has_gradient(index, step):
    """The second parameter has none at first, and then none in every third step."""
    return index != 1 or (step >= 4 and step % 3 != 0)


def filled(shape, dtype, value):
    return torch.tensor([value(i) for i in range(math.prod(shape))], dtype=dtype).reshape(shape)


def numbers(tensor):
    return tensor.detach().double().flatten().tolist()


def optimizer_fixture(name, kind, options, dtype):
    parameters = [
        torch.nn.Parameter(filled(shape, dtype, lambda i, index=index: initial(index, i)))
        for index, shape in enumerate(SHAPES)
    ]
    arguments = dict(options)
    if kind == "AdamW":
        arguments.setdefault("weight_decay", 0)  # PyTorch's own default is 0.01, TorchSharp's is 0.
    optimizer = getattr(optim, kind)(parameters, foreach=False, **arguments)
    for step in range(STEPS):
        for index, parameter in enumerate(parameters):
            parameter.grad = None
            if has_gradient(index, step):
                parameter.grad = filled(
                    SHAPES[index], dtype, lambda i, index=index, step=step: gradient(index, i, step))
        optimizer.step()
    results = []
    for parameter in parameters:
        state = optimizer.state[parameter]
        entry = {"value": numbers(parameter)}
        for key, tensor in state.items():
            if key == "step":
                entry["step"] = int(tensor)
            elif tensor is not None:
                entry[key] = numbers(tensor)
        results.append(entry)
    if "betas" in arguments:
        arguments["beta1"], arguments["beta2"] = arguments.pop("betas")
    return {
        "name": f"{name}, {str(dtype).removeprefix('torch.')}",
        "kind": kind,
        "options": arguments,
        "parameters": results,
    }


def two_groups(kind, rates=(0.5, 0.03125)):
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))], "lr": rate} for rate in rates]
    return optim.SGD(groups, lr=0.1, momentum=0.5) if kind == "SGD" else optim.Adam(groups)


def one_group(kind):
    return two_groups(kind, rates=(0.5,))


def scheduler_fixture(name, optimizer, scheduler, steps=45, options=None, metrics=None):
    def momentum(group):
        return group["momentum"] if "momentum" in group else group["betas"][0]

    def row():
        return [[group["lr"], momentum(group)] for group in optimizer.param_groups]

    rows = [row()]
    for index in range(steps):
        optimizer.step()
        scheduler.step() if metrics is None else scheduler.step(metrics[index])
        rows.append(row())
    return {
        "name": name,
        "kind": type(scheduler).__name__,
        "optimizer": type(optimizer).__name__,
        "options": options or {},
        "metrics": metrics,
        "rows": rows,
    }


def schedules():
    def made(name, kind, optimizer, metrics=None, steps=45, **options):
        scheduler = getattr(lr_scheduler, kind)(optimizer, **options)
        return scheduler_fixture(name, optimizer, scheduler, steps, options, metrics)

    yield made("steps", "StepLR", two_groups("SGD"), step_size=7, gamma=0.5)
    yield made("cosine", "CosineAnnealingLR", two_groups("SGD"), T_max=10, eta_min=0.001)
    yield made("long cosine", "CosineAnnealingLR", two_groups("Adam"), T_max=100)
    for strategy in ("cos", "linear"):
        for kind in ("SGD", "Adam"):
            yield made(f"{strategy} cycle, {kind}", "OneCycleLR", one_group(kind), steps=44, max_lr=0.75,
                       total_steps=45, anneal_strategy=strategy)
    # TorchSharp differs from here on in a second group of two phases, and one step after the end: one group there.
    yield made("cycle in epochs", "OneCycleLR", one_group("SGD"), steps=39, max_lr=0.75, epochs=4, steps_per_epoch=10,
               pct_start=0.25, div_factor=10, final_div_factor=100, base_momentum=0.5, max_momentum=0.9)
    yield made("cycle without momentum", "OneCycleLR", one_group("Adam"), steps=44, max_lr=0.75, total_steps=45,
               cycle_momentum=False)
    for strategy in ("cos", "linear"):
        yield made(f"{strategy} cycle in three phases", "OneCycleLR", two_groups("SGD"), steps=49, max_lr=[0.75, 0.25],
                   total_steps=50, anneal_strategy=strategy, three_phase=True)
    curve = [1 / (1 + min(i, 15) * 0.5) + 0.01 * (i % 4) for i in range(60)]
    climb = [1 - value for value in curve]
    for mode, metrics in (("min", curve), ("max", climb)):
        for threshold_mode in ("rel", "abs"):
            yield made(f"plateau, {mode}, {threshold_mode}", "ReduceLROnPlateau", two_groups("SGD"), metrics, 60,
                       mode=mode, factor=0.5, patience=3, threshold=0.05, threshold_mode=threshold_mode, cooldown=2)
    yield made("plateau with a floor", "ReduceLROnPlateau", two_groups("Adam"), curve, 60, patience=2,
               min_lr=[0.01, 0.02], eps=1e-4)


def main():
    fixture = {
        "steps": STEPS,
        "shapes": SHAPES,
        "optimizers": [
            optimizer_fixture(name, kind, options, dtype)
            for name, (kind, options) in OPTIMIZERS.items()
            for dtype in (torch.float64, torch.float32)
        ],
        "schedulers": list(schedules()),
    }
    with open(os.path.join(sys.argv[1], "optim.json"), "w") as file:
        json.dump(fixture, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
