"""A fast look at many pages: what is plainly in order, and what a check must decide."""
