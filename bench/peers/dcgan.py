#!/usr/bin/env python3
"""Training of the DCGAN of `qualitygate train gan` in torch: the same layers, losses and optimiser, images per second.

usage: dcgan.py IMAGES.npy WIDTH BATCH STEPS [LATENT [THREADS]]     (IMAGES.npy: float32 [N, C, S, S] in -1..1)
"""
import json
import resource
import sys
import time
import numpy as np
import torch
from torch import nn
from torch.nn.functional import softplus

images = torch.from_numpy(np.load(sys.argv[1]))
width, batch, steps = (int(a) for a in sys.argv[2:5])
latent = int(sys.argv[5]) if len(sys.argv) > 5 else 64
threads = int(sys.argv[6]) if len(sys.argv) > 6 else 2
torch.set_num_threads(threads)
torch.manual_seed(0)
channels, size = images.shape[1], images.shape[2]
halvings = {28: 2, 32: 3, 64: 4}[size]
at = lambda h: channels if h == 0 else width << (h - 1)
side = size >> halvings


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(latent, at(halvings) * side * side, bias=False)
        layers = [nn.BatchNorm2d(at(halvings)), nn.ReLU()]
        for h in range(halvings, 0, -1):
            layers.append(nn.ConvTranspose2d(at(h), at(h - 1), 4, 2, 1, bias=h == 1))
            layers += [nn.BatchNorm2d(at(h - 1)), nn.ReLU()] if h > 1 else [nn.Tanh()]
        self.rest = nn.Sequential(*layers)

    def forward(self, z):
        return self.rest(self.dense(z).view(-1, at(halvings), side, side))


layers = []
for h in range(1, halvings + 1):
    layers.append(nn.Conv2d(at(h - 1), at(h), 4, 2, 1, bias=h == 1))
    if h > 1:
        layers.append(nn.BatchNorm2d(at(h)))
    layers.append(nn.LeakyReLU(0.2))
D = nn.Sequential(*layers, nn.Flatten(), nn.Linear(at(halvings) * side * side, 1))
G = Generator()
for module in [*G.modules(), *D.modules()]:
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)):
        nn.init.normal_(module.weight, 0, 0.02)
    elif isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1, 0.02)
optimise_d = torch.optim.Adam(D.parameters(), 2e-4, betas=(0.5, 0.999))
optimise_g = torch.optim.Adam(G.parameters(), 2e-4, betas=(0.5, 0.999))


def step(i):
    start = i * batch % (len(images) - batch + 1)
    real = images[start:start + batch]
    fake = G(torch.randn(batch, latent))
    optimise_d.zero_grad(set_to_none=True)
    loss_d = softplus(-D(real)).mean() + softplus(D(fake.detach())).mean()
    loss_d.backward()
    optimise_d.step()
    optimise_g.zero_grad(set_to_none=True)
    D.requires_grad_(False)
    loss_g = softplus(-D(fake)).mean()
    loss_g.backward()
    D.requires_grad_(True)
    optimise_g.step()
    return loss_d.item(), loss_g.item()


for i in range(3):
    step(i)
started, used = time.perf_counter(), time.process_time()
for i in range(steps):
    losses = step(i)
seconds, used = time.perf_counter() - started, time.process_time() - used
print(json.dumps({
    "images_per_second": steps * batch / seconds,
    "images_per_cpu_second": steps * batch / used,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "losses": losses,
}))
