"""What was made before, kept by everything that it was made from: code, data, labels, versions, fonts."""
