"""What the steps of one prediction cost with Pillow and PyTorch on one core: one JSON object per line of standard input.

Times are microseconds of the process's CPU time for one picture, the least of several samples of many calls.
Usage: inference_pytorch.py PICTURES_FOLDER NETWORK WEIGHTS
"""
import io
import json
import os
import sys
import time

import numpy as np
import torch
from PIL import Image

import networks


def cost(action, seconds=0.1):
    action()
    start = time.process_time()
    action()
    calls = max(3, int(seconds / 5 / max(1e-6, time.process_time() - start)))
    samples = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(calls):
            action()
        samples.append((time.process_time() - start) / calls)
    return min(samples) * 1e6


def decode(encoded):
    image = Image.open(io.BytesIO(encoded))
    image.load()
    return image


def preprocess(image):
    image = image.convert("L")
    image = image if image.size == (28, 28) else image.resize((28, 28), Image.BOX)
    return torch.from_numpy(np.array(image, dtype=np.float32)).div_(255).sub_(0.1307).div_(0.3081)


def forward(model, batch):
    with torch.inference_mode():
        return torch.softmax(model(batch), dim=1).tolist()


def main():
    folder, network, weights = sys.argv[1:]
    torch.set_num_threads(1)
    model = networks.load(network, weights)
    files = {name: open(os.path.join(folder, name), "rb").read() for name in os.listdir(folder) if name.endswith(".png")}
    for _ in sys.stdin:
        costs = {}
        for name, encoded in files.items():
            image = decode(encoded)
            costs["decode " + name] = cost(lambda: decode(encoded))
            costs["plain " + name] = cost(lambda: preprocess(image))
        for size in (1, 8, 16, 64):
            batch = torch.randn(size, 1, 28, 28)
            costs["forward " + str(size)] = cost(lambda: forward(model, batch)) / size
        print(json.dumps(costs), flush=True)


main()
