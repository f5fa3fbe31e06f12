"""The look all doors share: templates, styles, access, error pages."""
