"""`rejoinder init`: a dialogue on a real terminal, and the same without one."""

import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import load, user_config

#: Its last space comes once the echo is off; what is typed before it would be thrown away.
HIDDEN_QUESTION = "Token (stays hidden): "


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class Dialogue:
    """Somebody at a terminal: waits for a question, then types."""

    def __init__(self, *args: object) -> None:
        self.terminal, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *map(str, args)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            # Without a terminal of its own, the hidden question is asked on standard input.
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def answer(self, question: str, reply: str) -> None:
        unread = len(self.seen)
        while question not in self.seen[unread:]:
            self.seen += os.read(self.terminal, 4096).decode()
        os.write(self.terminal, f"{reply}\n".encode())

    def end(self) -> int:
        while True:
            try:
                data = os.read(self.terminal, 4096)
            except OSError:  # Linux says so when the other side is closed.
                break
            if not data:
                break
            self.seen += data.decode()
        os.close(self.terminal)
        return self.process.wait()


@pytest.mark.usefixtures("alone")
class TestAsking:
    def test_the_whole_dialogue(self, tmp_path, token):
        database = tmp_path / "data" / "r.sqlite3"
        dialogue = Dialogue("init")
        dialogue.answer(HIDDEN_QUESTION, "paste-your-token-here")
        dialogue.answer(HIDDEN_QUESTION, f"Bot {token}")
        dialogue.answer("Read members' plain messages", "perhaps")
        dialogue.answer("Read members' plain messages", "on")
        dialogue.answer("Database", str(database))
        dialogue.answer("no member", 'keeper@example.org, or "the office"')
        assert dialogue.end() == 0

        path = user_config()
        settings = load(path)
        assert settings.discord.token.get_secret_value() == token
        assert settings.discord.message_content == "on"
        assert settings.database.path == database
        assert settings.privacy.contact == 'keeper@example.org, or "the office"'
        assert mode(path) == 0o600
        assert token not in dialogue.seen
        assert "still holds a placeholder" in dialogue.seen
        assert f"Written: {path}, readable by you alone." in dialogue.seen
        assert "https://discord.com/oauth2/authorize?client_id=100000000000000001&" in dialogue.seen
        assert "Attach Files: to attach all comments as one file" in dialogue.seen
        assert "https://discord.com/developers/applications/100000000000000001/bot" in dialogue.seen

    def test_what_is_there_is_replaced_only_on_a_yes(self, tmp_path):
        path = tmp_path / "r.toml"
        path.write_text("# mine\n")
        dialogue = Dialogue("init", "--config", path)
        dialogue.answer("exists. Replace it?", "n")
        assert dialogue.end() == 2
        assert "nothing was changed" in dialogue.seen
        assert path.read_text() == "# mine\n"


class TestWithoutTerminal:
    @pytest.fixture
    def token(self, token, monkeypatch, alone):
        monkeypatch.setenv("REJOINDER_DISCORD__TOKEN", token)
        return token

    def test_questions_need_a_terminal(self, rejoinder, refused):
        assert refused(rejoinder("init"), 2) == (
            "rejoinder init asks questions, and there is no terminal to answer them on. "
            "Over SSH use ssh -t, or set REJOINDER_DISCORD__TOKEN and add --token-from-env."
        )

    def test_the_token_stays_in_the_environment(self, rejoinder, token, tmp_path):
        path = tmp_path / "new" / "r.toml"
        ended = rejoinder("init", "--config", path, "--token-from-env")
        assert (ended.exit_code, ended.stderr) == (0, "")
        assert token not in path.read_text() + ended.stdout
        assert mode(path) == 0o600
        assert load(path).discord.token.get_secret_value() == token
        assert list(path.parent.iterdir()) == [path], "no draft is left behind"

    def test_everything_by_flags(self, rejoinder, token, tmp_path):
        path = tmp_path / "r.toml"
        flags = ["--message-content", "off", "--database", "r.sqlite3", "--contact", "keeper@example.org"]
        ended = rejoinder("init", "--config", path, "--token-from-env", *flags)
        assert ended.exit_code == 0
        settings = load(path)
        assert settings.discord.message_content == "off"
        assert settings.database.path == Path.cwd() / "r.sqlite3"
        assert settings.privacy.contact == "keeper@example.org"
        assert "Message Content Intent" not in ended.stdout

    def test_what_is_there_stays(self, rejoinder, refused, token, tmp_path):
        path = tmp_path / "r.toml"
        path.write_text("# mine\n")
        assert refused(rejoinder("init", "--config", path, "--token-from-env"), 2) == (
            f"{path} exists; nothing was changed. --replace writes over it."
        )
        assert path.read_text() == "# mine\n"
        assert rejoinder("init", "--config", path, "--token-from-env", "--replace").exit_code == 0
        assert "# mine" not in path.read_text()
        assert mode(path) == 0o600, "whatever it was before"

    def test_no_token_in_the_environment(self, rejoinder, refused, tmp_path):
        path = tmp_path / "r.toml"
        assert refused(rejoinder("init", "--config", path, "--token-from-env"), 2) == (
            "REJOINDER_DISCORD__TOKEN is not set. Set it, then call init again."
        )
        assert not path.exists()

    def test_no_token_at_all_in_it(self, rejoinder, refused, monkeypatch, tmp_path):
        monkeypatch.setenv("REJOINDER_DISCORD__TOKEN", "a" * 32)
        path = tmp_path / "r.toml"
        sentence = refused(rejoinder("init", "--config", path, "--token-from-env"), 78)
        assert sentence.startswith("REJOINDER_DISCORD__TOKEN looks like the application's client secret")
        assert not path.exists()

    def test_a_place_that_can_t_be_written(self, rejoinder, refused, token, tmp_path):
        file = tmp_path / "file"
        file.touch()
        path = file / "r.toml"
        assert refused(rejoinder("init", "--config", path, "--token-from-env"), 2) == (
            f"{path} can't be written: File exists. Name another with --config."
        )
