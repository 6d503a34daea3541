"""What the record says of one number, and what takes an alarm back."""
