"""What an operator chose: a TOML file, overridden by the environment, checked before anything starts."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from platformdirs import user_config_path, user_data_path
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.domain.limits import ONE_BY_ONE_COMMENTS, PROGRESS_FROM_COMMENTS
from bot.errors import ConfigError
from bot.tokens import check_token, hide_secrets

#: Names a configuration file; read before the usual places.
CONFIG_VARIABLE = "REJOINDER_CONFIG"
CONFIG_NAME = "rejoinder.toml"


def default_database() -> Path:
    """Where the database lies unless the operator says otherwise."""
    return user_data_path("rejoinder", appauthor=False) / "rejoinder.sqlite3"


def user_config() -> Path:
    """Where a configuration lies that is this user's, whatever directory the bot is started in."""
    return user_config_path("rejoinder", appauthor=False) / CONFIG_NAME


def _split(value: object) -> object:
    # From the environment a list comes as text: 12, 34
    return re.split(r"[,\s]+", value.strip("[] ")) if isinstance(value, str) else value


class Section(BaseModel):
    """A table of the configuration. An empty value counts as a key that isn't there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _forget_empty(cls, values: object) -> object:
        return (
            {key: value for key, value in values.items() if value != ""}
            if isinstance(values, dict)
            else values
        )


class DiscordSettings(Section):
    """How the bot reaches Discord."""

    token: SecretStr
    #: Whether Discord is asked for the text of members' messages; "auto" goes on without it where Discord says no.
    message_content: Literal["auto", "on", "off"] = "auto"
    #: REST address without a slash at its end; None is Discord's own.
    api_base: Annotated[str, StringConstraints(pattern=r"^https?://\S+[^/\s]$")] | None = None
    #: Gateway address; None is the one that Discord names.
    gateway_url: Annotated[str, StringConstraints(pattern=r"^wss?://\S+$")] | None = None
    #: Servers that get the commands at once, for trying things out; empty: all servers, through Discord's global list.
    sync_commands_to: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_split)] = ()
    #: Seconds to wait at start for each server's data.
    guild_ready_timeout: float = Field(default=2.0, ge=0.0, le=60.0)


class DatabaseSettings(Section):
    """Where everything is kept."""

    path: Annotated[Path, AfterValidator(Path.expanduser)] = Field(default_factory=default_database)


class ImportSettings(Section):
    """Limits of one import."""

    #: Largest page or file that is read, in bytes.
    max_bytes: int = Field(default=32 * 1024 * 1024, ge=1024)
    #: Seconds that reading one page may take.
    read_timeout: float = Field(default=20.0, gt=0.0)
    #: From so many comments up, a message in the thread tells how far the import is.
    progress_from: int = Field(default=PROGRESS_FROM_COMMENTS, ge=1)
    #: Up to so many comments the layout "automatic" posts one by one, above that on pages.
    one_by_one_limit: int = Field(default=ONE_BY_ONE_COMMENTS, ge=0)


def _words(value: object) -> object:
    # From the environment a list comes as text: wiki.intranet, 10.0.0.5:8080
    return [word for word in re.split(r"[,\s]+", value) if word] if isinstance(value, str) else value


_HOST = re.compile(r"(?:\[[0-9a-f:]+\]|[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?)(?::\d{1,5})?")


def _check_hosts(hosts: tuple[str, ...]) -> tuple[str, ...]:
    hosts = tuple(host.lower() for host in hosts)
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise ValueError(f"should hold hosts such as wiki.intranet or 10.0.0.5:8080, not {host!r}.")
    return hosts


class FetchSettings(Section):
    """How pages are fetched, and from where."""

    #: Largest page that is fetched, in bytes, unpacked.
    max_bytes: int = Field(default=16 * 1024 * 1024, ge=1024)
    #: Seconds until a connection stands.
    connect_timeout: float = Field(default=10.0, gt=0.0)
    #: Seconds of silence in the middle of an answer.
    read_timeout: float = Field(default=15.0, gt=0.0)
    #: Seconds that the answers to one wish may take in all, robots.txt and redirects included.
    timeout: float = Field(default=30.0, gt=0.0)
    #: Seconds between two questions to one host.
    pause: float = Field(default=1.0, ge=0.0, le=60.0)
    #: Whether robots.txt is asked first, and believed.
    respect_robots: bool = True
    #: Hosts outside the public network that may be asked all the same, as `host` or `host:port`.
    allowed_private_hosts: Annotated[
        tuple[str, ...], NoDecode, BeforeValidator(_words), AfterValidator(_check_hosts)
    ] = ()
    #: Where the owner of a site finds whoever runs the bot; part of the user agent.
    contact: Annotated[str, StringConstraints(pattern=r"^[!-'*-~]+$")] | None = None
    #: A proxy's address, or "environment" for HTTP_PROXY and its like; None asks sites directly.
    proxy: Annotated[str, StringConstraints(pattern=r"^(environment|http://\S+)$")] | None = None


class LogSettings(Section):
    """What the log holds, and in which form."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    #: "auto" is for people on a terminal and JSON lines elsewhere.
    format: Literal["auto", "console", "json"] = "auto"


