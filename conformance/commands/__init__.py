"""The commands beside `run`, one module each; `cli` registers them."""
