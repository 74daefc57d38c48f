"""The trade-off between two objectives: which pairs of indices can be had, and with which plans."""
