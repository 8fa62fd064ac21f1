"""Read, check and describe the tables of `data/`."""
