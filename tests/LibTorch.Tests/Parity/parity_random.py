"""What follows from a seed. The names are those of the cases in C#, each of which starts from the same seed."""

import torch
import torch.nn.functional as F
from torch import nn

from parity_values import written


def seeded_generator(seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    return generator


def resumed():
    """The numbers that follow a state are the same whenever it is restored."""
    torch.rand(5)
    state = torch.random.get_rng_state()
    torch.rand(7)
    torch.random.set_rng_state(state)
    return torch.rand(5)


def parameters(*layers):
    return [parameter for layer in layers for parameter in layer.parameters()]


def fresh(shape):
    return torch.empty(shape)


# Sixteen normal numbers and more are drawn in another way than fewer, and whole numbers beyond 32 bits than others.
CASES = {
    "rand": lambda: [torch.rand([2, 3]), torch.rand([2, 3], dtype=torch.float64)],
    "randn": lambda: [torch.randn([2, 3]), torch.randn(20), torch.randn(3, 7), torch.randn(2, 1, 3, 4),
                      torch.randn([5], dtype=torch.float64)],
    "randint": lambda: [torch.randint(9, [12]), torch.randint(-5, 6, [3, 4]),
                        torch.randint(9, [5], dtype=torch.float32), torch.randint(1 << 40, [3])],
    "randperm": lambda: [torch.randperm(17), torch.randperm(5, dtype=torch.int32)],
    "uniform_": lambda: [torch.zeros(7).uniform_(-1.5, 2.5), torch.zeros(3, dtype=torch.float64).uniform_(0, 1)],
    "normal_": lambda: [torch.zeros(7).normal_(), torch.zeros(33).normal_(1.5, 0.25)],
    "bernoulli_": lambda: [torch.zeros(40).bernoulli_(), torch.zeros(2, 20).bernoulli_(0.2)],
    "dropout": lambda: [F.dropout(torch.ones(4, 9), 0.3), nn.Dropout(0.5)(torch.ones(4, 9)),
                        F.dropout(torch.ones(20), 0.9, inplace=True)],
    "a generator of one's own": lambda: [
        torch.rand([3], generator=seeded_generator(5)), torch.randn([3], generator=seeded_generator(6)),
        torch.randint(9, [5], generator=seeded_generator(7)), torch.randperm(6, generator=seeded_generator(8)),
        torch.zeros(4).uniform_(0, 1, generator=seeded_generator(9)),
        torch.zeros(4).normal_(0, 1, generator=seeded_generator(10)), torch.rand([2])],
    "a restored state": lambda: [resumed()],
    "weights of Linear": lambda: parameters(nn.Linear(7, 5), nn.Linear(3, 2, bias=False)),
    "weights of Conv2d": lambda: parameters(
        nn.Conv2d(2, 3, 3), nn.Conv2d(4, 2, 2, groups=2), nn.Conv2d(1, 2, 5, bias=False)),
    "weights of a network": lambda: parameters(nn.Sequential(
        nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Flatten(), nn.Linear(8, 3), nn.BatchNorm1d(3),
        nn.Linear(3, 2))),
    "kaiming_uniform_": lambda: [
        nn.init.kaiming_uniform_(fresh([4, 3])), nn.init.kaiming_uniform_(fresh([2, 3, 2, 2]), 0.5, "fan_out"),
        nn.init.kaiming_uniform_(fresh([4, 3]), nonlinearity="relu"),
        nn.init.kaiming_uniform_(fresh([4, 3]), nonlinearity="tanh")],
    "kaiming_normal_": lambda: [
        nn.init.kaiming_normal_(fresh([4, 3])),
        nn.init.kaiming_normal_(fresh([2, 3, 2, 2]), mode="fan_out", nonlinearity="relu")],
    "init": lambda: [
        nn.init.uniform_(fresh([5]), -2, 3), nn.init.normal_(fresh([5]), 1, 0.5), nn.init.constant_(fresh([2]), 0.3),
        nn.init.ones_(fresh([2, 2])), nn.init.zeros_(fresh([3]))],
}


def drawn():
    result = {}
    for name, draw in CASES.items():
        torch.manual_seed(0)
        result[name] = [written(tensor) for tensor in draw()]
    return result
