"""What is to be shown, and HTML from it: templates, style, script."""
