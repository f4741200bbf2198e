"""The checks of a contract on a server that answers."""
