"""Digits that people drew with a pen on a tablet, as they look elsewhere."""
import numpy
from PIL import Image

import around
import pen
import surfaces


class PenDigits:
    """The strokes of digits, from which every set takes the same number of every writer and label."""

    def __init__(self, digits):
        self._cells = {}
        for digit in digits:
            self._cells.setdefault((digit["writer"], digit["label"]), []).append(digit["strokes"])

    def _sample(self, random, each=2):
        for (_, label), drawn in sorted(self._cells.items()):
            for i in random.permutation(len(drawn))[:each]:
                yield label, drawn[i]

    def on_canvas(self, random):
        """280×280, pens of 10 to 30 pixels, filling 45 to 90%, anywhere on the canvas where there is room."""
        for label, strokes in self._sample(random):
            fill = random.uniform(0.45, 0.9)
            ink = pen.cover(strokes, 280, random.uniform(10, 30), fill, anywhere(random, fill))
            gray = numpy.uint8(numpy.rint(255 * ink))
            yield str(label), Image.fromarray(gray if random.random() < 0.5 else 255 - gray)

    def in_pencil(self, random):
        """A thin line, and the pencil lifted a little where the hand was fast."""
        for label, strokes in self._sample(random):
            side, fill = int(random.integers(180, 400)), random.uniform(0.4, 0.85)
            ink = pen.cover(strokes, side, random.uniform(1.6, 5), fill, anywhere(random, fill), pen.slant(random))
            yield str(label), surfaces.pencil(random, ink)

    def photographed(self, random):
        """A pen or a marker, seen a little askew."""
        for label, strokes in self._sample(random):
            side, fill = int(random.integers(200, 400)), random.uniform(0.35, 0.75)
            width = side * numpy.exp(random.uniform(numpy.log(0.012), numpy.log(0.07)))
            ink = pen.cover(strokes, side, width, fill, anywhere(random, fill + 0.1), pen.slant(random, 10))
            yield str(label), surfaces.photograph(random, surfaces.warp(random, ink))

    def with_more_around(self, random):
        """A photograph that shows more than a digit on its paper."""
        pairs = list(self._sample(random))
        for (label, strokes), other in zip(pairs, random.permutation(len(pairs))):
            yield str(label), around.any_kind(random, strokes, pairs[other][1])

    def as_on_envelopes(self, random):
        """16×16 levels of gray, as the postal service's collection has them, enlarged with and without smoothing."""
        for label, strokes in self._sample(random):
            ink = pen.cover(strokes, 96, random.uniform(7, 17), 1, upright=pen.slant(random))
            small = Image.fromarray(numpy.uint8(numpy.rint(255 * ink))).resize((16, 16), Image.BOX)
            if random.random() < 0.5:
                small = Image.fromarray(255 - numpy.asarray(small))
            side = 16 * int(random.integers(9, 18))
            yield str(label), small.resize((side, side), Image.NEAREST if random.random() < 0.5 else Image.BICUBIC)

    def side_by_side(self, random):
        """Two digits at once, with a gap between them or just touching."""
        pairs = list(self._sample(random))
        order = random.permutation(len(pairs))
        for first, second in zip(order[::2], order[1::2]):
            (left, left_strokes), (right, right_strokes) = pairs[first], pairs[second]
            gap = random.uniform(0.05, 0.35)
            strokes = beside(unit_height(left_strokes), unit_height(right_strokes), gap)
            side = int(random.integers(200, 400))
            ink = pen.cover(strokes, side, side * random.uniform(0.02, 0.06), random.uniform(0.6, 0.95))
            yield f"{left}{right}", surfaces.any_surface(random, ink)

    def crossed_out(self, random):
        """A digit that its writer does not want: struck through several times, or scribbled over."""
        for label, strokes in self._sample(random, each=1):
            box = unit_height(strokes)
            points = numpy.concatenate(box)
            width = numpy.ptp(points[:, 0])
            lines = random.integers(3, 6)
            if random.random() < 0.5:
                heights = numpy.linspace(0.05, 0.95, 2 * lines) + random.normal(0, 0.03, 2 * lines)
                over = [[(width * (-0.2 if i % 2 else 1.2), y) for i, y in enumerate(heights)]]
            else:
                over = [
                    stroke
                    for turn in random.uniform(-0.15, 0.15, (lines + 1) // 2)
                    for stroke in ([(-0.2, turn), (width + 0.2, 1 + turn)], [(width + 0.2, turn), (-0.2, 1 + turn)])
                ]
            drawn = box + pen.hand(random, over)
            side = int(random.integers(180, 360))
            ink = pen.cover(drawn, side, side * random.uniform(0.02, 0.06), random.uniform(0.5, 0.9))
            yield f"crossed-{label}", surfaces.any_surface(random, ink)


def anywhere(random, fill):
    room = max(0, (0.97 - fill) / 2)
    return random.uniform(-room, room, 2)


def unit_height(strokes):
    points = numpy.concatenate([numpy.asarray(stroke, float) for stroke in strokes])
    low, height = points.min(0), max(1, numpy.ptp(points[:, 1]))
    return [(numpy.asarray(stroke, float) - low) / height for stroke in strokes]


def beside(left, right, gap):
    edge = max(stroke[:, 0].max() for stroke in left)
    return left + [stroke + (edge + gap, 0) for stroke in right]
