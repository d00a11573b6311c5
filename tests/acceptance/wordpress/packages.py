"""What a site needs of the machine: Debian's packages, installed where they are missing and this may be done."""

import os
import shutil
import subprocess
from pathlib import Path

#: A package, and by which file, command or module of PHP it is known to be there.
NEEDED = {
    "wordpress": "/usr/share/wordpress/wp-load.php",
    "wordpress-theme-twentytwentyone": "/usr/share/wordpress/wp-content/themes/twentytwentyone/style.css",
    "wordpress-theme-twentytwentythree": "/usr/share/wordpress/wp-content/themes/twentytwentythree/style.css",
    "mariadb-server": "/usr/sbin/mariadbd",
    "php-cli": "php",
    "php-mysql": "mysqli",
    "php-xml": "xml",
}


class NotInstalledError(Exception):
    """The machine lacks what a site needs, and this process may not install it."""


def install() -> None:
    """Install what is missing. Raises NotInstalledError, with a sentence, where that can't be done."""
    absent = missing()
    if not absent:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NotInstalledError(
            f"A real WordPress needs {', '.join(absent)}, which are missing here. "
            f"On Debian, as root: apt-get install --no-install-recommends {' '.join(absent)}"
        )
    # The database and the web server that Debian would start are not ours; at run level 1 none is started.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *absent],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotInstalledError(f"{' '.join(command)} failed: {done.stderr.strip()[-400:]}")


def missing() -> list[str]:
    """The packages that are not there."""
    modules = _php_modules()
    return [package for package, sign in NEEDED.items() if not (sign in modules or _is_there(sign))]


def _is_there(sign: str) -> bool:
    return Path(sign).exists() if sign.startswith("/") else shutil.which(sign) is not None


def _php_modules() -> set[str]:
    php = shutil.which("php")
    if php is None:
        return set()
    listed = subprocess.run([php, "-m"], capture_output=True, text=True, check=True)
    return {line.strip().lower() for line in listed.stdout.splitlines()}
