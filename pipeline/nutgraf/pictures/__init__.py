"""Pictures drawn for reading; they need matplotlib."""

COLOURS = ("#a3420b", "#0b5c8c", "#0a6b4c", "#6b3f87", "#7a5c00")  # told apart by the colour-blind