class LiveSettings(Section):
    """What members do in our threads."""

    #: Hours: how old a message may be whose edit, deletion or reactions are looked for after an absence.
    look_back_hours: float = Field(default=48.0, ge=0, le=24 * 365)

    @property
    def look_back(self) -> timedelta:
        """The same as a span of time."""
        return timedelta(hours=self.look_back_hours)


class PrivacySettings(Section):
    """What people are told about their words."""

    #: Whom somebody who is no member may write to, where a server's admins named nobody.
    contact: str | None = None


class Settings(BaseModel):
    """Everything an operator can choose."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    discord: DiscordSettings
    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    imports: ImportSettings = Field(default_factory=ImportSettings, alias="import")
    fetch: FetchSettings = Field(default_factory=FetchSettings)
    live: LiveSettings = Field(default_factory=LiveSettings)
    logs: LogSettings = Field(default_factory=LogSettings)
    privacy: PrivacySettings = Field(default_factory=PrivacySettings)


def load(path: Path | None = None) -> Settings:
    """Settings from ``path`` or the usual places (`locate`), overridden by REJOINDER_SECTION__KEY variables.

    Raises ConfigError: one line that names the key, where it stands, and the mend.
    """
    found = locate(path)
    return _checked(_Sources, _read(found) if found else {}, found)


def load_fetch(path: Path | None = None) -> FetchSettings:
    """The section `fetch` alone, from the same places: what reads a page needs no token.

    Raises ConfigError as `load` does.
    """
    found = locate(path)
    section = _read(found).get("fetch", {}) if found else {}
    return _checked(_FetchSources, {"fetch": section}, found).fetch


def locate(path: Path | None = None) -> Path | None:
    """The configuration file: ``path``, else $REJOINDER_CONFIG, else ./rejoinder.toml, else the user's own.

    The first two are believed; of the others the first that exists is taken, and None says that neither does.
    """
    if path:
        return path
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    return next((place for place in (Path(CONFIG_NAME), user_config()) if place.is_file()), None)


def known_keys() -> Iterator[str]:
    """Every key as it stands in the file, for example ``discord.token``."""
    for name, field in Settings.model_fields.items():
        assert isinstance(field.annotation, type)
        assert issubclass(field.annotation, Section)
        yield from (f"{field.alias or name}.{key}" for key in field.annotation.model_fields)


def _check_token(token: SecretStr) -> SecretStr:
    return SecretStr(check_token(token.get_secret_value()))


class _WrittenDiscord(DiscordSettings):
    """As a person wrote it: refused at once where the token obviously is none."""

    token: Annotated[SecretStr, AfterValidator(_check_token)]


_FROM_ENVIRONMENT = SettingsConfigDict(
    validate_by_name=False,
    validate_by_alias=True,
    env_prefix="REJOINDER_",
    env_prefix_target="all",
    env_nested_delimiter="__",
    env_ignore_empty=True,
)


class _FromEnvironment(BaseSettings):
    """Settings read from the environment over the file; the file knows aliases only."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic-settings'
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


class _Sources(Settings, _FromEnvironment):
    """Everything."""

    model_config = _FROM_ENVIRONMENT

    discord: _WrittenDiscord


