"""What is raised when a client cannot be generated."""


class GenerationError(Exception):
    """A spec, or the machine, does not allow to generate; `hint` says what to do."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.args[0]}\nhint: {self.hint}"
