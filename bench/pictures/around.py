"""Photographs that show more than the paper: what it lies on, what is printed or drawn beside, who holds it, shadows."""
import numpy
from PIL import Image, ImageDraw

import pen
import surfaces

SIDE = 360


def any_kind(random, strokes, others):
    """A digit in a photograph with something around it; `others` are the strokes of another digit."""
    kind = (on_desk, on_note, in_box, in_shadows, held, beside)[random.integers(6)]
    return kind(random, strokes, others)


def on_desk(random, strokes, _):
    """A sheet that lies askew on dark wood."""
    y, x = grid()
    bend = 0.03 * surfaces.smooth(random, (SIDE, SIDE), SIDE / 4)
    grain = numpy.sin(2 * numpy.pi * random.uniform(5, 20) * (x + 0.3 * y + bend))
    wood = random.uniform(50, 130) + 8 * grain + 4 * surfaces.smooth(random, (SIDE, SIDE), 2)
    return put(random, strokes, coloured(wood, (1.1, 0.9, 0.7)), coloured(paper(random)), random.uniform(0.28, 0.5, 2))


def on_note(random, strokes, _):
    """A coloured note on something of any level."""
    note = [(250, 230, 110), (250, 160, 190), (160, 230, 150), (150, 210, 250)][random.integers(4)]
    wall = surfaces.sheet(random, SIDE) * random.uniform(40, 230)
    light = surfaces.sheet(random, SIDE) * 0.9
    return put(random, strokes, coloured(wall), coloured(light, note), numpy.full(2, random.uniform(0.3, 0.46)))


def in_box(random, strokes, _):
    """A form: a printed box around the digit."""
    fill = random.uniform(0.25, 0.45)
    high = SIDE * random.uniform(0.6, 0.85) * fill
    wide = high * random.uniform(0.85, 1.4)
    printed = Image.new("L", (SIDE, SIDE))
    corners = (SIDE / 2 - wide, SIDE / 2 - high, SIDE / 2 + wide, SIDE / 2 + high)
    ImageDraw.Draw(printed).rectangle(corners, outline=255, width=int(random.integers(1, 4)))
    printed = printed.rotate(random.uniform(-2, 2), Image.BILINEAR)
    line = numpy.asarray(printed, float) / 255 * random.uniform(0.4, 1)
    sheet = surfaces.over(coloured(paper(random)), (40, 40, 40), line)
    return surfaces.camera(random, surfaces.over(sheet, ink(random), written(random, strokes, fill, 0.03)))


def in_shadows(random, strokes, _):
    """One or two shadows with sharp edges, somewhere across the paper."""
    y, x = grid()
    picture = surfaces.over(coloured(paper(random)), ink(random), written(random, strokes, random.uniform(0.25, 0.6), 0.1))
    for _ in range(random.integers(1, 3)):
        angle = random.uniform(0, 2 * numpy.pi)
        beyond = x * numpy.cos(angle) + y * numpy.sin(angle) + random.uniform(-0.2, 0.2)
        shadow = random.uniform(0.35, 0.65) / (1 + numpy.exp(-beyond / random.uniform(0.003, 0.02)))
        picture = picture * (1 - shadow[..., None])
    return surfaces.camera(random, picture)


def held(random, strokes, _):
    """A finger on the paper, from below."""
    y, x = grid()
    at, tip, width = random.uniform(-0.4, 0.4), random.uniform(0.28, 0.4), random.uniform(0.05, 0.1)
    across = numpy.clip(1 - ((x - at) / width) ** 2, 0, 1)
    finger = ((across > 0) & (y > tip + width * (1 - numpy.sqrt(across)))).astype(float)
    picture = surfaces.over(coloured(paper(random)), ink(random), written(random, strokes, random.uniform(0.3, 0.45), 0.03))
    skin = coloured(0.7 + 0.3 * across, (205, 155, 125))
    return surfaces.camera(random, picture * (1 - finger[..., None]) + skin * finger[..., None])


def beside(random, strokes, others):
    """Part of another digit at the border."""
    fill = random.uniform(0.3, 0.5)
    aside = (random.choice((-1, 1)) * random.uniform(0.5, 0.56), random.uniform(-0.1, 0.1))
    other = pen.cover(others, SIDE, SIDE * 0.015, fill, aside)
    drawn = numpy.maximum(written(random, strokes, fill, 0.03), 0.9 * other)
    return surfaces.camera(random, surfaces.over(coloured(paper(random)), ink(random), drawn))


def put(random, strokes, below, sheet, half):
    """The digit on a sheet of half the width and height `half`, turned a little, on something."""
    y, x = grid()
    angle = random.uniform(-0.3, 0.3)
    along, across = x * numpy.cos(angle) + y * numpy.sin(angle), y * numpy.cos(angle) - x * numpy.sin(angle)
    seen = ((abs(along) < half[0]) & (abs(across) < half[1])).astype(float)[..., None]
    drawn = written(random, strokes, random.uniform(0.2, 0.4), 0.05)
    return surfaces.camera(random, surfaces.over(below * (1 - seen) + sheet * seen, ink(random), drawn))


def written(random, strokes, fill, aside):
    width = SIDE * random.uniform(0.01, 0.03)
    return 0.9 * pen.cover(strokes, SIDE, width, fill, random.uniform(-aside, aside, 2), pen.slant(random))


def paper(random):
    return surfaces.sheet(random, SIDE) * random.uniform(150, 235)


def ink(random):
    return surfaces.INKS[random.integers(len(surfaces.INKS))]


def coloured(levels, colour=(1, 1, 1)):
    return levels[..., None] * numpy.array(colour, float)


def grid():
    return numpy.mgrid[0:SIDE, 0:SIDE] / SIDE - 0.5
