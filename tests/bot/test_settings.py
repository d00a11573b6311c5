"""Settings: where they come from, and the one line that a wrong one earns."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import ConfigError
from bot.settings import (
    DatabaseSettings,
    DiscordSettings,
    FetchSettings,
    ImportSettings,
    Settings,
    default_database,
    known_keys,
    load,
    load_fetch,
    locate,
    user_config,
)

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def write(tmp_path):
    def written(text: str) -> Path:
        path = tmp_path / "some.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def refusal(path: Path | None) -> str:
    with pytest.raises(ConfigError) as caught:
        load(path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


class TestExample:
    def uncommented(self) -> str:
        return re.sub(r"^#(?=[a-z_]+ = )", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)

    def test_every_key_is_in_it_and_no_other(self):
        written = tomllib.loads(self.uncommented())
        assert {f"{section}.{key}" for section, keys in written.items() for key in keys} == set(known_keys())

    def test_it_shows_the_defaults(self, write, monkeypatch, token):
        monkeypatch.setenv("REJOINDER_DISCORD__TOKEN", token)
        built = Settings(discord=DiscordSettings(token=SecretStr(token)))
        assert load(write(self.uncommented())).model_dump() == built.model_dump()

    def test_every_key_is_explained(self):
        lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if re.match(r"#?[a-z_]+ = ", line):
                assert lines[number - 1].startswith("# "), line

    def test_as_it_stands_it_asks_for_the_token(self):
        assert refusal(EXAMPLE).startswith(f"discord.token in {EXAMPLE} is missing: copy it from ")


class TestPlaces:
    def test_the_environment_wins_over_the_file(self, write, monkeypatch, token):
        monkeypatch.setenv("REJOINDER_IMPORT__MAX_BYTES", "2048")
        path = write(f'[discord]\ntoken = "{token}"\n[import]\nmax_bytes = 4096\nprogress_from = 5')
        assert load(path).imports == ImportSettings(max_bytes=2048, progress_from=5)

    def test_an_empty_variable_changes_nothing(self, write, monkeypatch, token):
        monkeypatch.setenv("REJOINDER_DISCORD__TOKEN", "")
        assert load(write(f'[discord]\ntoken = "{token}"')).discord.token.get_secret_value() == token

    def test_no_file_is_needed(self, monkeypatch, token):
        monkeypatch.setenv("REJOINDER_DISCORD__TOKEN", token)
        assert load().database.path == default_database()

    def test_the_order_of_places(self, monkeypatch, write):
        assert locate() is None
        user_config().parent.mkdir(parents=True)
        user_config().touch()
        assert locate() == user_config()
        Path("rejoinder.toml").touch()
        assert locate() == Path("rejoinder.toml")
        named = write("")
        monkeypatch.setenv("REJOINDER_CONFIG", str(named))
        assert locate() == named
        assert locate(Path("given.toml")) == Path("given.toml")

    def test_a_tilde_is_the_home(self, tmp_path):
        assert DatabaseSettings(path=Path("~/r.sqlite3")).path == tmp_path / "home" / "r.sqlite3"

    @pytest.mark.parametrize("text", ["[12, 34]", "12, 34", "12 34"])
    def test_ids_from_the_environment(self, monkeypatch, token, text):
        monkeypatch.setenv("REJOINDER_DISCORD__TOKEN", token)
        monkeypatch.setenv("REJOINDER_DISCORD__SYNC_COMMANDS_TO", text)
        assert load().discord.sync_commands_to == (12, 34)

    def test_a_mark_at_the_start_of_the_file_does_no_harm(self, tmp_path, token):
        path = tmp_path / "windows.toml"
        path.write_bytes(b"\xef\xbb\xbf" + f'[discord]\r\ntoken = "{token}"\r\n'.encode())
        assert load(path).discord.message_content == "auto"


class TestRefusals:
    def test_no_configuration_at_all(self):
        assert refusal(None) == (
            f"discord.token is missing, and there is no configuration in ./rejoinder.toml or {user_config()}: "
            "write one with rejoinder init, or set REJOINDER_DISCORD__TOKEN."
        )

    def test_a_file_that_is_not_there(self, tmp_path):
        path = tmp_path / "nowhere.toml"
        assert refusal(path) == (
            f"The configuration {path} does not exist. Write it with rejoinder init, or name another file with --config."
        )

    def test_a_directory(self, tmp_path):
        assert refusal(tmp_path) == f"The configuration {tmp_path} can't be read: Is a directory."

    def test_another_encoding(self, tmp_path):
        path = tmp_path / "latin.toml"
        path.write_bytes('[privacy]\ncontact = "caf\u00e9"'.encode("latin-1"))
        assert refusal(path) == f"The configuration {path} is not UTF-8 text. Save it as UTF-8."

    def test_a_broken_line_is_named(self, write):
        path = write('[discord]\ntoken = "abc"\nmessage_content = auto')
        assert refusal(path).startswith(f"The configuration {path} is not valid TOML: ")
        assert "line 3" in refusal(path)

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "discord.token in {path} is missing"),
            ("[discord]", "discord.token in {path} is missing"),
            ("discord = 5", "discord in {path} should be a section: write [discord] and its keys below it."),
            (
                "[discord]\ntokn = 'x'",
                "discord.tokn in {path} is not a key that Rejoinder knows. Did you mean discord.token?",
            ),
            ("[imports]", "imports in {path} is not a key that Rejoinder knows. Did you mean import?"),
            (
                "max_bytes = 5",
                "max_bytes in {path} is not a key that Rejoinder knows. Did you mean import.max_bytes?",
            ),
            (
                "[logs]\nzzzz = 1",
                "logs.zzzz in {path} is not a key that Rejoinder knows. Known are logs.level, logs.format.",
            ),
            (
                "[discord]\nmessage_content = 'maybe'",
                "discord.message_content in {path} should be 'auto', 'on' or 'off', not 'maybe'.",
            ),
            (
                "[import]\nmax_bytes = 'much'",
                "import.max_bytes in {path} should be a valid integer, unable to parse string as an integer, not 'much'.",
            ),
            (
                "[import]\nmax_bytes = 5",
                "import.max_bytes in {path} should be greater than or equal to 1024, not 5.",
            ),
            (
                "[discord]\napi_base = 'localhost'",
                "discord.api_base in {path} should be an address such as https://discord.com/api/v10, not 'localhost'.",
            ),
            (
                "[discord]\ngateway_url = 'http://localhost'",
                "discord.gateway_url in {path} should be an address such as wss://gateway.discord.gg, not 'http://localhost'.",
            ),
            (
                "[fetch]\nallowed_private_hosts = ['wiki', 'http://wiki/']",
                "fetch.allowed_private_hosts in {path} should hold hosts such as wiki.intranet or 10.0.0.5:8080, not 'http://wiki/'.",
            ),
            (
                "[fetch]\ncontact = 'write (to me)'",
                "fetch.contact in {path} should be an address such as keeper@example.org, not 'write (to me)'.",
            ),
            (
                "[fetch]\nproxy = 'socks5://proxy'",
                "fetch.proxy in {path} should be an address such as http://proxy.intranet:3128, not 'socks5://proxy'.",
            ),
        ],
    )
    def test_a_wrong_value(self, write, monkeypatch, token, text, sentence):
        if not sentence.startswith("discord"):
            monkeypatch.setenv("REJOINDER_DISCORD__TOKEN", token)
        path = write(text)
        assert refusal(path).startswith(sentence.format(path=path))

    def test_further_mistakes_are_counted(self, write):
        path = write("[discord]\nmessage_content = 'maybe'\n[logs]\nlevel = 'loud'")
        assert refusal(path).endswith(" (2 more after this one.)")

    def test_a_wrong_variable_is_named_as_one(self, write, monkeypatch, token):
        monkeypatch.setenv("REJOINDER_LOGS__LEVEL", "loud")
        assert refusal(write(f'[discord]\ntoken = "{token}"')).startswith(
            "logs.level in the environment (REJOINDER_LOGS__LEVEL) should be "
        )

    def test_a_section_in_one_variable_that_is_no_json(self, write, monkeypatch):
        monkeypatch.setenv("REJOINDER_LOGS", "{")
        assert refusal(write("")).startswith("A REJOINDER_ variable can't be read: ")


class TestFetching:
    """The one section that is of use without a token."""

    def test_without_a_configuration(self):
        assert load_fetch() == FetchSettings()

    def test_from_a_file_without_a_token(self, write):
        path = write(
            "[fetch]\npause = 3\nallowed_private_hosts = ['Wiki', '[FD00::5]:8080']\n[logs]\nlevel = 'loud'"
        )
        assert load_fetch(path) == FetchSettings(pause=3.0, allowed_private_hosts=("wiki", "[fd00::5]:8080"))

    @pytest.mark.parametrize("text", ["wiki,[fd00::5]:8080", "wiki [fd00::5]:8080 ", " wiki, [fd00::5]:8080"])
    def test_hosts_from_the_environment(self, monkeypatch, text):
        monkeypatch.setenv("REJOINDER_FETCH__ALLOWED_PRIVATE_HOSTS", text)
        assert load_fetch().allowed_private_hosts == ("wiki", "[fd00::5]:8080")

    def test_the_environment_wins(self, write, monkeypatch):
        monkeypatch.setenv("REJOINDER_FETCH__PAUSE", "5")
        monkeypatch.setenv("REJOINDER_LOGS__LEVEL", "loud")
        assert load_fetch(write("[fetch]\npause = 3")).pause == 5.0

    def test_a_wrong_key_is_told_as_ever(self, write):
        path = write("[fetch]\npaws = 3")
        with pytest.raises(ConfigError) as caught:
            load_fetch(path)
        assert str(caught.value) == (
            f"fetch.paws in {path} is not a key that Rejoinder knows. Did you mean fetch.pause?"
        )


class TestToken:
    def test_what_people_copy_along_is_taken_off(self, write, token):
        assert load(write(f'[discord]\ntoken = " Bot {token} "')).discord.token.get_secret_value() == token

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            ("paste-your-token-here", "still holds a placeholder"),
            ("123456789012345678", "is a number, perhaps the application's id"),
            ("aB3" * 10 + "xy", "looks like the application's client secret"),
            ("0f" * 32, "looks like the application's public key"),
            ("abc def", "has a space or line break inside"),
            ("abc", "is not a bot token: one has three parts"),
            ("a" * 24 + ".abcdef." + "b" * 38, "is not a bot token"),
        ],
    )
    def test_what_is_obviously_none_is_refused_without_being_shown(self, write, value, said):
        path = write(f'[discord]\ntoken = "{value}"')
        sentence = refusal(path)
        assert sentence.startswith(f"discord.token in {path} {said}")
        assert "Reset Token" in sentence
        assert value not in sentence

    def test_it_is_never_shown(self, write, token):
        path = write(f'[discord]\ntoken = "{token}"')
        settings = load(path)
        assert token not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"

    def test_nor_when_it_stands_in_the_wrong_place(self, write, token):
        sentence = refusal(write(f'[discord]\nmessage_content = "{token}"'))
        assert token not in sentence
        assert "[hidden]" in sentence

    def test_nor_in_the_traceback_of_a_wrong_value(self, write, token):
        path = write(f'[discord]\ntoken = "{token}"\n[logs]\nlevel = 5')
        with pytest.raises(ConfigError) as caught:
            load(path)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__


def test_settings_can_be_built_in_code_whatever_the_environment_says(monkeypatch, token):
    monkeypatch.setenv("REJOINDER_LOGS__LEVEL", "error")
    settings = Settings(
        discord=DiscordSettings(token=SecretStr(token)), imports=ImportSettings(progress_from=3)
    )
    assert (settings.imports.progress_from, settings.logs.level) == (3, "info")
