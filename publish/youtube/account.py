"""Who publishes: the consent that a person gave, and where what is secret lies on their machine.

The token is in the user's configuration folder, the addresses of uploads that are under way in the state folder, each
readable by the user alone.  Both let their bearer act, so that neither belongs into the ledger, which is committed.
"""

from __future__ import annotations

import io
import json
import secrets
import stat
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import parse_qs, urlsplit

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from publish.ledger import write_durably
from publish.publication import digest
from render.core.fault import EnvironmentFault, UsageFault

if TYPE_CHECKING:
    from google.oauth2.credentials import Credentials
    from google_auth_oauthlib.flow import InstalledAppFlow

SCOPE: Final = "https://www.googleapis.com/auth/youtube.force-ssl"
"""The one that all calls share, captions included."""
TESTING_DAYS: Final = 7
"""So long a consent lasts while the consent screen is in "Testing"."""
VARIABLE: Final = "YOUTUBE_TOKEN"
"""The token's text, where there is no person and no folder: in CI, from its secrets."""
GIVE: Final = "Give it: mlhub publish consent --client FILE (docs/publish.md)."
AGAIN: Final = "Give consent again: mlhub publish consent --client FILE (docs/publish.md)."

_SESSION_SECONDS: Final = 14 * 24 * 3600
"""A session lives for about a week."""
_REDIRECT: Final = "http://127.0.0.1:8765/"

Text = Annotated[str, Field(min_length=1)]


class Token(BaseModel):
    """What a consent has given us."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    refresh_token: Text
    client_id: Text
    client_secret: Text
    token_uri: Text
    granted: AwareDatetime
    expires: AwareDatetime | None = None
    """When Google forgets it, where Google says so."""

    def age(self, now: datetime) -> timedelta:
        """How long ago consent was given."""
        return now - self.granted

    def credentials(self) -> Credentials:
        """What the client library signs requests with."""
        from google.oauth2.credentials import Credentials

        known = self.model_dump(include={"refresh_token", "client_id", "client_secret", "token_uri"})
        return Credentials(None, scopes=[SCOPE], **known)


@dataclass(frozen=True, slots=True)
class Account:
    """The folders of the user: ``config`` for the token, ``state`` for what is under way."""

    config: Path
    state: Path
    environment: Mapping[str, str]

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Account:
        """The folders that the XDG base directory specification names."""
        home = Path(environment.get("HOME", "~")).expanduser()
        config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
        state = Path(environment.get("XDG_STATE_HOME") or home / ".local" / "state")
        return cls(config / "mlhub", state / "mlhub", environment)

    @property
    def token_file(self) -> Path:
        """Where the token is."""
        return self.config / "youtube-token.json"

    def token(self) -> Token:
        """The token; :class:`EnvironmentFault` where there is none, or others could read it."""
        text = self.environment.get(VARIABLE)
        where = f"the variable {VARIABLE}"
        if not text:
            where = str(self.token_file)
            try:
                loose = stat.S_IMODE(self.token_file.stat().st_mode) & 0o077
                text = self.token_file.read_text(encoding="utf-8")
            except FileNotFoundError:
                raise EnvironmentFault(
                    f"Nobody has given consent to publish to YouTube yet. {GIVE}"
                ) from None
            except OSError as error:
                raise EnvironmentFault(f"{where} cannot be read: {error.strerror}.") from None
            if loose:
                raise EnvironmentFault(
                    f"{where} can be read by others than you. If nobody has read it: chmod 600 {where}; otherwise "
                    "take the consent back at https://myaccount.google.com/connections and give it again."
                )
        try:
            return Token.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            what = ".".join(map(str, first["loc"])) or "its text"
            raise EnvironmentFault(f"{where}: {what}: {first['msg']}. {AGAIN}") from None

    def keep(self, token: Token) -> None:
        """Write the token, for the user alone."""
        write_durably(self.token_file, token.model_dump_json(indent=1) + "\n", 0o600)

    def meter_file(self, token: Token) -> Path:
        """Where it is counted what the token's API project has used today."""
        return self.state / f"quota-{digest(token.client_id)[:12]}.json"

    # --- sessions of uploads ---

    def open_session(self, address: str) -> str:
        """Keep the address of an upload's session; returns the name under which it is found."""
        name = secrets.token_hex(8)
        self._forget_old_sessions()
        write_durably(self._session(name), address + "\n", 0o600)
        return name

    def session(self, name: str) -> str | None:
        """The address of a session; none where it was begun by somebody else, or is over."""
        try:
            return self._session(name).read_text(encoding="utf-8").strip()
        except OSError:
            return None

    def close_session(self, name: str) -> None:
        """Forget a session."""
        self._session(name).unlink(missing_ok=True)

    def _session(self, name: str) -> Path:
        return self.state / "sessions" / name

    def _forget_old_sessions(self) -> None:
        """Take away what a kill has left: no session lives for so long."""
        for path in (self.state / "sessions").glob("*"):
            if time.time() - path.stat().st_mtime > _SESSION_SECONDS:
                path.unlink(missing_ok=True)


