"""Writes a checkpoint as PyTorch programs do, after two steps of training, and prints the logits."""
import sys

import torch

from cnn import Net, logits

torch.manual_seed(4)
model = Net()
optimizer = torch.optim.Adam(model.parameters())
for _ in range(2):
    optimizer.zero_grad()
    torch.nn.functional.nll_loss(model(torch.randn(8, 1, 28, 28)), torch.arange(8)).backward()
    optimizer.step()
torch.save({"epoch": 3, "model_state_dict": model.state_dict(), "optimizer_state_dict": optimizer.state_dict()},
           sys.argv[1])
print(logits(model))