class _FetchSources(_FromEnvironment):
    """What fetching a page needs."""

    model_config = _FROM_ENVIRONMENT

    fetch: FetchSettings = Field(default_factory=FetchSettings)


_Read = TypeVar("_Read", bound=_FromEnvironment)


def _checked(sources: type[_Read], values: dict[str, Any], found: Path | None) -> _Read:
    try:
        return sources(**values)
    except SettingsError as error:
        raise ConfigError(f"A REJOINDER_ variable can't be read: {error}.") from error
    except ValidationError as error:
        # What is missing comes last: it may stand under a name that was mistyped.
        problems = sorted(error.errors(include_url=False), key=lambda problem: problem["type"] == "missing")
        more = f" ({len(problems) - 1} more after this one.)" if len(problems) > 1 else ""
        # The cause is left out: pydantic's own report would print the values, the token among them.
        raise ConfigError(_explain(problems[0], found) + more) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(
            f"The configuration {path} does not exist.",
            next_step="Write it with rejoinder init, or name another file with --config.",
        ) from None
    except OSError as error:
        raise ConfigError(f"The configuration {path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"The configuration {path} is not UTF-8 text.", next_step="Save it as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"The configuration {path} is not valid TOML: {error}.",
            next_step="Mend that line; text stands in straight double quotes.",
        ) from error


def _explain(problem: ErrorDetails, found: Path | None) -> str:
    """One sentence: the key, where it stands, what it should be."""
    location = [str(part) for part in problem["loc"]]
    key = ".".join(location[:2])
    where = _whereabouts(location, found)
    shown = hide_secrets(repr(problem["input"]))
    match problem["type"]:
        case "missing":
            return _explain_missing(key, found)
        case "extra_forbidden":
            return f"{key} in {where} is not a key that Rejoinder knows. {_nearest(key)}"
        case "model_type":
            return f"{key} in {where} should be a section: write [{key}] and its keys below it."
        case "value_error":
            return f"{key} in {where} {problem['ctx']['error']}"
        case "string_pattern_mismatch":
            return (
                f"{key} in {where} should be an address such as {_ADDRESSES[key]}, not {problem['input']!r}."
            )
        case _:
            wanted = problem["msg"].removeprefix("Input ")
            return f"{key} in {where} {wanted}, not {shown}."


_ADDRESSES: Mapping[str, str] = {
    "discord.api_base": "https://discord.com/api/v10",
    "discord.gateway_url": "wss://gateway.discord.gg",
    "fetch.contact": "keeper@example.org",
    "fetch.proxy": "http://proxy.intranet:3128",
}


def _explain_missing(key: str, found: Path | None) -> str:
    # Only the token has no default; without a section of its own, the section is what is missing.
    key = "discord.token" if key == "discord" else key
    variable = _variable(key.split("."))
    if found is None:
        return (
            f"{key} is missing, and there is no configuration in ./{CONFIG_NAME} or {user_config()}: "
            f"write one with rejoinder init, or set {variable}."
        )
    return (
        f"{key} in {found} is missing: copy it from https://discord.com/developers/applications "
        f"(your application, Bot, Reset Token), or set {variable}."
    )


def _nearest(key: str) -> str:
    known = [tuple(name.split(".")) for name in known_keys()]
    section, _, leaf = key.partition(".")
    if leaf:
        wanted, candidates = leaf, {name: f"{section}.{name}" for place, name in known if place == section}
    else:
        wanted, candidates = section, {place: place for place, _ in known}
    # Backwards, so that of two sections with this key the first one is named.
    elsewhere = {name: f"{place}.{name}" for place, name in reversed(known)}
    for names in (candidates, elsewhere):
        if close := get_close_matches(wanted, names, n=1):
            return f"Did you mean {names[close[0]]}?"
    return f"Known are {', '.join(candidates.values())}."


def _whereabouts(location: list[str], found: Path | None) -> str:
    variable = _variable(location)
    if found is None or any(name.upper() == variable for name in os.environ):
        return f"the environment ({variable})"
    return str(found)


def _variable(location: list[str]) -> str:
    return f"REJOINDER_{'__'.join(location[:2])}".upper()
