"""Makes the checkpoints that the tests read, and beside each a .json that says what is in it.

Run it in its own folder with PyTorch (1.13 made the committed files): python3 make_pth_fixtures.py
"""

import collections
import json
import pathlib
import zipfile

import torch

from describe_pth import describe, network, train_step

FOLDER = pathlib.Path(__file__).parent


def save(name, value, **options):
    path = FOLDER / f"{name}.pth"
    torch.save(value, path, **options)
    content = json.dumps(describe(torch.load(path)), indent=None)
    (FOLDER / f"{name}.json").write_text(content + "\n")


def trained(make_optimizer):
    torch.manual_seed(1)
    model = network()
    optimizer = make_optimizer(model.parameters())
    train_step(model, optimizer)
    train_step(model, optimizer)
    return model, optimizer


def checkpoint(make_optimizer):
    model, optimizer = trained(make_optimizer)
    return {
        "epoch": 3,
        "model_state_dict": model.state_dict(),
        "optimizer_state_dict": optimizer.state_dict(),
        "loss": 0.1,
    }


def pack_again(source, target, change=lambda name, data: data, names=lambda name: name):
    """The same entries, deflated, as a zip tool would pack them after unpacking."""
    with zipfile.ZipFile(FOLDER / source) as before, zipfile.ZipFile(FOLDER / target, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(names(name), (2020, 1, 1, 0, 0, 0))
            after.writestr(entry, change(name, before.read(name)), zipfile.ZIP_DEFLATED)


def adam(parameters):
    return torch.optim.Adam(parameters, lr=1e-3)


def momentum(parameters):
    return torch.optim.SGD(parameters, lr=0.01, momentum=0.9, weight_decay=1e-4)


torch.set_num_threads(1)
base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
plain = {
    "float32": torch.tensor([[1.5, -2.25], [float("inf"), 3e-39]]),
    "float64": torch.tensor([0.1, -1e300, float("nan")], dtype=torch.float64),
    "int64": torch.tensor([2**62, -1, 0]),
    "int32": torch.tensor([-(2**31), 7], dtype=torch.int32),
    "uint8": torch.arange(0, 256, 17, dtype=torch.uint8),
    "bool": torch.tensor([True, False, True]),
    "scalar": torch.tensor(4.0),
    "empty": torch.zeros(2, 0, 3),
    "integers": [0, 255, 256, 65535, 65536, -1, -(2**31), 2**31, 2**63 - 1, -(2**63)],
    "floats": (0.1, -0.0, float("inf"), float("nan")),
    "texts": ["", "digit", "ziffer é", "数字 🙂"],
    "tuples": ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)),
    "flags": [True, False, None],
    "nested": {"dict": {}, "ordered": collections.OrderedDict(a=[[]]), 5: {-7: "seven"}},
}

save("state", trained(adam)[0].state_dict())
save("checkpoint-adam", checkpoint(adam))
save("checkpoint-momentum", checkpoint(momentum))
save("plain", plain)
save("protocol-4", plain, pickle_protocol=4)
save("protocol-5", plain, pickle_protocol=5)
save("parameter", {"weight": torch.nn.Parameter(torch.tensor([1.0, 2.0]))})
save(
    "strided",
    {
        "base": base,
        "transposed": base.t(),
        "slice": base[1:3, 2:5],
        "every second": base[:, ::2],
        "expanded": torch.tensor([[1.0], [2.0]]).expand(2, 4),
        "permuted bytes": torch.arange(24, dtype=torch.uint8).reshape(2, 3, 4).permute(2, 0, 1),
        "permuted doubles": torch.arange(6, dtype=torch.float64).reshape(2, 3).t(),
        "shared": base,
    },
)

pack_again("state.pth", "state-deflated.pth")
(FOLDER / "state-deflated.json").write_bytes((FOLDER / "state.json").read_bytes())

# With 64-bit sizes in its headers, as files over 4 GiB have them.
with zipfile.ZipFile(FOLDER / "state.pth") as before, zipfile.ZipFile(FOLDER / "state-zip64.pth", "w") as after:
    for name in before.namelist():
        with after.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
            entry.write(before.read(name))
(FOLDER / "state-zip64.json").write_bytes((FOLDER / "state.json").read_bytes())

# As PyTorch 2 lays it out: more entries beside those that 1.13 knows.
with zipfile.ZipFile(FOLDER / "state.pth") as before, zipfile.ZipFile(FOLDER / "state-2.pth", "w") as after:
    extra = {".format_version": b"1", ".storage_alignment": b"64", "byteorder": b"little"}
    last = {".data/serialization_id": b"0" * 40}
    entries = {name.split("/", 1)[1]: before.read(name) for name in before.namelist()}
    for name, data in {"data.pkl": entries.pop("data.pkl"), **extra, **entries, **last}.items():
        after.writestr(zipfile.ZipInfo(f"state-2/{name}"), data)
(FOLDER / "state-2.json").write_bytes((FOLDER / "state.json").read_bytes())

# Refused, each by name.
torch.save(torch.ones(2), FOLDER / "refused-legacy.pth", _use_new_zipfile_serialization=False)
torch.jit.save(torch.jit.script(torch.nn.Identity()), str(FOLDER / "refused-torchscript.pth"))
torch.save(torch.ones(2).half(), FOLDER / "refused-half.pth")
torch.save(torch.nn.Linear(1, 1), FOLDER / "refused-module.pth")
pack_again("parameter.pth", "refused-big-endian.pth", names=lambda name: name.replace("version", "byteorder"),
           change=lambda name, data: b"big" if name.endswith("version") else data)
with zipfile.ZipFile(FOLDER / "refused-big-endian.pth", "a") as archive:
    archive.writestr(zipfile.ZipInfo("parameter/version"), b"3\n")
