"""A PostgreSQL that several programs share, and that a test may take away and give back."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql/15/bin")


class TempPostgres:
    """Durable as in production; gone when left."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="pleiade-postgres-", dir="/tmp"))
        self.owner = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.owner = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
        self._call("initdb", "-D", "data", "-U", "pleiade", "--auth", "trust", "--encoding", "UTF8", "--locale", "C")
        self.start()
        self._call("createdb", "-h", self.folder, "-U", "pleiade", "pleiade")
        return self

    def __exit__(self, kind, error, trace):
        self._call("pg_ctl", "-D", "data", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self):
        return self.url_of("pleiade")

    def url_of(self, user):
        return f"postgresql:///pleiade?host={self.folder}&user={user}"

    def start(self):
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c log_error_verbosity=terse"
        self._call("pg_ctl", "-D", "data", "-l", "log", "-w", "-t", "120", "start", "-o", options)

    def stop(self):
        """As when its machine goes down: no word to anybody."""
        self._call("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    def create(self, name, template="template1"):
        """One more database."""
        self._call("createdb", "-h", self.folder, "-U", "pleiade", "-T", template, name)

    def drop(self, name):
        self._call("dropdb", "-h", self.folder, "-U", "pleiade", "--force", name)

    def value(self, query, name="pleiade"):
        """The one field of the one row, as text."""
        command = [PROGRAMS / "psql", "-XAtq", "-h", self.folder, "-U", "pleiade", name, "-c", query]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()

    def _call(self, program, *arguments, check=True):
        subprocess.run(
            [*self.owner, PROGRAMS / program, *map(str, arguments)], cwd=self.folder, check=check, timeout=180,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
