"""What YouTube says when it refuses, in words that a person can act on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from publish.quota import next_day
from publish.step import Halt, StepFault
from publish.youtube.account import AGAIN
from render.core.fault import EnvironmentFault, Fault


class Transient(Exception):
    """Something that passes: tried again after a while."""

    def __init__(self, words: str, *, after: float | None = None, is_network: bool = False) -> None:
        super().__init__(words)
        self.after = after
        """Seconds to wait, where the server says how many."""
        self.is_network = is_network
        """Whether no answer came at all."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error as the API tells it."""

    status: int
    reason: str
    """Its word for what is wrong: ``quotaExceeded``."""
    message: str

    @classmethod
    def read(cls, status: int, content: bytes) -> Refusal:
        """From an answer's status and body, whatever the body is."""
        try:
            error = json.loads(content)["error"]
            reasons = [str(one.get("reason", "")) for one in error.get("errors", [])]
            reason = reasons[0] if reasons else str(error.get("status", ""))
            return cls(status, reason, _plain(str(error.get("message", ""))))
        except (ValueError, KeyError, TypeError, AttributeError):
            return cls(status, "", _plain(content[:2000].decode("utf-8", "replace"))[:200])


def _plain(text: str) -> str:
    """One line without tags: Google puts links into its messages, and who stands before it answers with pages."""
    return " ".join(re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL).split())


_BRIEF: Final = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "SERVICE_UNAVAILABLE", "processingFailure"}
)
_USED_UP: Final = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_CONSENT: Final = {
    "authError": "Google does not know the consent any more.",
    "insufficientPermissions": "The consent does not cover what is to be done.",
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": "The consent does not cover what is to be done.",
}
_ADVICE: Final = {
    "accessNotConfigured": "The YouTube Data API v3 is not enabled in the API project: enable it in Google's console.",
    "youtubeSignupRequired": "The Google account has no YouTube channel: make one at youtube.com, then run again.",
    "channelClosed": "The channel is closed.",
    "channelSuspended": "The channel is suspended: see youtube.com/account.",
}
_STEP_ADVICE: Final = {
    "videoNotFound": "the video is not on the channel any more",
    "captionNotFound": "its captions are not on the channel any more",
    "playlistNotFound": "the playlist is not on the channel any more: run again, and it is made anew",
    "invalidTitle": "YouTube refuses its title",
    "invalidDescription": "YouTube refuses its description",
    "invalidTags": "YouTube refuses its tags",
    "invalidPublishAt": "YouTube refuses the date of its release: it is past, or the video was public before",
    "mediaBodyRequired": "YouTube got no file",
}


def fault_of(refusal: Refusal, method: str, now: datetime, after: float | None = None) -> Fault | Transient:
    """What is to be raised for a refusal of the call ``method``; ``after`` are the seconds that it asks to wait."""
    reason, message, status = refusal.reason, refusal.message, refusal.status
    if reason in _USED_UP or (status == 429 and "per day" in message):
        return Halt(f"Google says that today's quota is used ({message}).", next_day(now))
    if reason == "uploadLimitExceeded":
        return Halt(
            "The channel has uploaded as many videos as YouTube allows it in a day. A verified phone number "
            "(youtube.com/verify) allows more.",
            now + timedelta(days=1),
        )
    if status >= 500 or status == 408 or status == 429 or reason in _BRIEF:
        return Transient(f"YouTube answers {status} {reason or message}".strip(), after=after)
    if reason in _CONSENT or status == 401:
        return EnvironmentFault(f"{_CONSENT.get(reason, _CONSENT['authError'])} {AGAIN}")
    if reason in _ADVICE:
        return EnvironmentFault(_ADVICE[reason])
    if method == "thumbnails.set" and status == 403:
        return StepFault(
            "the channel may not set thumbnails yet: verify a phone number at youtube.com/verify, then run again"
        )
    return StepFault(
        f"{_STEP_ADVICE.get(reason, f'YouTube refuses {method}')} ({status} {reason}: {message})"
    )
