"""From a YAML file to a contract: what is documented of one operation."""
