"""Claims become a graph that is kept and asked."""
