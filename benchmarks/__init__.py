"""The library beside the tools a user would pick instead, in one run, results equal before times count."""
