"""POST /predict as FastAPI, Pillow and PyTorch do it: the bytes of a picture in, the digit and its probabilities out.

Usage: PREDICT_NETWORK=cnn PREDICT_WEIGHTS=model.pth PREDICT_THREADS=1 uvicorn predict_fastapi:app --workers 2
(PREDICT_THREADS: threads inside an operator; 0 leaves them as PyTorch sets them. UV_TCP_SINGLE_ACCEPT=1 has uvloop share
connections among the workers.)
"""
import io
import os

import numpy as np
import torch
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from PIL import Image

import networks

THREADS = int(os.environ["PREDICT_THREADS"])
if THREADS > 0:
    torch.set_num_threads(THREADS)

model = networks.load(os.environ["PREDICT_NETWORK"], os.environ["PREDICT_WEIGHTS"])
app = FastAPI()


def preprocess(encoded):
    """1×1×28×28, normalised as the network was trained. Each pixel is the mean of those that it takes the place of."""
    image = Image.open(io.BytesIO(encoded)).convert("L")
    if image.size != (28, 28):
        image = image.resize((28, 28), Image.BOX)
    pixels = torch.from_numpy(np.array(image, dtype=np.float32))
    return pixels.div_(255).sub_(0.1307).div_(0.3081).view(1, 1, 28, 28)


# Done in the event loop, as little work as this is faster than in FastAPI's thread pool; and a response that is made
# here is not looked through for what JSON does not know.
@app.post("/predict")
async def predict(request: Request):
    picture = preprocess(await request.body())
    with torch.inference_mode():
        probabilities = torch.softmax(model(picture)[:, :10], dim=1)[0].tolist()
    digit = max(range(10), key=probabilities.__getitem__)
    return JSONResponse({"digit": digit, "confidence": probabilities[digit], "probabilities": probabilities})
