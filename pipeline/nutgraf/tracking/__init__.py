"""Runs and models in MLflow: nothing outside this folder writes there."""

import re

COMPLETE = "nutgraf.complete"  # tag of a run that was logged to its end; its value is the registered version, or `yes`
FORMAT = "nutgraf.format"  # tag that tells which form its model folder has
CONTENT = "nutgraf.content"  # tag by which a model with its scores is known again
MODEL = "nutgraf.model"  # tag: the digest of the model folder
PREDICTIONS = "predictions.jsonl"  # artifact: the labels, and below them each paragraph not learned from, as judged
RUN = re.compile(r"(?:runs:/)?([0-9a-f]{32})")  # a run as people name it
