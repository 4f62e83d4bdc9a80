"""What things mean: frozen dataclasses and value types, standard library only, no I/O and no clock.

Every other room speaks in these values. Nothing here reads a file, asks the time or prints; nothing here imports
another room of this package except `errors`.
"""
