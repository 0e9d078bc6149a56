"""Pictures drawn for reading; they need matplotlib."""

from nutgraf.errors import NutgrafError

try:
    import matplotlib  # noqa: F401  (that it is there is all that is asked)
except ImportError:
    raise NutgrafError("pictures need matplotlib: pip install 'nutgraf[mlflow]'") from None

COLOURS = ("#a3420b", "#0b5c8c", "#0a6b4c", "#6b3f87", "#7a5c00")  # told apart by the colour-blind
