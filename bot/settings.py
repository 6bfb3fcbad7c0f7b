"""Settings, from the environment or a `.env` file in the working directory."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from bot.pictures.palette import USUAL, read_colour
from knowledge.address import password_of
from knowledge.working_hours import WorkingHours, read_hours

DESK_PORT = 8080
"""Where the desk listens if nobody says where."""

WEB_PORT = 8081
"""Where the public pages listen if nobody says where."""

METRICS_PORTS = 10
"""So many ports workers may take for their metrics, each one of its own."""


class ConfigurationError(Exception):
    """A setting cannot be used; the message names key, value and what is allowed."""


def _check_token(token: SecretStr) -> SecretStr:
    if not re.fullmatch(r"(\d+:[A-Za-z0-9_-]+)?", token.get_secret_value()):
        raise ValueError("a token as @BotFather gives it: a number, ':', then letters, digits, '_' and '-'")
    return token


def _check_address(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        raise ValueError("an address that begins with http:// or https://")
    return address


def _check_optional_address(address: str) -> str:
    return _check_address(address) if address else address


def _check_sites(sites: str) -> str:
    if not all(re.fullmatch(r"https?://(\*\.)?[\w.-]+(:\d+)?", site, re.ASCII) for site in sites.split()):
        raise ValueError("addresses of sites without a path, a space between: https://www.example.gov.cn")
    return sites


def _check_time_zone(zone: str) -> str:
    read_hours("09:00-17:30", "1-5", zone)
    return zone


def _check_hours(hours: str) -> str:
    read_hours(hours, "1-5", "UTC")
    return hours


def _check_days(days: str) -> str:
    read_hours("09:00-17:30", days, "UTC")
    return days


def _check_holidays(holidays: str) -> str:
    read_hours("09:00-17:30", "1-5", "UTC", holidays)
    return holidays


def _check_colour(colour: str) -> str:
    read_colour(colour)
    return colour


def _read_optional(text: object) -> object:
    return text or None


def _upper(text: object) -> object:
    return text.upper() if isinstance(text, str) else text


class Settings(BaseSettings):
    """Everything that can be set. A variable that is empty counts as not set."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        str_strip_whitespace=True,
        hide_input_in_errors=True,
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_check_token)] = Field(
        SecretStr(""), description="from @BotFather; without it there is no Telegram, only the terminal"
    )
    telegram_base_url: Annotated[str, AfterValidator(_check_address)] = Field(
        "https://api.telegram.org/bot", description="where the Bot API is; the token is put at its end"
    )
    database_url: str = Field(
        "sqlite:///var/investbot.db", description="an SQLAlchemy address; a missing SQLite file is made"
    )
    documents: Annotated[Path | None, BeforeValidator(_read_optional)] = Field(
        None, description="a folder of documents in place of those that come with the program"
    )
    extraction_url: Annotated[str, AfterValidator(_check_optional_address)] = Field(
        "", description="an OpenAI-compatible address whose model proposes drafts too; empty: none does"
    )
    extraction_model: str = Field("", description="the model's name there; needed with EXTRACTION_URL")
    extraction_key: SecretStr = Field(SecretStr(""), description="its key, if it asks for one")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = Field(
        "INFO", description="how much is logged: DEBUG, INFO, WARNING or ERROR"
    )
    flood_messages: int = Field(
        20, ge=1, le=10_000, description="so many messages of one person are answered in each FLOOD_SECONDS"
    )
    flood_seconds: int = Field(60, ge=1, le=86_400, description="see FLOOD_MESSAGES")
    push_per_second: int = Field(
        30,
        ge=1,
        le=1000,
        description="messages a second that Telegram takes of the bot; with more than 30 it is paid for them",
    )
    desk_url: Annotated[str, AfterValidator(_check_optional_address)] = Field(
        "", description="the address by which staff reach the desk, e.g. https://desk.example.gov.cn"
    )
    desk_host: str = Field("127.0.0.1", description="where the desk listens; behind a proxy as it is here")
    desk_port: Annotated[int | None, BeforeValidator(_read_optional)] = Field(
        None,
        ge=1,
        le=65_535,
        description="the port at which the desk listens; 8080 if only DESK_URL is set, no desk if neither",
    )
    webhook_url: Annotated[str, AfterValidator(_check_optional_address)] = Field(
        "",
        description="the address at which Telegram reaches this bot through your proxy, "
        "e.g. https://bot.example.gov.cn/telegram; empty: the bot asks Telegram itself",
    )
    chat_url: Annotated[str, AfterValidator(_check_optional_address)] = Field(
        "",
        description="the address of the chat page for investors, e.g. https://bot.example.gov.cn/chat; "
        "empty: none",
    )
    web_host: str = Field(
        "127.0.0.1", description="where webhook and chat page listen; behind a proxy as it is here"
    )
    web_port: int = Field(
        WEB_PORT, ge=1, le=65_535, description="the port at which webhook and chat page listen"
    )
    web_proxies: str = Field(
        "127.0.0.1",
        description="the addresses of your proxy, commas between; only what it says of where a visitor comes "
        "from is believed",
    )
    metrics_host: str = Field(
        "127.0.0.1", description="where health and metrics listen; they are for nobody outside"
    )
    metrics_port: Annotated[int | None, BeforeValidator(_read_optional)] = Field(
        None,
        ge=1,
        le=65_535 - METRICS_PORTS,
        description="the port of /health and /metrics; of several workers each takes the next that is free, "
        "up to nine above; empty: none",
    )
    chat_sites: Annotated[str, AfterValidator(_check_sites)] = Field(
        "",
        description="the sites that may show the chat page within theirs, e.g. https://www.example.gov.cn "
        "https://*.example.org; empty: none but its own",
    )
    review_two_persons: bool = Field(False, description="whether nobody publishes what only they have seen")
    confirm_after_days: int = Field(
        0,
        ge=0,
        le=36_500,
        description="facts older than so many days ask their owners to confirm; 0: none do",
    )
    keep_chats_days: int = Field(
        30,
        ge=0,
        le=36_500,
        description="what a conversation is about is forgotten so many days after its last message; 0: never",
    )
    keep_questions_days: int = Field(
        90,
        ge=0,
        le=36_500,
        description="questions, and enquiries nobody waits for, are deleted after so many days; 0: never",
    )
    questions: Annotated[Path | None, BeforeValidator(_read_optional)] = Field(
        None, description="a set of questions, as for investbot eval, that is asked anew before publishing"
    )
    time_zone: Annotated[str, AfterValidator(_check_time_zone)] = Field(
        "Asia/Shanghai", description="where the bureau's clocks hang, as the IANA database calls it"
    )
    work_hours: Annotated[str, AfterValidator(_check_hours)] = Field(
        "09:00-17:30", description="when the bureau is at work, e.g. 09:00-12:00,13:30-17:30"
    )
    work_days: Annotated[str, AfterValidator(_check_days)] = Field(
        "1-5", description="on which days of the week; 1 is Monday"
    )
    holidays: Annotated[str, AfterValidator(_check_holidays)] = Field(
        "",
        description="days off besides the public holidays, e.g. 2027-02-06..2027-02-12; "
        "with a plus days that are worked, +2027-02-14",
    )
    answer_within_hours: int = Field(
        8, ge=1, le=1000, description="so many working hours after somebody asks a person they have a reply"
    )
    bureau_colour: Annotated[str, AfterValidator(_check_colour)] = Field(
        USUAL, description="the bureau's colour, from which those of its pictures are derived, e.g. #1f5fa8"
    )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must stand in no log; empty ones among them."""
        return (
            self.telegram_bot_token.get_secret_value(),
            self.extraction_key.get_secret_value(),
            password_of(self.database_url),
        )

    @property
    def desk_wanted(self) -> bool:
        """Whether there is to be a desk."""
        return bool(self.desk_url) or self.desk_port is not None

    @property
    def desk_listens(self) -> tuple[str, int]:
        """Host and port at which the desk listens."""
        return self.desk_host, self.desk_port or DESK_PORT

    @property
    def desk_address(self) -> str:
        """The address by which staff reach the desk, without a slash at its end."""
        host, port = self.desk_listens
        return self.desk_url.rstrip("/") or f"http://{host}:{port}"

    @property
    def site_wanted(self) -> bool:
        """Whether anything is reached from outside."""
        return bool(self.webhook_url or self.chat_url)

    @property
    def working_hours(self) -> WorkingHours:
        """When the bureau is at work."""
        return read_hours(self.work_hours, self.work_days, self.time_zone, self.holidays)


def read_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - any field's value
    """Read the settings.

    Args:
        overrides: values from the command line; None for those not given.

    Raises:
        ConfigurationError: a value is not allowed, or `.env` cannot be read.
    """
    given = {key: value for key, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise ConfigurationError("\n".join(_describe(detail) for detail in error.errors())) from error
    except (SettingsError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"The file .env cannot be read: {error}. Save it as UTF-8 text.") from error


def usable_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - any field's value
    """The settings as far as they can be used: what cannot be has its usual value; see `read_settings`."""
    given = {key: value for key, value in overrides.items() if value is not None}
    file: dict[str, Any] = {}
    while True:
        try:
            return Settings(**file, **given)
        except ValidationError as error:
            wrong = {str(detail["loc"][0]) for detail in error.errors()}
            given |= {key: Settings.model_fields[key].default for key in wrong}
        except (SettingsError, UnicodeDecodeError, OSError):
            file = {"_env_file": None}


def _describe(detail: Any) -> str:  # noqa: ANN401 - pydantic's own dict
    key = str(detail["loc"][0])
    secret = Settings.model_fields[key].annotation is SecretStr
    shown = "(not shown)" if secret else repr(str(detail["input"]))
    allowed = str(detail["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    return f"{key.upper()} is {shown}; allowed is {allowed}."
