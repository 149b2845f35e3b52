"""Cases of tensors made from nothing or from arrays. The names are those of the cases in C#."""

import torch

from parity_values import BOTH, F64, Table, signed

CASES = Table()
add = CASES.add

add("zeros", lambda: [torch.zeros([2, 3]), torch.zeros(3), torch.zeros(2, 1), torch.zeros(2, 1, 3, 2),
                      torch.zeros(2, dtype=torch.int64), torch.zeros(2, 2, dtype=torch.bool)])
add("ones", lambda: [torch.ones([2, 3]), torch.ones(3), torch.ones(2, 1), torch.ones(2, dtype=torch.uint8)])
add("empty", lambda: [torch.zeros([2, 3]), torch.zeros(3, dtype=F64), torch.zeros(2, 1, dtype=torch.int32)])
add("full", lambda: [torch.full([2, 3], 0.1), torch.full([2], 7), torch.full([], 2.5, dtype=F64)])
add("eye", lambda: [torch.eye(3), torch.eye(2, 4), torch.eye(3, 2, dtype=torch.int64)])
add("arange", lambda: [torch.arange(5), torch.arange(2, 9), torch.arange(10, 0, -3), torch.arange(1.0, 2.0, 0.25),
                       torch.arange(4, dtype=torch.float32), torch.arange(0.5, 3.0, dtype=F64)])
add("alike", lambda x: [torch.zeros_like(x), torch.ones_like(x), torch.zeros_like(x, dtype=torch.int64),
                        torch.ones_like(x, dtype=F64), torch.zeros_like(x)], BOTH, x=signed(2, 3))
REALS, WHOLES, TRUTHS = [0.1, -2.5, 3.0, 1e-7], [1, -2, 3, 1 << 40], [True, False, False, True]
add("tensor of float", lambda: [torch.tensor(REALS), torch.tensor(REALS).reshape(2, 2),
                                torch.tensor(REALS).reshape(4, 1), torch.tensor(0.1),
                                torch.tensor([0.5, -2.5], dtype=F64)])
add("tensor of double", lambda: [torch.tensor(REALS, dtype=F64), torch.tensor(REALS, dtype=F64).reshape(2, 2),
                                 torch.tensor(0.1, dtype=F64), torch.tensor(REALS)])
add("tensor of long", lambda: [torch.tensor(WHOLES), torch.tensor(WHOLES).reshape(2, 2), torch.tensor(1 << 40),
                               torch.tensor([1, -2, 3], dtype=torch.float32)])
add("tensor of int", lambda: [torch.tensor([1, -2, 3, 4], dtype=torch.int32),
                              torch.tensor([[1, -2], [3, 4]], dtype=torch.int32), torch.tensor(-7, dtype=torch.int32),
                              torch.tensor([1, -2, 3])])
add("tensor of byte", lambda: [torch.tensor([0, 127, 255, 3], dtype=torch.uint8),
                               torch.tensor([[0, 127], [255, 3]], dtype=torch.uint8),
                               torch.tensor([[0], [127], [255], [3]], dtype=torch.uint8),
                               torch.tensor([0, 127, 255, 3], dtype=torch.float32)])
add("tensor of bool", lambda: [torch.tensor(TRUTHS), torch.tensor(TRUTHS).reshape(2, 2), torch.tensor(True),
                               torch.tensor(TRUTHS, dtype=torch.float32)])
