"""Runs networks in OpenCV's engine.

Arguments: a folder with NAME.onnx and pictures.f32 (float32, N x 1 x 28 x 28), and the names, each with the number of
pictures that it is given at once, as NAME:COUNT. Writes NAME.logits, float32, N x 10.
"""
import sys

import cv2
import numpy

folder = sys.argv[1]
pictures = numpy.fromfile(f"{folder}/pictures.f32", "<f4").reshape(-1, 1, 28, 28)
for argument in sys.argv[2:]:
    name, count = argument.split(":")
    network = cv2.dnn.readNetFromONNX(f"{folder}/{name}.onnx")
    logits = []
    for first in range(0, len(pictures), int(count)):
        network.setInput(pictures[first : first + int(count)], "image")
        logits.append(network.forward("logits"))
    numpy.concatenate(logits).astype("<f4").tofile(f"{folder}/{name}.logits")
