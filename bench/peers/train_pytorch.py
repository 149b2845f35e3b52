"""Trains a network with PyTorch as PyTorch's own examples do, one epoch per line of standard input.

The images are decoded and normalised once, before the first epoch, so that only training is timed.
Usage: train_pytorch.py DATA_FOLDER cnn|fast THREADS (0: as PyTorch sets them) SEED

cnn: the network of that name with Adam's own settings, for as long as it is asked to
fast: LeNet-5 with Adam in one cycle of three epochs, as the recipe of that name
"""
import gzip
import json
import os
import sys
import time

import torch
import torch.nn.functional as F

from networks import Cnn, LeNet5

BATCH_SIZE = 128


def read(folder, name):
    with gzip.open(os.path.join(folder, name + "-images-idx3-ubyte.gz")) as file:
        images = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=16).view(-1, 1, 28, 28)
    with gzip.open(os.path.join(folder, name + "-labels-idx1-ubyte.gz")) as file:
        labels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=8).long()
    return (images.float() / 255 - 0.1307) / 0.3081, labels


def create(recipe, steps_per_epoch):
    """The network, its loss, its optimizer, and its schedule or None."""
    if recipe == "cnn":
        model = Cnn()
        return model, F.nll_loss, torch.optim.Adam(model.parameters()), None
    model = LeNet5()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.01, epochs=3, steps_per_epoch=steps_per_epoch)
    return model, F.cross_entropy, optimizer, scheduler


def train(model, criterion, optimizer, scheduler, images, labels):
    model.train()
    order = torch.randperm(len(images))
    for start in range(0, len(images), BATCH_SIZE):
        batch = order[start:start + BATCH_SIZE]
        data, target = images[batch], labels[batch]
        optimizer.zero_grad()
        loss = criterion(model(data), target)
        loss.backward()
        optimizer.step()
        if scheduler is not None:
            scheduler.step()


def accuracy(model, images, labels):
    model.eval()
    with torch.no_grad():
        correct = sum((model(images[i:i + 500]).argmax(1) == labels[i:i + 500]).sum().item()
                      for i in range(0, len(images), 500))
    return correct / len(images)


def main():
    folder, recipe, threads, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    if threads > 0:
        torch.set_num_threads(threads)
    torch.manual_seed(seed)
    train_images, train_labels = read(folder, "train")
    test_images, test_labels = read(folder, "t10k")
    model, criterion, optimizer, scheduler = create(recipe, -(-len(train_images) // BATCH_SIZE))
    for _ in sys.stdin:
        start = time.perf_counter()
        train(model, criterion, optimizer, scheduler, train_images, train_labels)
        seconds = time.perf_counter() - start
        print(json.dumps({"seconds": seconds, "accuracy": accuracy(model, test_images, test_labels)}), flush=True)


main()
