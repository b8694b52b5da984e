"""Images a second of FID's Inception network in torch, on the cores there are: the forward pass alone, on inputs that are ready.

Run from here: python3 inception.py [BATCH] [SECONDS]. The network is tests/golden/networks.py's, with batch normalisation as a layer of its own as
pytorch-fid runs it, and again with it folded into the convolutions, which is the best torch can do without another compiler.
"""
import os
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "golden"))
import networks  # noqa: E402


class Folded(networks.Inception):
    def __init__(self, weights):
        super().__init__(weights)
        self.ready = {}

    def conv(self, x, name, out, kernel, stride=1, padding=0):
        if name not in self.ready:
            w = self.w
            factor = w(name + ".bn.weight", out) / torch.sqrt(w(name + ".bn.running_var", out) + 1e-3)
            weight = w(name + ".conv.weight", out, x.shape[1], *kernel) * factor.reshape(-1, 1, 1, 1)
            self.ready[name] = weight, w(name + ".bn.bias", out) - w(name + ".bn.running_mean", out) * factor
        weight, bias = self.ready[name]
        return F.relu(F.conv2d(x, weight, bias, stride=stride, padding=padding))


def measure(network, batch, seconds):
    images = networks.images(batch, 299)
    network(images)
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        network(images)
        done += batch
    return done / (time.perf_counter() - start)


torch.set_num_threads(os.cpu_count())
batch = int(sys.argv[1]) if len(sys.argv) > 1 else 16
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 15
print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, oneDNN {torch.backends.mkldnn.is_available()}, batch {batch}")
for name, network in (("as pytorch-fid", networks.Inception(networks.Weights())), ("folded", Folded(networks.Weights()))):
    print(f"{name:<16} {measure(network, batch, seconds):.1f} images/s", flush=True)
