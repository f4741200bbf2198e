"""From page to page."""
