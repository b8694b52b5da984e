"""Images a second of AnoGAN's latent search in torch: the fashion DCGAN's layers with random weights, Adam on z, features of x computed once.

Run from here: python3 latent.py [BATCH] [STEPS] [BATCHES]. Weights take no gradient, so torch computes that of z alone; batch normalisation is in inference mode.
"""
import os
import sys
import time

import torch
import torch.nn as nn

torch.set_num_threads(os.cpu_count())
torch.manual_seed(0)
batch, steps, batches = (int(sys.argv[i]) if len(sys.argv) > i else d for i, d in ((1, 64), (2, 500), (3, 1)))
g = nn.Sequential(nn.Linear(100, 6272), nn.ReLU(), nn.Unflatten(1, (128, 7, 7)),
                  nn.ConvTranspose2d(128, 64, 5, 2, 2, 1), nn.BatchNorm2d(64), nn.ReLU(), nn.ConvTranspose2d(64, 1, 5, 2, 2, 1), nn.Tanh()).eval()
f = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.LeakyReLU(0.2), nn.Linear(256, 128), nn.LeakyReLU(0.2), nn.Linear(128, 64), nn.LeakyReLU(0.2)).eval()
for parameter in [*g.parameters(), *f.parameters()]:
    parameter.requires_grad_(False)
start = time.perf_counter()
for _ in range(batches):
    x = torch.rand(batch, 1, 28, 28) * 2 - 1
    fx = f(x)
    z = torch.randn(batch, 100, requires_grad=True)
    adam = torch.optim.Adam([z], lr=0.01)
    for _ in range(steps):
        adam.zero_grad()
        made = g(z)
        loss = 0.9 * (x - made).abs().sum() + 0.1 * (fx - f(made)).abs().sum()
        loss.backward()
        adam.step()
seconds = time.perf_counter() - start
print(f"torch {torch.__version__}, {torch.get_num_threads()} threads: {batch * batches} images, {steps} steps: {seconds:.1f} s, {batch * batches / seconds:.2f} images/s")
