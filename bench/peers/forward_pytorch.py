"""From 28×28 pixels to the digits' probabilities with PyTorch. Every line of standard input is answered with one line.

"probabilities" is answered with those of the first 64 test images of MNIST; "SIZE SECONDS" with the median milliseconds of a
call with the first SIZE of them, called for so many seconds. The first answer tells the version.
Usage: forward_pytorch.py MNIST_FOLDER NETWORK WEIGHTS THREADS (0: as PyTorch sets them)
"""
import gzip
import json
import os
import statistics
import sys
import time

import torch

import networks


def read(folder):
    with gzip.open(os.path.join(folder, "t10k-images-idx3-ubyte.gz")) as file:
        return torch.frombuffer(bytearray(file.read(16 + 64 * 784)), dtype=torch.uint8, offset=16).view(64, 1, 28, 28)


def predict(model, pixels):
    with torch.inference_mode():
        logits = model((pixels.float() / 255 - 0.1307) / 0.3081)
        return torch.softmax(logits[:, :10], dim=1).tolist()


def median_of_calls(model, pixels, seconds):
    times = []
    end = time.perf_counter() + seconds
    while not times or start < end:
        start = time.perf_counter()
        predict(model, pixels)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def main():
    folder, network, weights, threads = sys.argv[1:]
    if int(threads) > 0:
        torch.set_num_threads(int(threads))
    model = networks.load(network, weights)
    pictures = read(folder)
    print(json.dumps({"version": torch.__version__}), flush=True)
    for line in sys.stdin:
        if line.strip() == "probabilities":
            answer = predict(model, pictures)
        else:
            size, seconds = line.split()
            answer = median_of_calls(model, pictures[:int(size)], float(seconds))
        print(json.dumps(answer), flush=True)


main()
