"""Saves the first test image of MNIST as Pillow saves PNG files, as it is and enlarged to what a page's canvas posts.

Usage: pictures.py MNIST_FOLDER TARGET_FOLDER
"""
import gzip
import os
import sys

from PIL import Image


def main():
    source, target = sys.argv[1:]
    with gzip.open(os.path.join(source, "t10k-images-idx3-ubyte.gz")) as file:
        digit = Image.frombytes("L", (28, 28), file.read(16 + 784)[16:])
    large = digit.resize((280, 280), Image.BILINEAR)
    digit.save(os.path.join(target, "gray-28.png"))
    large.save(os.path.join(target, "gray-280.png"))
    large.convert("RGBA").save(os.path.join(target, "rgba-280.png"))


main()
