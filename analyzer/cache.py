"""Results that need not be computed again, kept in the user's cache folder: short numbers under hashes, nothing else.

One SQLite file, readable by the user alone and of bounded size. A cache may be lost at any time: what is damaged, outdated or
cannot be opened counts as empty, and no fault of it stops a run. Each value carries a checksum, so that a damaged one is
computed again and never used. What was used least lately goes first, counted in runs: no clock is read.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import AnalyzerError

FILE = "results.sqlite"
LIMIT = 64 * 1024 * 1024
"""Bytes of the file: room for about a thousand years of notes."""
KEPT = 0.75
"""Share of the entries that stay when the file is too large."""
KEY_BYTES, CHECK_BYTES = 16, 8
_SCHEMA = 1
_WAIT = 2.0
"""Seconds for which one run waits for another's write before it goes on without the cache."""
_AT_ONCE = 500
"""Keys of one query; SQLite takes at least 999."""
_BESIDE = ("", "-wal", "-shm", "-journal")
"""The files that SQLite makes for one database."""
_TABLE = "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"


class CacheError(AnalyzerError):
    """The cache could not be removed."""

    tip = "nothing depends on it: remove the file yourself, or run with --no-cache"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot remove {path}: {reason}")


@dataclass(frozen=True, slots=True)
class State:
    """What `analyzer cache` shows: bytes on the disk, entries, and why the cache is of no use, '' if it is."""

    size: int
    entries: int
    reason: str = ""


class Store:
    """A cache in one file. Nothing is opened before it is used, and nothing stays open."""

    def __init__(self, path: Path, limit: int = LIMIT) -> None:
        self.path = path
        self.limit = limit

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values that are there, and note that they were used.

        Args:
            keys: from `key_of`.
        """
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, bytes] = {}
        if wanted and self.path.is_file():
            self._try(lambda database: found.update(_read(database, wanted)))
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values; if that fails, they are computed again next time.

        Args:
            values: by key; plain numbers, never words of the notes.
        """
        if values:
            self._try(lambda database: _write(database, values, self.limit))

    def state(self) -> State:
        """Return how large the cache is, and whether it can be used."""
        if not self.path.is_file():
            there = next(folder for folder in self.path.parents if folder.exists())
            return State(0, 0, "" if os.access(there, os.W_OK) else f"{there} cannot be written")
        try:
            with closing(self._connect()) as database:
                (entries,) = database.execute("SELECT count(*) FROM results").fetchone()
        except (sqlite3.Error, OSError) as error:
            return State(self._size(), 0, str(error))
        return State(self._size(), entries)

    def clear(self) -> None:
        """Remove the cache.

        Raises:
            CacheError: a file of it cannot be removed.
        """
        for end in _BESIDE:
            file = self.path.with_name(self.path.name + end)
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                if file.exists():
                    raise CacheError(file, error.strerror or "cannot be removed") from error

    def _size(self) -> int:
        files = (self.path.with_name(self.path.name + end) for end in _BESIDE)
        return sum(file.stat().st_size for file in files if file.is_file())

    def _try(self, step: Callable[[sqlite3.Connection], None]) -> None:
        """Open the file for one step; what goes wrong ends the step and no more. A damaged file is thrown away."""
        try:
            with closing(self._connect()) as database:
                step(database)
        except sqlite3.OperationalError:  # in use for too long, read-only, disk full
            return
        except sqlite3.DatabaseError:  # no database, or a damaged one
            with suppress(CacheError):
                self.clear()
        except OSError:  # no folder to write to
            return

    def _connect(self) -> sqlite3.Connection:
        _make_private(self.path)
        database = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
        try:
            _prepare(database)
        except BaseException:
            database.close()
            raise
        return database


def _prepare(database: sqlite3.Connection) -> None:
    """Make the table where it is missing; one of another version is dropped."""
    database.execute("PRAGMA synchronous = OFF")  # a killed run is survived all the same, and a power cut costs a cache
    if database.execute("PRAGMA user_version").fetchone() == (_SCHEMA,):
        return
    database.execute("PRAGMA auto_vacuum = INCREMENTAL")
    with _transaction(database):
        if database.execute("PRAGMA user_version").fetchone() != (_SCHEMA,):  # another run may have been quicker
            database.execute("DROP TABLE IF EXISTS results")
            database.execute(_TABLE)
            database.execute(f"PRAGMA user_version = {_SCHEMA}")


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    with database:
        database.execute("BEGIN IMMEDIATE")
        yield


