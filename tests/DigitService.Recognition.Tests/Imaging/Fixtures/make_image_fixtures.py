"""Makes the pictures that the tests decode: one drawing in every format and variant, and what each should look like.

Run it in its own folder with Pillow, NumPy, ImageMagick (convert), cwebp and webpmux on the path:
python3 make_image_fixtures.py
"""

import io
import pathlib
import struct
import subprocess
import zlib

import numpy
from PIL import Image, ImageDraw, PngImagePlugin

FOLDER = pathlib.Path(__file__).parent
WIDTH, HEIGHT = 30, 40


def drawing():
    """A seven, dark on light, smooth enough that lossy formats keep it; nothing in it is symmetric."""
    large = Image.new("L", (WIDTH * 8, HEIGHT * 8), 255)
    pen = ImageDraw.Draw(large)
    pen.line([(40, 60), (200, 60), (110, 280)], fill=0, width=40, joint="curve")
    return large.resize((WIDTH, HEIGHT), Image.BOX)


GRAY = drawing()
INK = Image.eval(GRAY, lambda level: 255 - level)


def with_alpha(mode):
    """Black ink on nothing: the gray level is in the alpha channel alone."""
    picture = Image.new("LA", GRAY.size, (0, 0))
    picture.putalpha(INK)
    return picture.convert(mode)


def white_ink():
    picture = Image.new("LA", GRAY.size, (255, 0))
    picture.putalpha(INK)
    return picture.convert("RGBA")


def save(name, picture, **options):
    picture.save(FOLDER / name, **options)


def convert(name, *options):
    source = io.BytesIO()
    GRAY.save(source, "PNG")
    target, kind = name if isinstance(name, tuple) else (name, "")
    subprocess.run(["/usr/bin/convert", "png:-", *options, f"{kind}{FOLDER / target}"], input=source.getvalue(), check=True)


