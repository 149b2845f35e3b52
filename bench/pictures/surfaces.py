"""What a drawing is drawn on: a screen, pencil paper, or paper in front of a camera. Each makes a picture of coverage."""
import numpy
from PIL import Image, ImageFilter

INKS = [(0, 0, 0), (20, 30, 60), (15, 40, 140), (150, 20, 25), (40, 40, 40)]


def canvas(random, ink):
    """A page's canvas or a drawing program: no noise, white on black as often as dark on light."""
    if random.random() < 0.5:
        gray = 255 * ink
        return Image.fromarray(numpy.uint8(numpy.rint(gray)))
    if random.random() < 0.7:
        return Image.fromarray(numpy.uint8(numpy.rint(255 - 255 * ink)))
    paper = random.uniform(225, 255, 3)
    return mix(paper, numpy.array(INKS[random.integers(len(INKS))]), ink)


def pencil(random, ink):
    """Graphite on white or yellowish paper, scanned: it catches on the paper's grain, and the pressure varies."""
    shape = ink.shape
    grain = smooth(random, shape, 0.7)
    pressure = 0.75 + 0.15 * smooth(random, shape, shape[0] / 6)
    covered = numpy.clip(ink * numpy.clip(pressure + 0.28 * grain, 0.05, 1), 0, 1)
    paper = random.uniform(228, 250) - numpy.array([0, random.uniform(0, 3), random.uniform(0, 12)])
    paper = paper + random.uniform(0.5, 2.5) * smooth(random, shape, 0.8)[..., None]
    return mix(paper, numpy.full(3, random.uniform(60, 125)), covered)


def photograph(random, ink, pen=None):
    """Marker or pen on paper as a phone sees it: uneven light, blur, noise, and JPEG."""
    side = ink.shape[0]
    tint = random.uniform(0.92, 1.0, 3)
    paper = sheet(random, side) * random.uniform(150, 235)
    covered = ink * (pen if pen is not None else random.uniform(0.75, 0.97))
    ink_colour = numpy.array(INKS[random.integers(len(INKS))]) / 255
    light = paper[..., None] * tint
    return camera(random, light * (1 - covered[..., None] * (1 - ink_colour)))


def camera(random, picture):
    """What a phone makes of a scene of levels from 0 to 255: blur, noise, JPEG."""
    blurred = Image.fromarray(numpy.uint8(numpy.clip(picture, 0, 255))).filter(
        ImageFilter.GaussianBlur(random.uniform(0.4, 1.8)))
    noisy = numpy.asarray(blurred, numpy.float32) + random.normal(0, random.uniform(1.5, 7), picture.shape)
    noisy += random.normal(0, random.uniform(0, 3), picture.shape[:2])[..., None]
    photo = Image.fromarray(numpy.uint8(numpy.clip(noisy, 0, 255)))
    photo.info["quality"] = int(random.integers(45, 90))
    return photo


def sheet(random, side):
    """The light on a sheet of paper, about 1: a gradient, often a shadow with a soft edge, sometimes lines."""
    y, x = numpy.mgrid[0:side, 0:side] / side - 0.5
    angle = random.uniform(0, 2 * numpy.pi)
    light = 1 + random.uniform(0, 0.3) * (x * numpy.cos(angle) + y * numpy.sin(angle))
    light -= random.uniform(0, 0.25) * (x * x + y * y)
    if random.random() < 0.5:
        angle = random.uniform(0, 2 * numpy.pi)
        edge = x * numpy.cos(angle) + y * numpy.sin(angle) + random.uniform(-0.35, 0.35)
        light *= 1 - random.uniform(0.1, 0.4) / (1 + numpy.exp(-edge / random.uniform(0.02, 0.12)))
    if random.random() < 0.15:
        light *= ruled(random, side)
    return light + random.uniform(0, 0.012) * smooth(random, (side, side), 1.2)


def ruled(random, side):
    """Faint lines, or squares, as school paper has them."""
    distance, width = side / random.uniform(4, 11), random.uniform(1, 2.2)
    strength, start = random.uniform(0.08, 0.3), random.uniform(0, side)
    line = ((numpy.arange(side) + start) % distance < width).astype(float)
    rows = numpy.repeat(line[:, None], side, 1)
    return 1 - strength * (numpy.maximum(rows, line[None, :]) if random.random() < 0.5 else rows)


def any_surface(random, ink):
    """A canvas, pencil or a photograph."""
    return (canvas, canvas, canvas, pencil, photograph)[random.integers(5)](random, ink)


def mix(paper, colour, covered):
    return Image.fromarray(numpy.uint8(numpy.clip(numpy.rint(over(paper, colour, covered)), 0, 255)))


def over(paper, colour, covered):
    """The levels of something that ink of a colour covers."""
    return paper + (colour - paper) * covered[..., None]


def smooth(random, shape, radius):
    """Noise that changes over `radius` pixels: its mean is 0, its standard deviation 1."""
    reduced = [max(3, int(size / max(1, radius))) for size in shape]
    noise = Image.fromarray(random.normal(0, 1, reduced).astype(numpy.float32))
    field = numpy.asarray(noise.resize(shape[::-1], Image.BICUBIC))
    return (field - field.mean()) / max(1e-6, field.std())


def warp(random, ink, strength=0.06):
    """Sees coverage in slight perspective."""
    side = ink.shape[0]
    corners = numpy.array([[0, 0], [side, 0], [side, side], [0, side]], float)
    seen = corners + random.uniform(-strength, strength, (4, 2)) * side
    rows = []
    for (x, y), (u, v) in zip(corners, seen):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    coefficients = numpy.linalg.solve(numpy.array(rows), seen.ravel())
    picture = Image.fromarray(numpy.uint8(numpy.rint(255 * ink)))
    return numpy.asarray(picture.transform(picture.size, Image.PERSPECTIVE, coefficients, Image.BILINEAR), numpy.float32) / 255
