"""What a text says beside its numbers: words, codes, periods, directions."""
