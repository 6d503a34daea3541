"""Tables as files: CSV, HTML, LaTeX, the workbook, Word."""
