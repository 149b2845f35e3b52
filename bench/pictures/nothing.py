"""Pictures on which nothing is drawn: empty ones, and such as a camera takes of anything else."""
import numpy
from PIL import Image

import surfaces


def nothing(random):
    return of_kinds(random, (uniform, scanned_paper, photographed_paper, ruled_paper, noise))


def scenes(random):
    return of_kinds(random, (blobs, texture, horizon))


def of_kinds(random, kinds, each=60):
    for draw in kinds:
        for _ in range(each):
            side = int(random.integers(140, 360))
            yield draw.__name__.replace("_", "-"), draw(random, side)


def uniform(random, side):
    return Image.new("RGB", (side, side), tuple(int(level) for level in random.integers(0, 256, 3)))


def scanned_paper(random, side):
    return surfaces.pencil(random, numpy.zeros((side, side), numpy.float32))


def photographed_paper(random, side):
    return surfaces.photograph(random, numpy.zeros((side, side), numpy.float32))


def ruled_paper(random, side):
    lines = surfaces.ruled(random, side) * random.uniform(215, 255)
    return Image.fromarray(numpy.uint8(lines))


def noise(random, side):
    levels = random.uniform(30, 225) + random.uniform(3, 40) * random.normal(0, 1, (side, side))
    return Image.fromarray(numpy.uint8(numpy.clip(levels, 0, 255)))


def blobs(random, side):
    """Large soft shapes of several sizes, as a photograph out of focus shows them."""
    octaves = [side / 2, side / 4, side / 9, side / 20]
    levels = sum(surfaces.smooth(random, (side, side), radius) * radius ** 0.7 for radius in octaves)
    casts = [random.uniform(0, 0.6) * surfaces.smooth(random, (side, side), side / 3) for _ in "rgb"]
    picture = levels[..., None] + levels.std() * numpy.stack(casts, 2)
    picture = (picture - picture.mean()) / picture.std() * random.uniform(20, 60) + random.uniform(80, 180)
    return surfaces.camera(random, picture)


def texture(random, side):
    """Cloth, wood or brick: waves across each other, bent by noise."""
    y, x = numpy.mgrid[0:side, 0:side] / side
    bend = random.uniform(0, 0.08) * surfaces.smooth(random, (side, side), side / 4)
    angle = random.uniform(0, numpy.pi)
    along = x * numpy.cos(angle) + y * numpy.sin(angle) + bend
    across = y * numpy.cos(angle) - x * numpy.sin(angle) + bend
    waves = numpy.sin(2 * numpy.pi * along * random.uniform(3, 25))
    waves += random.uniform(0, 1) * numpy.sin(2 * numpy.pi * across * random.uniform(3, 25))
    levels = random.uniform(70, 190) + random.uniform(8, 40) * waves
    levels += random.uniform(0, 10) * surfaces.smooth(random, (side, side), 2)
    return surfaces.camera(random, numpy.repeat(levels[..., None], 3, 2) * random.uniform(0.85, 1, 3))


def horizon(random, side):
    """Sky above land, with a few things standing on it."""
    y, x = numpy.mgrid[0:side, 0:side] / side
    line = random.uniform(0.35, 0.7) + 0.04 * surfaces.smooth(random, (1, side), side / 5)
    sky, land = random.uniform(150, 235), random.uniform(40, 120)
    picture = numpy.where(y < line, sky - 40 * y, land + 40 * (y - line))
    for _ in range(random.integers(0, 4)):
        left, width, height = random.uniform(0, 0.9), random.uniform(0.05, 0.25), random.uniform(0.05, 0.3)
        picture[(x > left) & (x < left + width) & (y > line - height) & (y < line + 0.02)] = random.uniform(20, 140)
    picture += 6 * surfaces.smooth(random, (side, side), side / 30)
    return surfaces.camera(random, numpy.repeat(picture[..., None], 3, 2) * random.uniform(0.8, 1, 3))
