"""Exhibits: the tables and charts of each notebook, as grids of quantities."""
