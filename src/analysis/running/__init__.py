"""Running a report: what is asked for, one run at a time, notebooks in processes of their own, a record."""
