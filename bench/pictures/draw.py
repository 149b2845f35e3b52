"""Draws the pictures that `script/bench acceptance` reads: digits as people would send them, and what is no digit.

Usage: draw.py STROKES.jsonl.gz FOLDER [SEED]

It writes FOLDER/SET/NAME/NUMBER.png (or .jpg). NAME is a digit from 0 to 9 if the picture shows that digit, and else tells
what it shows. The same seed gives the same pictures. The strokes are pen digits as UCI's "Pen-Based Recognition of
Handwritten Digits" has them, a JSON object a line: {"label": 0-9, "writer": "...", "strokes": [[[x, y], ...], ...]}, y
pointing down.

The letters and the symbols come from fonts that Debian packages, the clothes from its dataset-fashion-mnist, and everything
else is drawn here. Nothing of it is for training, and no picture is made as those are that networks learn from.
"""
import gzip
import json
import os
import sys
import zlib

import numpy

import clothes
import doodles
import glyphs
import nothing
import pen_digits


def main():
    strokes, folder = sys.argv[1:3]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    with gzip.open(strokes, "rt") as file:
        digits = pen_digits.PenDigits([json.loads(line) for line in file])

    sets = {
        "digits-around": digits.with_more_around,
        "digits-canvas": digits.on_canvas,
        "digits-fonts": glyphs.digits,
        "digits-pencil": digits.in_pencil,
        "digits-photo": digits.photographed,
        "digits-usps": digits.as_on_envelopes,
        "doodles": doodles.doodles,
        "crossed-out": digits.crossed_out,
        "two-digits": digits.side_by_side,
        "fashion": clothes.clothes,
        "letters": glyphs.letters,
        "letters-ambiguous": glyphs.ambiguous_letters,
        "nothing": nothing.nothing,
        "scenes": nothing.scenes,
        "symbols": glyphs.symbols,
    }
    for name, draw in sets.items():
        # Every set has random numbers of its own: one that changes leaves the others as they are.
        random = numpy.random.default_rng([seed, zlib.crc32(name.encode())])
        count = 0
        for label, picture in draw(random):
            save(picture, os.path.join(folder, name, label), count)
            count += 1
        print(f"{name:<18}{count:>6,}", flush=True)


def save(picture, folder, number):
    """Writes a picture as PNG, or as JPEG if it says with which quality a camera would."""
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, f"{number:04}")
    if "quality" in picture.info:
        picture.save(path + ".jpg", quality=picture.info["quality"])
    else:
        picture.save(path + ".png", compress_level=3)


main()
