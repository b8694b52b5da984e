"""Images a second of FID's Inception network in torch, on the cores there are: the forward pass alone, on inputs that are ready.

Run from here: python3 inception.py [BATCH] [SECONDS] [cuda]. The network is tests/golden/networks.py's, with batch normalisation as a layer of its own as
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


class OnDevice(networks.Weights):
    """Weights that are moved once."""

    def __init__(self, device):
        super().__init__()
        self.device, self.moved = device, {}

    def __call__(self, name, *shape):
        if name not in self.moved:
            self.moved[name] = super().__call__(name, *shape).to(self.device)
        return self.moved[name]


def measure(network, batch, seconds, device):
    images = networks.images(batch, 299).to(device)
    network(images)["features"].cpu()
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        network(images)["features"].cpu()
        done += batch
    return done / (time.perf_counter() - start)


torch.set_num_threads(os.cpu_count())
batch = int(sys.argv[1]) if len(sys.argv) > 1 else 16
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 15
device = sys.argv[3] if len(sys.argv) > 3 else "cpu"
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, oneDNN {torch.backends.mkldnn.is_available()}, {device}, batch {batch}")
for name, network in (("as pytorch-fid", networks.Inception(OnDevice(device))), ("folded", Folded(OnDevice(device)))):
    print(f"{name:<16} {measure(network, batch, seconds, device):.1f} images/s", flush=True)
