"""Fine-tuning of a transformer for several labels: its windows, its network, its training."""
