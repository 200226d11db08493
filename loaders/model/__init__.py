"""The networks of the reader, the weights of the coder, and the scripts that fit them."""
