"""What may be shown: no secret, and no value that may be a customer's."""
