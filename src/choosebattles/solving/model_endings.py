"""The endings of model files; whoever only asks for them need not load a solver."""

MPS, LP = ".mps", ".lp"
MODEL_ENDINGS = (MPS, LP)