def _read(database: sqlite3.Connection, keys: list[bytes]) -> dict[bytes, bytes]:
    sound: dict[bytes, bytes] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = database.execute(f"SELECT key, value FROM results WHERE key IN ({marks})", some)  # noqa: S608
        sound |= {key: value[CHECK_BYTES:] for key, value in rows if _is_sound(key, value)}
    with suppress(sqlite3.OperationalError), _transaction(database):
        now = _next_run(database)
        database.executemany("UPDATE results SET used = ? WHERE key = ?", ((now, key) for key in sound))
    return sound


def _write(database: sqlite3.Connection, values: Mapping[bytes, bytes], limit: int) -> None:
    with _transaction(database):
        now = _next_run(database)
        rows = ((key, _check(key, value) + value, now) for key, value in values.items())
        database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
        _shrink(database, limit)
    database.execute("PRAGMA incremental_vacuum").fetchall()


def _shrink(database: sqlite3.Connection, limit: int) -> None:
    """Drop what was used least lately where the file has grown too large."""
    pages, free, size = (
        database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    used = (pages - free) * size
    if used <= limit:
        return
    (entries,) = database.execute("SELECT count(*) FROM results").fetchone()
    gone = entries - int(entries * KEPT * limit / used)
    oldest = "SELECT key FROM results ORDER BY used, key LIMIT ?"
    database.execute(f"DELETE FROM results WHERE key IN ({oldest})", (gone,))  # noqa: S608


def _next_run(database: sqlite3.Connection) -> int:
    """Return a number above that of everything used before."""
    (last,) = database.execute("SELECT coalesce(max(used), 0) FROM results").fetchone()
    return int(last) + 1


def default_store() -> Store:
    """Return the cache of the user who runs the program; nothing is made before something is kept in it."""
    return Store(folder() / FILE)


def told(store: Store) -> str:
    """Return what there is to say about a cache, a line for its path and one for its size."""
    state = store.state()
    if state.reason:
        return f"{store.path}\n  not used, runs go on without it: {state.reason}"
    return f"{store.path}\n  {state.size / 1024:,.0f} KB of at most {store.limit / 1024:,.0f} KB, results: {state.entries:,}"


def folder() -> Path:
    """Return where this user's programs keep what can be lost: by the XDG rules, or as macOS and Windows have it."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if Path(given).is_absolute():  # the rules have a relative path ignored
        return Path(given) / "analyzer"
    local = os.environ.get("LOCALAPPDATA", "")
    if sys.platform == "win32" and local:
        return Path(local) / "analyzer" / "Cache"
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is none
    if not home.is_absolute():
        home = Path(os.devnull)  # no folder can be made there, so nothing is kept
    return home / "Library" / "Caches" / "analyzer" if sys.platform == "darwin" else home / ".cache" / "analyzer"


def key_of(kind: str, *parts: str) -> bytes:
    """Return the key of a result: a hash of everything that it depends on.

    Args:
        kind: what is computed, and by what: names and fingerprints.
        parts: what it is computed from.
    """
    digest = hashlib.blake2b(digest_size=KEY_BYTES)
    for part in (kind, *parts):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()


def _check(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(key + value, digest_size=CHECK_BYTES).digest()


def _is_sound(key: object, value: object) -> bool:
    return (
        isinstance(key, bytes) and isinstance(value, bytes) and value[:CHECK_BYTES] == _check(key, value[CHECK_BYTES:])
    )


def _make_private(path: Path) -> None:
    """Make the folder and the file for the user alone; a folder of somebody else's, or a link, is not used.

    Raises:
        OSError: it cannot be made, or is another's.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _refuse_unless_mine(path.parent.lstat(), path.parent, is_kind=stat.S_ISDIR)
    if (mode := path.parent.stat().st_mode) & 0o077:
        path.parent.chmod(stat.S_IMODE(mode) & 0o700)
    number = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        _refuse_unless_mine(os.fstat(number), path, is_kind=stat.S_ISREG)
        if hasattr(os, "fchmod"):
            os.fchmod(number, 0o600)
    finally:
        os.close(number)


def _refuse_unless_mine(found: os.stat_result, path: Path, *, is_kind: Callable[[int], bool]) -> None:
    mine = sys.platform == "win32" or found.st_uid == os.getuid()
    if not (mine and is_kind(found.st_mode)):
        raise PermissionError(errno.EACCES, "belongs to somebody else, or is a link", str(path))
