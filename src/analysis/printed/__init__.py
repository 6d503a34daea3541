"""What is printed, in one language: every number rounded once and put into words."""
