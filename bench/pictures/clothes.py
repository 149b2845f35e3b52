"""Pictures of clothes: test images of Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017), which Debian packages."""
import gzip

import numpy
from PIL import Image

import surfaces

FOLDER = "/usr/share/datasets/fashion-mnist"
NAMES = ["t-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"]


def clothes(random, each=40):
    """The same number of every kind, enlarged, light on dark as often as dark on light."""
    with gzip.open(f"{FOLDER}/t10k-images-idx3-ubyte.gz") as file:
        images = numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, 28, 28)
    with gzip.open(f"{FOLDER}/t10k-labels-idx1-ubyte.gz") as file:
        labels = numpy.frombuffer(file.read(), numpy.uint8, offset=8)
    for kind, name in enumerate(NAMES):
        for i in random.permutation(numpy.flatnonzero(labels == kind))[:each]:
            side = int(random.integers(140, 320))
            picture = Image.fromarray(images[i]).resize((side, side), Image.BICUBIC)
            if random.random() < 0.2:
                yield name, surfaces.photograph(random, numpy.asarray(picture, numpy.float32) / 255)
            elif random.random() < 0.5:
                yield name, picture
            else:
                yield name, Image.fromarray(255 - numpy.asarray(picture))
