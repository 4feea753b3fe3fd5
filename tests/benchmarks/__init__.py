"""Speed, measured: `make bench`. Nothing here fails by time."""
