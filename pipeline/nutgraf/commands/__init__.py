"""The commands, one file each: they open what a person named, call a stage, and write what it gives."""