def keyed(bits):
    """Gray rows whose paper is level 1, black but for that: it is the level that a tRNS chunk says is transparent."""
    highest = 2**bits - 1
    levels = numpy.rint(numpy.asarray(GRAY) / 255 * highest).astype(int)
    levels[levels == 1] = 0
    levels[numpy.asarray(GRAY) == 255] = 1
    for row in levels:
        text = "".join(format(level, f"0{bits}b") for level in row)
        text += "0" * (-len(text) % 8)
        yield int(text, 2).to_bytes(len(text) // 8, "big")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(bits, color, rows, *extra):
    """A PNG with rows that are packed already."""
    raw = b"".join(b"\0" + bytes(row) for row in rows)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, color, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(extra)
            + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def packed(bits):
    """The drawing in few levels, several pixels a byte."""
    levels = numpy.rint(numpy.asarray(GRAY) / 255 * (2**bits - 1)).astype(int)
    for row in levels:
        text = "".join(format(level, f"0{bits}b") for level in row)
        text += "0" * (-len(text) % 8)
        yield int(text, 2).to_bytes(len(text) // 8, "big")


def bmp(bits, rows, palette=b"", top_down=False, core=False, masks=None):
    """A BMP with rows from the top that are packed already."""
    rows = [bytes(row) + b"\0" * (-len(row) % 4) for row in rows]
    body = b"".join(rows if top_down else reversed(rows))
    if core:
        header = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, bits)
    else:
        height = -HEIGHT if top_down else HEIGHT
        size, coding = (108, 3) if masks else (40, 0)
        header = struct.pack("<IiiHHIIiiII", size, WIDTH, height, 1, bits, coding, len(body), 0, 0, len(palette) // 4, 0)
        if masks:
            header += struct.pack("<IIII", *masks) + b"BGRs" + b"\0" * 48
    offset = 14 + len(header) + len(palette)
    return b"BM" + struct.pack("<IHHI", offset + len(body), 0, 0, offset) + header + palette + body


def write(name, content):
    (FOLDER / name).write_bytes(content)


def pngs():
    for bits in (1, 2, 4):
        write(f"gray-{bits}.png", png(bits, 0, packed(bits)))
    save("gray-8.png", GRAY)
    levels = numpy.asarray(GRAY).astype(">u2") * 257
    write("gray-16.png", png(16, 0, [row.tobytes() for row in levels]))
    write("rgb-16.png", png(16, 2, [numpy.repeat(row, 3).tobytes() for row in levels]))
    for bits in (2, 4, 8, 16):
        write(f"gray-trns-{bits}.png", png(bits, 0, keyed(bits), chunk(b"tRNS", struct.pack(">H", 1))))
    save("rgb.png", GRAY.convert("RGB"))
    save("rgba.png", with_alpha("RGBA"))
    save("gray-alpha.png", with_alpha("LA"))
    save("white-ink.png", white_ink())
    convert("interlaced.png", "-interlace", "PNG")
    palette = b"".join(bytes((0, 0, 0)) for _ in range(256))
    indices = [bytes(row) for row in numpy.asarray(INK)]
    write("palette-trns.png", png(8, 3, indices, chunk(b"PLTE", palette), chunk(b"tRNS", bytes(range(256)))))
    save("palette.png", GRAY.convert("P"))
    save("animated.png", GRAY, save_all=True, append_images=[Image.new("L", GRAY.size, 128)], duration=100)
    exif = Image.Exif()
    exif[0x0112] = 6
    save("exif-6.png", GRAY.transpose(Image.ROTATE_90), exif=exif)


def jpegs():
    save("baseline.jpg", GRAY, quality=95)
    save("color.jpg", GRAY.convert("RGB"), quality=95, subsampling=2)
    save("progressive.jpg", GRAY.convert("RGB"), quality=95, progressive=True)
    save("cmyk.jpg", GRAY.convert("RGB").convert("CMYK"), quality=95)
    save("restarts.jpg", GRAY, quality=95, restart_marker_blocks=2)
    turns = [None, Image.FLIP_LEFT_RIGHT, Image.ROTATE_180, Image.FLIP_TOP_BOTTOM, Image.TRANSPOSE, Image.ROTATE_90,
             Image.TRANSVERSE, Image.ROTATE_270]
    for orientation, turn in enumerate(turns, 1):
        exif = Image.Exif()
        exif[0x0112] = orientation
        save(f"exif-{orientation}.jpg", GRAY if turn is None else GRAY.transpose(turn), quality=95, exif=exif)


def animate(name, picture):
    frame = FOLDER / "frame.webp"
    picture.convert("RGB").crop((2, 4, WIDTH, HEIGHT)).save(frame, lossless=True)
    subprocess.run(["webpmux", "-frame", frame, "+100+2+4+0-b", "-frame", frame, "+100+2+4+0-b",
                    "-bgcolor", "255,255,255,255", "-o", FOLDER / name], check=True)
    frame.unlink()


def webps():
    save("lossy.webp", GRAY.convert("RGB"), quality=95)
    save("lossless.webp", GRAY.convert("RGB"), lossless=True)
    save("alpha.webp", with_alpha("RGBA"), lossless=True, exact=True)
    save("alpha-lossy.webp", with_alpha("RGBA"), quality=95)
    later = Image.new("RGB", GRAY.size, (128, 128, 128))
    save("animated.webp", GRAY.convert("RGB"), save_all=True, append_images=[later], duration=100, lossless=True)

    # A first frame that is smaller than its canvas: the picture without its top and left margins, at (2, 4).
    animate("animated-offset.webp", GRAY)
    animate("animated-offset-light.webp", INK)


def bmps():
    gray = numpy.asarray(GRAY)
    levels = b"".join(bytes((level, level, level, 0)) for level in range(256))
    write("palette-8.bmp", bmp(8, gray, levels))
    for bits in (1, 4):
        few = b"".join(bytes((level, level, level, 0)) for level in [i * 255 // (2**bits - 1) for i in range(2**bits)])
        write(f"palette-{bits}.bmp", bmp(bits, packed(bits), few))
    bgr = [numpy.repeat(row, 3).tobytes() for row in gray]
    write("rgb-24.bmp", bmp(24, bgr))
    write("top-down.bmp", bmp(24, bgr, top_down=True))
    write("core.bmp", bmp(24, bgr, core=True))
    bgrx = [b"".join(bytes((level, level, level, 0)) for level in row) for row in gray]
    write("rgb-32.bmp", bmp(32, bgrx))
    write("rgba-32.bmp", bmp(32, [b"".join(bytes((0, 0, 0, 255 - level)) for level in row) for row in gray],
                              masks=(0xFF0000, 0xFF00, 0xFF, 0xFF000000)))
    write("rgb-16.bmp", bmp(16, [b"".join(struct.pack("<H", (level >> 3) * 0x421) for level in row) for row in gray]))


def gifs():
    save("plain.gif", GRAY, interlace=0)
    save("interlaced.gif", GRAY, interlace=1)
    later = Image.new("L", GRAY.size, 128)
    save("animated.gif", GRAY, save_all=True, append_images=[later], duration=100)
    clear = GRAY.point(lambda level: 255 if level >= 250 else level)
    save("transparent.gif", clear.convert("P"), transparency=clear.convert("P").getpixel((0, 0)))
    part = io.BytesIO()
    GRAY.crop((2, 4, WIDTH, HEIGHT)).save(part, "GIF", interlace=0)
    content = bytearray(part.getvalue())
    content[6:10] = struct.pack("<HH", WIDTH, HEIGHT)
    table = 3 << ((content[10] & 7) + 1)
    image = content.index(b"\x2c", 13 + table)
    content[image + 1:image + 5] = struct.pack("<HH", 2, 4)
    write("small-frame.gif", bytes(content))


def refused():
    save("refused.tif", GRAY)
    save("refused.ico", GRAY.convert("RGBA"))
    save("refused.jp2", GRAY)
    save("refused.ppm", GRAY)
    convert(("refused-rle.bmp", "bmp3:"), "-colors", "16", "-type", "palette", "-compress", "RLE")


if __name__ == "__main__":
    for make in (pngs, jpegs, webps, bmps, gifs, refused):
        make()
    write("expected.gray", GRAY.tobytes())
