// From 28×28 pixels to the digits' probabilities with ONNX Runtime: as forward_pytorch.py, which tells what it is asked.
//
// Usage: forward_onnxruntime.js MNIST_FOLDER MODEL.onnx THREADS (0: as ONNX Runtime sets them)
const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const zlib = require("node:zlib");
const ort = require("onnxruntime-node");

const PIXELS = 28 * 28;

function read(folder) {
  const file = zlib.gunzipSync(fs.readFileSync(path.join(folder, "t10k-images-idx3-ubyte.gz")));
  return file.subarray(16, 16 + 64 * PIXELS);
}

function softmax(logits) {
  const largest = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

async function predict(session, pixels) {
  const size = pixels.length / PIXELS;
  const input = Float32Array.from(pixels, (pixel) => (pixel / 255 - 0.1307) / 0.3081);
  const feeds = { [session.inputNames[0]]: new ort.Tensor("float32", input, [size, 1, 28, 28]) };
  const { data, dims } = (await session.run(feeds))[session.outputNames[0]];
  return Array.from({ length: size }, (_, i) => softmax(data.subarray(i * dims[1], i * dims[1] + 10)));
}

async function medianOfCalls(session, pixels, seconds) {
  const times = [];
  const end = performance.now() + seconds * 1e3;
  let start = 0;
  while (start < end) {
    start = performance.now();
    await predict(session, pixels);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)];
}

async function main() {
  const [folder, model, threads] = process.argv.slice(2);
  const session = await ort.InferenceSession.create(model, threads > 0 ? { intraOpNumThreads: Number(threads) } : {});
  const pictures = read(folder);
  console.log(JSON.stringify({ version: `${ort.env.versions.node} on Node.js ${process.version}` }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [size, seconds] = line.split(" ");
    const answer = size === "probabilities"
      ? await predict(session, pictures)
      : await medianOfCalls(session, pictures.subarray(0, size * PIXELS), Number(seconds));
    console.log(JSON.stringify(answer));
  }
}

main();
