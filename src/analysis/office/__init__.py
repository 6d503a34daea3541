"""Word, PowerPoint and PDF: native charts, slides, the report, the files of the audit."""
