"""Pages and walks as the contract reads them."""
