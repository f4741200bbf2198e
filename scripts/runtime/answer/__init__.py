"""From a response to the page that it holds, or to the error that it is."""
