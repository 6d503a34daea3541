"""Published results of any organisation, in and out: workbooks, IATI XML, and the record."""
