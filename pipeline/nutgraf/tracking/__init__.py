"""Runs and models in MLflow: nothing outside this folder writes there."""

COMPLETE = "nutgraf.complete"  # tag of a run that was logged to its end; its value is the registered version
FORMAT = "nutgraf.format"  # tag that tells which form its model folder has
CONTENT = "nutgraf.content"  # tag by which a model with its scores is known again
PREDICTIONS = "predictions.jsonl"  # artifact: the labels, and below them each paragraph not learned from, as judged
