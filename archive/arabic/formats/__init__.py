"""Django's formats for Arabic, mended: its own leave the date and time in English order."""
