"""What a text computes: shares, differences, sums, counts, ranks."""
