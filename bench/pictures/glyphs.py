"""Letters, digits and symbols, from fonts that look handwritten and from a few ordinary ones.

Letters that are digits too in many a handwriting are a set of their own, which tells something but is no measure: O o D Q
(0), I i l (1), Z z (2), S s (5), G b (6), B (8), g q y Y (9 and 4). Among the symbols such are left out: bars, brackets and
strokes that are a 1, rings and squares that are a 0, and what else looks the same, such as epsilon (3) and the kana ち (5).
"""
import numpy
from PIL import Image, ImageDraw, ImageFont

import hershey
import pen
import surfaces

AMBIGUOUS = "ODQIZSGBYoilzsbgqy"
LETTERS = "".join(c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" if c not in AMBIGUOUS)

# Where Debian puts the fonts, and what each has: digits (0), capitals (A), lower-case letters (a).
FONTS = {
    "truetype/breip/Breip.ttf": "0Aa",
    "opentype/bwht/BecauseWeBuild-Regular.otf": "0A",
    "opentype/bwht/BecauseWeConnect-Regular.otf": "0A",
    "opentype/bwht/BecauseWeCreate-Regular.otf": "0A",
    "opentype/bwht/BecauseWeLearn-Regular.otf": "0A",
    "opentype/bwht/BecauseWeMentor-Regular.otf": "0A",
    "opentype/bwht/BecauseWeOrganize-Regular.otf": "0A",
    "opentype/comic-neue/ComicNeue-Regular.otf": "0Aa",
    "opentype/dancingscript/DancingScript-Regular.otf": "0Aa",
    "truetype/dejavu/DejaVuSans.ttf": "0Aa",
    "truetype/dejavu/DejaVuSerif.ttf": "0Aa",
    "truetype/ecolier-court/Ecolier-court.ttf": "0Aa",
    "truetype/femkeklaver/femkeklaver.ttf": "a",
    "truetype/fifthhorseman/dkg.ttf": "0Aa",
    "truetype/fifthhorseman/dkgBd.ttf": "0Aa",
    "truetype/freefont/FreeSerifItalic.ttf": "0Aa",
    "truetype/humor-sans/Humor-Sans.ttf": "0A",
    "truetype/kristi/Kristi.ttf": "0Aa",
    "truetype/rufscript/Rufscript010.ttf": "0Aa",
    "truetype/seto/setofont.ttf": "0Aa",
    "truetype/sjfonts/Delphine.ttf": "0Aa",
    "truetype/sjfonts/SteveHand.ttf": "0Aa",
    "truetype/tomsontalks/TomsonTalks.ttf": "0A",
    "truetype/yusei-magic/YuseiMagic-Regular.ttf": "0Aa",
}
STROKE_FONTS = ("rowmans", "scripts", "cursive")

SYMBOLS = {
    "truetype/ancient-scripts/Symbola_hint.ttf":
        "?&%#@*+=<>~^$€¥©®™¶†‡•←→↑↓↔⇒⇔↺∀∃∇√∑∏∈∩∪≈≠≤≥≡±×÷∞⊕⊗∠∴♠♥♦♣♔♕♖♗♘♙♩♪♫♬☀☁☂☃★☆☎☑☒☠☢☮☯☹☺♀♂♻⚓⚔⚖⚡⚽✂✈✉✌✓✗✿❄❤"
        "😀😂😎😢😡🐱🐶🐟🐘🐢🦋🌳🌵🌷🍎🍌🍕🍦🎂🎈🎁🏠🏰🚗🚲🚀⛵🎸👍👀👑👻💀🔑🔔💡📷✏🂱🂮🃁🃏",
    "truetype/freefont/FreeSerif.ttf":
        "ΓΔΛΞΠΣΨΩαηκλμνπτχψωЖШЩЮЫДЛЙИНЦяжшюкмאהחטכלמעפצקשתبتجحسشصطعفقكلمني",
    "truetype/seto/setofont.ttf":
        "あいえおかきけこさすせたとなにぬねのはひふへほまみむめもやゆよれわをアイエオカキケサスセソタチツテナニネハヒホマミムメモヤユレ"
        "人大中国字学山川水火木金土年月生先花草犬猫魚鳥車道",
    "truetype/yusei-magic/YuseiMagic-Regular.ttf":
        "あおかきさたなねはふほまめやゆカキサタヌネホマメ人大中国字学水火木金?&%#@+=★♪",
}


def digits(random, each=3):
    for path in having("0"):
        for digit in "0123456789" * each:
            yield digit, printed(random, path, digit)


def letters(random):
    return set_of(random, LETTERS)


def ambiguous_letters(random):
    return set_of(random, AMBIGUOUS)


def symbols(random, each=2):
    for path, characters in SYMBOLS.items():
        for character in characters * each:
            yield f"U+{ord(character):04X}", printed(random, path, character)


def set_of(random, characters):
    for character in characters:
        name = ("upper-" if character.isupper() else "lower-") + character
        for path in having("A" if character.isupper() else "a"):
            yield name, printed(random, path, character)
        for font in STROKE_FONTS:
            strokes = pen.hand(random, hershey.read(font)[ord(character) - ord(" ")], random.uniform(0.01, 0.04))
            side = int(random.integers(140, 400))
            width, fill = side * random.uniform(0.02, 0.1), random.uniform(0.4, 0.85)
            ink = pen.cover(strokes, side, width, fill, upright=pen.slant(random, 10))
            yield name, surfaces.any_surface(random, ink)


def having(kind):
    return [path for path, kinds in FONTS.items() if kind in kinds]


def printed(random, path, character):
    """A character as the font has it, a little turned and slanted, and in a thicker pen now and then."""
    side, fill = int(random.integers(140, 400)), random.uniform(0.4, 0.85)
    font = ImageFont.truetype("/usr/share/fonts/" + path, 200)
    thicker = int(random.integers(0, 9)) if random.random() < 0.5 else 0
    left, top, right, bottom = font.getbbox(character, stroke_width=thicker)
    middle = ((left + right) / 2, (top + bottom) / 2)
    glyph = Image.new("L", (600, 600))
    ImageDraw.Draw(glyph).text((300 - middle[0], 300 - middle[1]), character, 255, font, stroke_width=thicker)

    # Drawn finer at first, because reducing by sampling alone would lose thin strokes. The map is the reverse: from the
    # picture's points to the glyph's.
    scale = max(right - left, bottom - top) / (fill * side * pen.FINER)
    room = (0.9 - fill) / 2
    matrix = numpy.linalg.inv(pen.slant(random)) * scale
    shift = 300 - matrix @ ((0.5 + random.uniform(-room, room, 2)) * side * pen.FINER)
    inverse = (*matrix[0], shift[0], *matrix[1], shift[1])
    drawn = glyph.transform((side * pen.FINER, side * pen.FINER), Image.AFFINE, inverse, Image.BILINEAR)
    return surfaces.any_surface(random, numpy.asarray(drawn.resize((side, side), Image.BOX), numpy.float32) / 255)
