"""Prints what torch.load finds in a .pth file, bit for bit, as JSON that the tests compare with.

    describe_pth.py FILE                what is in it
    describe_pth.py --weights-only FILE the same, through torch.load(weights_only=True)
    describe_pth.py --resume FILE       loads the small network and its optimiser from it, and trains a step
"""

import collections
import json
import struct
import sys

import torch

FORMATS = {
    torch.float32: "f",
    torch.float64: "d",
    torch.int64: "q",
    torch.int32: "i",
    torch.uint8: "B",
    torch.bool: "?",
}


def describe(value):
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return {"int": str(value)}
    if isinstance(value, float):
        return {"float": struct.pack(">d", value).hex()}
    if isinstance(value, str):
        return {"str": value}
    if isinstance(value, list):
        return {"list": [describe(item) for item in value]}
    if isinstance(value, tuple):
        return {"tuple": [describe(item) for item in value]}
    if isinstance(value, dict):
        kind = "ordered" if isinstance(value, collections.OrderedDict) else "dict"
        return {kind: [[describe(key), describe(item)] for key, item in value.items()]}
    elements = value.detach().flatten().tolist()
    return {
        "tensor": str(value.dtype).removeprefix("torch."),
        "shape": list(value.shape),
        "data": struct.pack(f"<{len(elements)}{FORMATS[value.dtype]}", *elements).hex(),
    }


def network():
    return torch.nn.Sequential(
        collections.OrderedDict(
            conv=torch.nn.Conv2d(1, 2, 3),
            norm=torch.nn.BatchNorm2d(2),
            relu=torch.nn.ReLU(),
            flatten=torch.nn.Flatten(),
            fc=torch.nn.Linear(8, 3),
        )
    )


def train_step(model, optimizer):
    optimizer.zero_grad()
    images = torch.linspace(-1, 1, 5 * 16).reshape(5, 1, 4, 4)
    torch.nn.functional.cross_entropy(model(images), torch.tensor([0, 1, 2, 0, 1])).backward()
    optimizer.step()


def resume(checkpoint):
    model = network()
    model.load_state_dict(checkpoint["model_state_dict"])
    optimizer = torch.optim.Adam(model.parameters())
    optimizer.load_state_dict(checkpoint["optimizer_state_dict"])
    train_step(model, optimizer)
    return {
        "epoch": checkpoint["epoch"] + 1,
        "model_state_dict": model.state_dict(),
        "optimizer_state_dict": optimizer.state_dict(),
        "loss": checkpoint["loss"],
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    options = {"weights_only": True} if "--weights-only" in sys.argv else {}
    content = torch.load(sys.argv[-1], **options)
    print(json.dumps(describe(resume(content) if "--resume" in sys.argv else content)))
