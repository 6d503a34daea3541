"""What is read from files: the register of documents, survey files, statistical services."""
