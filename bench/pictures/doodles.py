"""What people draw when they are to draw no digit. A circle and a single line are left out: they are 0 and 1."""
import numpy

import pen
import surfaces


def doodles(random, each=28):
    for name, strokes in KINDS.items():
        for _ in range(each):
            drawn = pen.hand(random, strokes(random), random.uniform(0.004, 0.03))
            side, fill = int(random.integers(140, 400)), random.uniform(0.45, 0.95)
            width = side * random.uniform(0.015, 0.09)
            ink = pen.cover(drawn, side, width, fill, upright=pen.slant(random, 10))
            yield name, surfaces.any_surface(random, ink)


def arc(x, y, radius, start=0, end=360, squeeze=1.0):
    """Part of an ellipse, in degrees, clockwise from the right."""
    angles = numpy.radians(numpy.linspace(start, end, max(6, int(abs(end - start) / 10))))
    return numpy.stack([x + radius * numpy.cos(angles), y + squeeze * radius * numpy.sin(angles)], 1)


def scribble(random):
    """A line that turns wherever it likes, long enough to cross itself several times."""
    count = int(random.integers(300, 600))
    turns = numpy.cumsum(random.normal(random.uniform(0.02, 0.08), 0.3, count))
    return [numpy.cumsum(numpy.stack([numpy.cos(turns), numpy.sin(turns)], 1), 0) / 40]


def tangle(random):
    """Loop upon loop about the middle."""
    angles = numpy.linspace(0, 2 * numpy.pi * random.uniform(4, 9), 200)
    ratio, phase = random.uniform(0.6, 1.9), random.uniform(0, 6)
    x = numpy.cos(angles) * (0.6 + 0.4 * numpy.sin(ratio * angles))
    return [numpy.stack([x, numpy.sin(ratio * angles + phase)], 1) / 2]


def zigzag(random):
    corners = int(random.integers(6, 14))
    height = random.uniform(0.2, 0.9)
    line = numpy.stack([numpy.linspace(0, 1, corners), height * (numpy.arange(corners) % 2)], 1)
    return [line + random.normal(0, 0.03, line.shape)]


def wave(random):
    x = numpy.linspace(0, 1, 80)
    return [numpy.stack([x, random.uniform(0.08, 0.2) * numpy.sin(2 * numpy.pi * random.uniform(2.5, 5) * x)], 1)]


def spiral(random):
    angles = numpy.linspace(0, 2 * numpy.pi * random.uniform(2.6, 5), 160) * random.choice([-1, 1])
    return [numpy.stack([numpy.cos(angles), numpy.sin(angles)], 1) * numpy.abs(angles)[:, None] / 30]


def dashes(random):
    starts = random.uniform(0, 1, (int(random.integers(6, 15)), 2))
    return [[start, start + random.uniform(-0.25, 0.25, 2)] for start in starts]


def dots(random):
    return [[point, point + 0.005] for point in random.uniform(0, 1, (int(random.integers(4, 12)), 2))]


def hatching(random):
    return [[(x, 0), (x - random.uniform(0.1, 0.3), 1)] for x in numpy.linspace(0, 1, int(random.integers(4, 9)))]


def house(random):
    roof = random.uniform(-0.6, -0.3)
    walls = [(0, 0), (0, 0.8), (1, 0.8), (1, 0), (0, 0), (0.5, roof), (1, 0)]
    return [walls, [(0.4, 0.8), (0.4, 0.4), (0.65, 0.4), (0.65, 0.8)]]


