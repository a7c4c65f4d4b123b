"""PostgreSQL with every subscription as a stored `tsquery`, read through for each article.

A private cluster in the work folder: unix socket only, shared_buffers 1 GB, jit and parallel workers off, no fsync.
Asked through psql; the CPU time is the backend's own, from /proc.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench.scale.data import Work
from bench.scale.lemmatised import Lemmatiser, tsquery, tsvector
from bench.scale.missing import Missing

_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "1GB",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "fsync": "off",
    "autovacuum": "off",
    "max_wal_size": "4GB",
}
_PORT = "54399"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresFigures:
    """CPU microseconds of the backend per article (least over the passes) and of adding one query."""

    cpu: float
    found_per_document: float
    add_us: float
    table_mb: float


class Cluster:
    """A server of ours in a folder, run as `postgres` where we are root: it refuses to run as root."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bin = _binaries()
        self._as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []

    @property
    def version(self) -> str:
        """As it calls itself."""
        return self._run("postgres", "--version").strip().replace("postgres (PostgreSQL)", "PostgreSQL")

    @contextmanager
    def running(self) -> Iterator["Session"]:
        """A session with an empty database; the server ends with it."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        if self._as:
            shutil.chown(self._folder, "postgres", "postgres")
        data, socket = str(self._folder / "data"), str(self._folder)
        self._run("initdb", "-D", data, "-U", "bench", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        options = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
        options += f" -c unix_socket_directories='{socket}' -c port={_PORT}"
        self._run("pg_ctl", "start", "-w", "-D", data, "-l", str(self._folder / "log"), "-o", options)
        try:
            with Session(socket) as session:
                yield session
        finally:
            self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)

    def _run(self, program: str, *arguments: str) -> str:
        # A pipe would be held open by the server that pg_ctl starts: its output goes to a file.
        done = subprocess.run(
            [*self._as, self._bin / program, *arguments],
            cwd="/",
            stdout=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
            stderr=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise Missing(f"{program}: {(done.stderr or 'failed').strip()}")
        return done.stdout or ""


def _binaries() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not installed or not shutil.which("psql"):
        raise Missing("no PostgreSQL: apt-get install postgresql")
    return installed[-1].parent


class Session:
    """One psql, kept open."""

    def __init__(self, socket: str) -> None:
        command = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", socket, "-p", _PORT, "-U", "bench", "postgres"]
        self._psql = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._numbers = count()

    def __enter__(self) -> "Session":
        self._backend = int(self.ask("SELECT pg_backend_pid();")[0])
        return self

    def __exit__(self, *_: object) -> None:
        self._psql.communicate("\\q\n")

    def ask(self, statement: str) -> list[str]:
        """The lines of the answer."""
        sent, answered = self._psql.stdin, self._psql.stdout
        assert sent
        assert answered
        mark = f"-- end {next(self._numbers)}"
        sent.write(f"{statement}\n\\echo '{mark}'\n")
        sent.flush()
        lines: list[str] = []
        for line in answered:
            if line.rstrip("\n") == mark:
                return lines
            lines.append(line.rstrip("\n"))
        raise RuntimeError(f"psql gave up at: {statement[:200]}")

    def cpu(self) -> float:
        """Microseconds that the backend has run."""
        return int(Path(f"/proc/{self._backend}/schedstat").read_text().split()[0]) / 1e3


def measure(work: Work, size: int, session: Session, *, documents: int, passes: int) -> PostgresFigures:
    """Loads the subscriptions and asks which of them each of so many articles answers."""
    lemmatiser = Lemmatiser(work, size)
    file = work.folder / "postgres" / "subscriptions.tsv"
    told = {number: tsquery(node) for number, node in lemmatiser.queries}
    with file.open("w", encoding="utf-8") as rows:
        for subscription, number in enumerate(work.follows(size).tolist()):
            if number in told:
                rows.write(f"{subscription}\t{told[number]}\n")
    session.ask("SET client_min_messages = warning; DROP TABLE IF EXISTS subscription;")
    session.ask("CREATE TABLE subscription (id integer PRIMARY KEY, query tsquery);")
    session.ask(f"\\copy subscription FROM '{file}'")
    session.ask("VACUUM ANALYZE subscription; CHECKPOINT;")
    size_in_bytes = int(session.ask("SELECT pg_total_relation_size('subscription');")[0])
    articles = [tsvector(lemmatiser.read(document)) for document in work.documents()[:documents]]
    least, found = [float("inf")] * len(articles), 0
    for _ in range(passes):
        found = 0
        for at, article in enumerate(articles):
            before = session.cpu()
            answer = session.ask(f"SELECT count(*) FROM subscription WHERE $q${article}$q$::tsvector @@ query;")
            least[at] = min(least[at], session.cpu() - before)
            found += int(answer[0])
    adding = []
    for number in range(50):
        before = session.cpu()
        session.ask(f"INSERT INTO subscription VALUES ({10**8 + number}, $q$'нове{number}' & 'президент'$q$::tsquery);")
        adding.append(session.cpu() - before)
    return PostgresFigures(
        cpu=sum(least) / len(least),
        found_per_document=found / len(articles),
        add_us=sorted(adding)[len(adding) // 2],
        table_mb=size_in_bytes / 1e6,
    )
