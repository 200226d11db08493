"""One page a file: each lays out what data.py answers."""
