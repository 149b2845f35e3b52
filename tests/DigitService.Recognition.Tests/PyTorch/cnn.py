"""The network `cnn` as a PyTorch module, and the input on which both sides compute."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 10, 5)
        self.conv2 = nn.Conv2d(10, 20, 3)
        self.fc1 = nn.Linear(2000, 500)
        self.fc2 = nn.Linear(500, 10)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(self.conv2(x))
        x = F.relu(self.fc1(x.flatten(1)))
        return F.log_softmax(self.fc2(x), dim=1)


def logits(model):
    data = (torch.arange(3 * 784, dtype=torch.float32) * 0.01).sin().reshape(3, 1, 28, 28)
    with torch.no_grad():
        return " ".join(repr(value) for value in model(data).flatten().tolist())
