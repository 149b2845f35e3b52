"""Loads a checkpoint of ours as any PyTorch program would, prints its logits, and takes a step of training with it."""
import sys

import torch

from cnn import Net, logits

checkpoint = torch.load(sys.argv[1])
assert checkpoint["epoch"] == 1, checkpoint["epoch"]
model = Net()
model.load_state_dict(checkpoint["model_state_dict"])
print(logits(model))

optimizer = torch.optim.Adam(model.parameters())
optimizer.load_state_dict(checkpoint["optimizer_state_dict"])
assert optimizer.state[model.fc1.weight]["step"].item() == 10, optimizer.state[model.fc1.weight]["step"]
torch.nn.functional.nll_loss(model(torch.zeros(2, 1, 28, 28)), torch.tensor([3, 4])).backward()
optimizer.step()
