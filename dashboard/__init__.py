"""Anything people look at."""
