"""Pages for a browser: the site, its exhibits, the notebooks."""
