"""The front door: a report opened, its exhibits and numbers, and indicators estimated from a survey."""
