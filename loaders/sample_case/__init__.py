"""The sample case: data, written for this project (see the README in its folder)."""
