"""What an error shows when it leaves a call: no credential, whoever wrote it into a text, no frame that held one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listing_runtime.call.failures import chain
from listing_runtime.errors import APIError, ConfigurationError, DecodeError

if TYPE_CHECKING:
    from listing_runtime.credential import Credential
    from listing_runtime.recording.hiding import Hiding
    from listing_runtime.wire import Resume


def disclosed(error: Exception, credential: Credential | None, resume: Resume | None) -> Exception:
    """Make an error of ours fit to be shown; any other one is a defect, and stays as it is."""
    if not isinstance(error, (APIError, ConfigurationError)):
        return error
    for each in chain(error):
        # Those who collect errors send the variables of every frame, and those below hold the request's headers.
        each.__traceback__ = None
    if credential is not None:
        from listing_runtime.recording.hiding import Hiding  # noqa: PLC0415 - loaded when something went wrong

        _hide(error, Hiding(credential.hidden))
    if isinstance(error, APIError):
        error.resume = resume
    return error


def _hide(error: BaseException, hiding: Hiding) -> None:
    for each in chain(error):
        each.args = tuple(hiding.text(text) if isinstance(text, str) else text for text in each.args)
    if isinstance(error, DecodeError):
        error.expected, error.actual = hiding.text(error.expected), hiding.text(error.actual)
