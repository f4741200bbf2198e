"""The part of every client that is written once by hand; generation copies these modules into each package."""
