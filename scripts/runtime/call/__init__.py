"""One call: from arguments to the response, over as many attempts as it takes."""
