"""Numbers judged by one another: parts, plans, neighbours, likes."""
