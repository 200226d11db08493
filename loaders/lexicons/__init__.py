"""Words as data: CSV files, explained in the README beside them."""
