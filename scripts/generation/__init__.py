"""Makes a client package from a spec: load, transform, view, build, format, swap in."""
