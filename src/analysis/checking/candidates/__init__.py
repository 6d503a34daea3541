"""The quantities that a number may be, and how well each meets what is said of it."""
