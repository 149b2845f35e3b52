"""Strokes, lists of points, and the pen that draws them."""
import numpy
from PIL import Image, ImageDraw

FINER = 3


def cover(strokes, side, pen, fill, offset=(0, 0), upright=None):
    """How much of each pixel a round pen covers, 0 to 1: the drawing, pen and all, takes the share `fill` of the side.

    `offset` tells how far its middle lies from the picture's, in shares of the side; `upright` is a 2×2 matrix that the
    points are multiplied by, such as `slant` gives.
    """
    strokes = [numpy.asarray(stroke, float) for stroke in strokes]
    if upright is not None:
        strokes = [stroke @ upright.T for stroke in strokes]
    points = numpy.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    scale = max(1, fill * side - pen) / max(1e-6, (high - low).max())
    middle = (numpy.array([0.5, 0.5]) + offset) * side
    picture = Image.new("L", (side * FINER, side * FINER))
    canvas = ImageDraw.Draw(picture)
    radius = pen * FINER / 2
    for stroke in strokes:
        placed = ((stroke - (low + high) / 2) * scale + middle) * FINER
        flat = [tuple(point) for point in placed]
        if len(flat) > 1:
            canvas.line(flat, fill=255, width=max(1, round(2 * radius)), joint="curve")
        for x, y in flat:
            canvas.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return numpy.asarray(picture.resize((side, side), Image.BOX), numpy.float32) / 255


def slant(random, degrees=8, shear=0.12, stretch=0.12):
    """A matrix that turns, slants and stretches a little."""
    turn = numpy.radians(random.uniform(-degrees, degrees))
    rotation = numpy.array([[numpy.cos(turn), -numpy.sin(turn)], [numpy.sin(turn), numpy.cos(turn)]])
    return rotation @ numpy.array([[1 + random.uniform(-stretch, stretch), random.uniform(-shear, shear)], [0, 1]])


def hand(random, strokes, unsteadiness=0.02):
    """The strokes, evenly spaced points in a box of side 1, as an unsteady hand draws them."""
    drawn = []
    for stroke in strokes:
        points = evenly(numpy.asarray(stroke, float), 0.03)
        # A random walk back to where it started, less wide along a short line: a dot stays a dot.
        sway = numpy.cumsum(random.normal(0, 1, points.shape), 0)
        sway -= sway[0]
        sway -= numpy.linspace(0, 1, len(points))[:, None] * sway[-1]
        sway *= min(1, length(points)) / (numpy.sqrt(len(points)) / 2)
        drawn.append(points + unsteadiness * sway + random.normal(0, unsteadiness / 2, 2))
    return drawn


def evenly(points, step):
    """The same line with a point every `step`."""
    places = numpy.concatenate([[0], numpy.cumsum(numpy.hypot(*numpy.diff(points, axis=0).T))])
    wanted = numpy.linspace(0, places[-1], max(2, int(places[-1] / step) + 1))
    return numpy.stack([numpy.interp(wanted, places, points[:, axis]) for axis in (0, 1)], 1)


def length(points):
    return numpy.hypot(*numpy.diff(points, axis=0).T).sum()
