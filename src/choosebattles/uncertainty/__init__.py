"""What changes when the numbers do: sweeps, draws, robustness."""
