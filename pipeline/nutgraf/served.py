"""The model as MLflow serves it ("models from code"): a table with a column `text` in, labels out.

This file is run by `mlflow.pyfunc.load_model`, with the package's code beside it, where nutgraf is not installed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mlflow
import pandas as pd
from mlflow.pyfunc.model import PythonModel

from nutgraf import bundle


class ServedModel(PythonModel):
    """A model folder as a pyfunc model."""

    def load_context(self, context: Any) -> None:
        """Load the model folder that was logged with the model."""
        self.bundle = bundle.load(Path(context.artifacts["bundle"]))

    def predict(self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None) -> pd.DataFrame:
        """For each row's `text`: a boolean column for each label, and its probability as p_LABEL."""
        texts = model_input["text"].fillna("").astype(str).tolist()
        probabilities = self.bundle.probabilities(texts)
        given = pd.DataFrame(self.bundle.decide(probabilities), columns=list(self.bundle.labels))
        values = pd.DataFrame(probabilities, columns=[f"p_{name}" for name in self.bundle.labels])
        return pd.concat([given, values], axis=1).set_index(model_input.index)


mlflow.models.set_model(ServedModel())
