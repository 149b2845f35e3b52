"""Cases of torch.nn's modules: their state, what they make of one or two batches, and what that leaves in buffers."""

from collections import namedtuple

from torch import nn

from parity_values import BOTH, TIGHT, positive, signed

Module = namedtuple("Module", "name make state inputs train dtypes")
CASES = []


def add(name, make, *inputs, state=None, train=True, dtypes=TIGHT):
    layer = make()
    given = dict(state or {})
    for i, (key, value) in enumerate([*layer.named_parameters(), *layer.named_buffers()]):
        if key not in given and value.is_floating_point():
            shape = tuple(value.shape)
            given[key] = positive(*shape, phase=i) if key.endswith("running_var") else signed(*shape, phase=1 + 0.5 * i)
    CASES.append(Module(name, make, given, inputs, train, dtypes))


add("Linear", lambda: nn.Linear(3, 4), signed(2, 3), dtypes=BOTH)
add("Linear without bias", lambda: nn.Linear(3, 4, bias=False), signed(2, 2, 3))
add("Conv2d", lambda: nn.Conv2d(2, 3, 3), signed(2, 2, 5, 4), dtypes=BOTH)
add("Conv2d of one image", lambda: nn.Conv2d(2, 3, 3), signed(1, 2, 5, 4), dtypes=BOTH)
add("Conv2d with stride and padding", lambda: nn.Conv2d(1, 2, 3, stride=2, padding=1), signed(2, 1, 5, 6))
add("Conv2d with dilation", lambda: nn.Conv2d(2, 2, 2, dilation=3), signed(2, 2, 5, 4))
add("Conv2d in groups", lambda: nn.Conv2d(4, 2, 2, groups=2), signed(2, 4, 3, 3))
add("Conv2d without bias", lambda: nn.Conv2d(3, 2, 1, bias=False), signed(2, 3, 2, 3))

IMAGES = [signed(3, 2, 2, 3), signed(2, 2, 3, 2, phase=2)]
VECTORS = [signed(4, 3), signed(3, 3, phase=2)]
add("BatchNorm1d", lambda: nn.BatchNorm1d(3), *VECTORS, dtypes=BOTH)
add("BatchNorm1d in use", lambda: nn.BatchNorm1d(3), *VECTORS, train=False)
add("BatchNorm1d of sequences", lambda: nn.BatchNorm1d(3), signed(2, 3, 4))
add("BatchNorm1d with settings", lambda: nn.BatchNorm1d(3, eps=1e-2, momentum=0.4), *VECTORS)
add("BatchNorm1d without scale", lambda: nn.BatchNorm1d(3, affine=False), *VECTORS)
add("BatchNorm1d without memory", lambda: nn.BatchNorm1d(3, track_running_stats=False), *VECTORS)
add("BatchNorm1d without memory in use", lambda: nn.BatchNorm1d(3, track_running_stats=False), VECTORS[0], train=False)
add("BatchNorm2d", lambda: nn.BatchNorm2d(2), *IMAGES, dtypes=BOTH)
add("BatchNorm2d in use", lambda: nn.BatchNorm2d(2), *IMAGES, train=False, dtypes=BOTH)
add("BatchNorm2d with settings", lambda: nn.BatchNorm2d(2, eps=1e-2, momentum=0.4), *IMAGES)
add("BatchNorm2d without scale", lambda: nn.BatchNorm2d(2, affine=False), *IMAGES)
add("BatchNorm2d without memory", lambda: nn.BatchNorm2d(2, track_running_stats=False), *IMAGES)
add("BatchNorm2d without memory in use", lambda: nn.BatchNorm2d(2, track_running_stats=False), IMAGES[0], train=False)

add("ReLU", nn.ReLU, signed(2, 3))
add("Sigmoid", nn.Sigmoid, signed(2, 3))
add("Tanh", nn.Tanh, signed(2, 3))
add("Softmax", lambda: nn.Softmax(0), signed(2, 3))
add("LogSoftmax", lambda: nn.LogSoftmax(1), signed(2, 3))
add("Identity", nn.Identity, signed(2, 3))
add("Flatten", nn.Flatten, signed(2, 3, 2))
add("Flatten of inner dimensions", lambda: nn.Flatten(1, 2), signed(2, 3, 1, 2))
add("Dropout in use", lambda: nn.Dropout(0.5), signed(2, 3), train=False)
add("Dropout of nothing", lambda: nn.Dropout(0.0), signed(2, 3))
add("Dropout of everything", lambda: nn.Dropout(1.0), signed(2, 3))

add("MaxPool2d", lambda: nn.MaxPool2d(2), signed(2, 2, 5, 4))
add("MaxPool2d with settings", lambda: nn.MaxPool2d(2, 3, 1, 2), signed(1, 2, 5, 4))
add("MaxPool2d with a ceiling", lambda: nn.MaxPool2d(2, ceil_mode=True), signed(2, 1, 5, 3))
add("AvgPool2d", lambda: nn.AvgPool2d(2), signed(2, 2, 5, 4))
add("AvgPool2d with settings", lambda: nn.AvgPool2d(3, 2, 1, True, False), signed(1, 2, 4, 5))
add("AvgPool2d with a divisor", lambda: nn.AvgPool2d(2, 1, divisor_override=3), signed(1, 2, 3, 4))
add("AdaptiveAvgPool2d", lambda: nn.AdaptiveAvgPool2d(2), signed(2, 2, 5, 3))
add("AdaptiveMaxPool2d", lambda: nn.AdaptiveMaxPool2d((2, 3)), signed(2, 2, 5, 4))

# Batch statistics amplify rounding from layer to layer: a whole network in training is compared in float64 alone.
add("Sequential", lambda: nn.Sequential(
    nn.Conv2d(1, 3, 3, padding=1, bias=False), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
    nn.Linear(12, 5), nn.Sequential(nn.Tanh(), nn.Linear(5, 3))), signed(3, 1, 4, 5), signed(2, 1, 4, 5, phase=2))
add("Sequential in use", lambda: nn.Sequential(
    nn.Conv2d(2, 3, 2), nn.BatchNorm2d(3), nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(),
    nn.Linear(3, 2)), signed(2, 2, 4, 3), signed(1, 2, 4, 3, phase=2), train=False, dtypes=BOTH)
add("Sequential of nothing but shapes", lambda: nn.Sequential(nn.Identity(), nn.Flatten(), nn.Identity()),
    signed(2, 3, 2))
