"""The network `cnn` in PyTorch, trained as PyTorch's own examples do, one epoch per line of standard input.

The images are decoded and normalised once, before the first epoch, so that only training is timed.
Usage: cnn_pytorch.py DATA_FOLDER BATCH_SIZE THREADS (0: as PyTorch sets them) SEED
"""
import gzip
import json
import os
import sys
import time

import torch
import torch.nn.functional as F

from networks import Cnn


def read(folder, name):
    with gzip.open(os.path.join(folder, name + "-images-idx3-ubyte.gz")) as file:
        images = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=16).view(-1, 1, 28, 28)
    with gzip.open(os.path.join(folder, name + "-labels-idx1-ubyte.gz")) as file:
        labels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=8).long()
    return (images.float() / 255 - 0.1307) / 0.3081, labels


def train(model, optimizer, images, labels, batch_size):
    model.train()
    order = torch.randperm(len(images))
    for start in range(0, len(images), batch_size):
        batch = order[start:start + batch_size]
        data, target = images[batch], labels[batch]
        optimizer.zero_grad()
        loss = F.nll_loss(model(data), target)
        loss.backward()
        optimizer.step()


def accuracy(model, images, labels):
    model.eval()
    with torch.no_grad():
        correct = sum((model(images[i:i + 500]).argmax(1) == labels[i:i + 500]).sum().item()
                      for i in range(0, len(images), 500))
    return correct / len(images)


def main():
    folder, batch_size, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if threads > 0:
        torch.set_num_threads(threads)
    torch.manual_seed(int(sys.argv[4]))
    train_images, train_labels = read(folder, "train")
    test_images, test_labels = read(folder, "t10k")
    model = Cnn()
    optimizer = torch.optim.Adam(model.parameters())
    print(json.dumps({"version": torch.__version__}), flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        train(model, optimizer, train_images, train_labels, batch_size)
        seconds = time.perf_counter() - start
        print(json.dumps({"seconds": seconds, "accuracy": accuracy(model, test_images, test_labels)}), flush=True)


main()
