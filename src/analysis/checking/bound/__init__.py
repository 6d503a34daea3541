"""Numbers of a draft bound to the record, and printed anew."""
