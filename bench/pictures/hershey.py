"""Hershey's vector fonts: letters and signs as strokes (A. V. Hershey, "Calligraphy for Computers", 1967)."""
import numpy

FOLDER = "/usr/share/hershey-fonts"


def read(name):
    """The strokes of every character of a font, from the blank on; its box is about 20 units high."""
    characters = []
    with open(f"{FOLDER}/{name}.jhf", encoding="latin-1") as file:
        lines = file.read().splitlines()
    record = ""
    for line in lines:
        record += line
        if len(record) >= 8 and len(record) >= 8 + 2 * int(record[5:8]):
            characters.append(strokes_of(record[10:8 + 2 * int(record[5:8])]))
            record = ""
    return characters


def strokes_of(pairs):
    """A pair of letters is a point, their distance from R its coordinates; a blank and R lift the pen."""
    strokes = [
        numpy.array([[ord(part[i]) - ord("R"), ord(part[i + 1]) - ord("R")] for i in range(0, len(part) - 1, 2)], float)
        for part in split(pairs)
    ]
    return [stroke / 20 for stroke in strokes if len(stroke) > 1]


def split(pairs):
    part = ""
    for i in range(0, len(pairs), 2):
        if pairs[i:i + 2] == " R":
            yield part
            part = ""
        else:
            part += pairs[i:i + 2]
    yield part