def give_consent(client_file: Path, now: datetime, *, paste: bool) -> Token:
    """Ask a person to let the program publish in their name; ``client_file`` is what Google's console gave for it.

    The browser is opened, and the link printed.  With ``paste`` it is only printed, for a browser on another machine,
    and the address to which that browser is sent in the end is read from the terminal.
    """
    flow = _flow(client_file)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # the library prints the link, and waits
    try:
        token = _pasted(flow) if paste else _redirected(flow)
    except EnvironmentFault:
        raise
    except Exception as error:  # the library's, oauthlib's and requests' own: a person can only begin again
        raise EnvironmentFault(
            f"The consent was not given: {error}. Begin again, and leave the tick at the permission for YouTube."
        ) from None
    if "refresh_token" not in token:
        raise EnvironmentFault(
            "Google gave a consent that ends in an hour. Take it back at https://myaccount.google.com/connections "
            "and begin again."
        )
    config = flow.client_config
    lasts = token.get("refresh_token_expires_in")
    return Token(
        refresh_token=token["refresh_token"],
        client_id=config["client_id"],
        client_secret=config["client_secret"],
        token_uri=config["token_uri"],
        granted=now,
        expires=now + timedelta(seconds=float(lasts)) if lasts else None,
    )


def _flow(client_file: Path) -> InstalledAppFlow:
    from google_auth_oauthlib.flow import InstalledAppFlow

    try:
        record = json.loads(client_file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageFault(f"--client {client_file}: cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise UsageFault(f"--client {client_file}: not JSON: {error}.") from None
    if not isinstance(record, dict) or "installed" not in record:
        raise UsageFault(
            f"--client {client_file}: expected the JSON of an OAuth client of the type “Desktop app”, as Google's "
            "console offers it for download."
        )
    try:
        return InstalledAppFlow.from_client_config(record, [SCOPE])
    except (ValueError, KeyError) as error:
        raise UsageFault(f"--client {client_file}: {error}. Download it again.") from None


def _redirected(flow: InstalledAppFlow) -> dict[str, Any]:
    """Consent in a browser on this machine."""
    import webbrowser

    ask = "Open this address in a browser on this machine, if none has opened:\n\n{url}\n"
    try:
        browser = webbrowser.get().name
    except webbrowser.Error:
        browser = ""
    flow.run_local_server(
        host="127.0.0.1",
        port=0,
        open_browser=bool(browser),
        authorization_prompt_message=ask,
        success_message="Thank you. This window may be closed.",
        access_type="offline",
        prompt="consent",
    )
    return dict(flow.oauth2session.token)


def _pasted(flow: InstalledAppFlow) -> dict[str, Any]:
    """Consent in a browser on another machine."""
    flow.redirect_uri = _REDIRECT
    address, state = flow.authorization_url(access_type="offline", prompt="consent")
    print(f"Open this address in any browser and consent:\n\n{address}\n")
    print(
        "In the end the browser says that it cannot connect. Copy its address, paste it here and press Enter:"
    )
    answer = parse_qs(urlsplit(sys.stdin.readline().strip()).query)
    if answer.get("error"):
        raise EnvironmentFault(f"The consent was refused: {answer['error'][0]}.")
    if answer.get("state") != [state] or not answer.get("code"):
        raise EnvironmentFault(f"That is not the address to which Google sent the browser ({_REDIRECT}?...).")
    flow.fetch_token(code=answer["code"][0])
    return dict(flow.oauth2session.token)
