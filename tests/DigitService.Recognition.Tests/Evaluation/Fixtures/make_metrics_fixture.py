"""Writes metrics.json: probabilities, labels and what scikit-learn measures of them.

Run with the distribution's Python (python3-sklearn): python3 make_metrics_fixture.py. The digit 9 is never drawn and the
digit 7 never answered, so that every division by zero has its case. The calibration error is not scikit-learn's; it is
computed below as Guo et al. (2017) define it.
"""
import json
import pathlib

import numpy as np
from sklearn import metrics

DIGITS = list(range(10))
BINS = 15

generator = np.random.default_rng(20)
labels = generator.integers(0, 9, 120)
logits = generator.normal(0, 1.2, (120, 10))
logits[np.arange(120), labels] += 3
logits[:, 7] = -3
probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
probabilities = probabilities.astype(np.float32)

answers = probabilities.argmax(1)
confidence = probabilities.max(1).astype(np.float64)
correct = answers == labels
precision, recall, f1, support = metrics.precision_recall_fscore_support(
    labels, answers, labels=DIGITS, zero_division=0)

edges = np.linspace(0, 1, BINS + 1)
reliability = []
error = 0.0
for low, high in zip(edges[:-1], edges[1:]):
    inside = (confidence > low) & (confidence <= high)
    count = int(inside.sum())
    mean = float(confidence[inside].mean()) if count else 0.0
    accuracy = float(correct[inside].mean()) if count else 0.0
    reliability.append({"from": low, "to": high, "count": count, "confidence": mean, "accuracy": accuracy})
    error += count / len(labels) * abs(accuracy - mean)

mistakes = sorted(np.flatnonzero(~correct), key=lambda i: -confidence[i])
fixture = {
    "labels": labels.tolist(),
    "probabilities": [float(value) for value in probabilities.ravel()],
    "accuracy": metrics.accuracy_score(labels, answers),
    "loss": metrics.log_loss(labels, probabilities.astype(np.float64), labels=DIGITS),
    "confusionMatrix": metrics.confusion_matrix(labels, answers, labels=DIGITS).tolist(),
    "precision": precision.tolist(),
    "recall": recall.tolist(),
    "f1": f1.tolist(),
    "support": support.tolist(),
    "macroPrecision": float(precision.mean()),
    "macroRecall": float(recall.mean()),
    "macroF1": metrics.f1_score(labels, answers, labels=DIGITS, average="macro", zero_division=0),
    "expectedCalibrationError": error,
    "reliability": reliability,
    "mistakes": [int(i) for i in mistakes],
}
path = pathlib.Path(__file__).with_name("metrics.json")
path.write_text(json.dumps(fixture) + "\n")