def star(random):
    points = int(random.choice([5, 7]))
    angles = numpy.arange(points + 1) * (points // 2) * 2 * numpy.pi / points - numpy.pi / 2
    return [numpy.stack([numpy.cos(angles), numpy.sin(angles)], 1) / 2]


def face(random):
    mouth = arc(0, random.uniform(0.05, 0.15), 0.22, 15, 165) if random.random() < 0.7 else arc(0, 0.35, 0.2, 200, 340)
    return [arc(0, 0, 0.5), arc(-0.18, -0.15, 0.03), arc(0.18, -0.15, 0.03), mouth]


def heart(_):
    t = numpy.linspace(0, 2 * numpy.pi, 60)
    y = 13 * numpy.cos(t) - 5 * numpy.cos(2 * t) - 2 * numpy.cos(3 * t) - numpy.cos(4 * t)
    return [numpy.stack([16 * numpy.sin(t) ** 3, -y], 1) / 32]


def tree(random):
    crowns = [arc(random.uniform(-0.2, 0.2), random.uniform(-0.5, -0.2), random.uniform(0.2, 0.35)) for _ in range(3)]
    return crowns + [[(-0.06, 0), (-0.08, 0.6)], [(0.06, 0), (0.08, 0.6)]]


def person(random):
    arms = random.uniform(-0.2, 0.2)
    body = [(0, -0.43), (0, 0.1)]
    legs = [(-0.28, 0.6), (0, 0.1), (0.28, 0.6)]
    return [arc(0, -0.6, 0.17), body, [(-0.35, arms - 0.2), (0, -0.3), (0.35, -0.2 - arms)], legs]


def grid(_):
    return [[(x, 0), (x, 1)] for x in (0.33, 0.67)] + [[(0, y), (1, y)] for y in (0.33, 0.67)]


def arrow(random):
    turn = numpy.radians(random.integers(0, 8) * 45)
    rotation = numpy.array([[numpy.cos(turn), -numpy.sin(turn)], [numpy.sin(turn), numpy.cos(turn)]])
    return [numpy.array(stroke) @ rotation.T for stroke in ([(-0.5, 0), (0.5, 0)], [(0.2, -0.3), (0.5, 0), (0.2, 0.3)])]


def cross(_):
    return [[(0, 0), (1, 1)], [(1, 0), (0, 1)]]


def tick(random):
    return [[(0, 0.6), (random.uniform(0.25, 0.4), 1), (1, random.uniform(-0.1, 0.2))]]


def fish(_):
    return [arc(0, 0, 0.4, 25, 335, 0.6), [(0.36, 0.1), (0.65, -0.25), (0.65, 0.25), (0.36, -0.1)], arc(-0.2, -0.06, 0.03)]


def flower(random):
    petals = int(random.integers(5, 8))
    around = numpy.arange(petals) * 2 * numpy.pi / petals
    return [arc(0, 0, 0.12)] + [arc(0.26 * numpy.cos(a), 0.26 * numpy.sin(a), 0.13) for a in around] + [[(0, 0.4), (0.03, 1)]]


def cloud(_):
    humps = [arc(-0.3, 0, 0.2, 90, 270), arc(-0.1, -0.2, 0.22, 180, 330), arc(0.25, -0.1, 0.22, 230, 450)]
    return [numpy.concatenate([*humps, [(-0.3, 0.2)]])]


def cup(_):
    return [[(-0.3, -0.4), (-0.25, 0.4), (0.25, 0.4), (0.3, -0.4), (-0.3, -0.4)], arc(0.3, 0, 0.2, -80, 100)]


def triangle(random):
    top = random.uniform(-0.3, 0.3)
    return [[(top, -0.45), (0.5, 0.4), (-0.5, 0.4), (top, -0.45)]]


def sun(random):
    rays = int(random.integers(7, 12))
    around = numpy.arange(rays) * 2 * numpy.pi / rays
    directions = numpy.stack([numpy.cos(around), numpy.sin(around)], 1)
    return [arc(0, 0, 0.25)] + [[0.32 * direction, 0.5 * direction] for direction in directions]


def crossed_box(_):
    return [[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], [(0, 0), (1, 1)], [(1, 0), (0, 1)]]


def signature(random):
    """Joined up and down strokes, wider than high."""
    count = int(random.integers(8, 16))
    knots = numpy.stack([numpy.linspace(0, 1.6, count) + random.normal(0, 0.05, count), 0.5 * random.random(count)], 1)
    places = numpy.linspace(0, count - 1, 150)
    smooth = [numpy.interp(places, numpy.arange(count), knots[:, axis]) for axis in (0, 1)]
    kernel = numpy.ones(9) / 9
    return [numpy.stack([numpy.convolve(axis, kernel, "valid") for axis in smooth], 1)]


KINDS = {
    kind.__name__: kind
    for kind in (
        scribble, tangle, zigzag, wave, spiral, dashes, dots, hatching, house, star, face, heart, tree, person, grid,
        arrow, cross, tick, fish, flower, cloud, cup, triangle, sun, crossed_box, signature,
    )
}
