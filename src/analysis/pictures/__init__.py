"""Charts as pictures: drawn at a named size, saved as SVG, PNG, PDF and CSV."""
