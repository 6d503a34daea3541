"""Publishing: exhibits in a language, as pictures, tables and files."""
