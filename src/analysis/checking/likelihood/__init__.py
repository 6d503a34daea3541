"""How likely a quantity, a computation or an error is, by weights fitted to drafts with known answers."""
