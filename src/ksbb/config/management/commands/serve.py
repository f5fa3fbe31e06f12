"""`ksbb serve`: the production server, also behind `make demo`."""

from __future__ import annotations

import os
import signal
import socket
from threading import Thread
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ksbb.config.settings.database import BUSY_SECONDS, THREADS
from ksbb.demo.people import ACCOUNTS, PASSWORD

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

LAST_PORT: Final = 65535

LAST_REQUEST_SECONDS: Final = 2 * BUSY_SECONDS
"""How long a process that is to stop may go on answering before it is killed."""


class Command(BaseCommand):
    """Serve until Ctrl-C or SIGTERM, each process with several threads."""

    help = "Serve the platform (one process per core; one in all on SQLite)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", default=8000, type=int, help="port to listen on")
        parser.add_argument("--workers", default=_workers(), type=int, help="processes")
        parser.add_argument("--check", action="store_true", help="say whether it could start")

    def handle(self, *, host: str, port: int, workers: int, check: bool, **options: object) -> None:
        """Refuse with a sentence what cannot work, then serve."""
        _check_port(host, port)
        if check:
            return
        _check_database()
        _check_static_files()
        self.stdout.write(_("KSBB answers at {url}").format(url=_url(host, port)))
        if settings.DEMO:
            self._introduce_the_demo()
        self.stdout.write(_("To stop it press Ctrl-C."))
        self.stdout.flush()
        _hear_ctrl_c_alone()
        Granian(
            "ksbb.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            workers_kill_timeout=LAST_REQUEST_SECONDS,
        ).serve()

    def _introduce_the_demo(self) -> None:
        self.stdout.write(_("Accounts, password {password}:").format(password=PASSWORD))
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email}  {account.duty}")


def _workers() -> int:
    # SQLite has one writer at a time, and its readers are not slow: threads serve it well.
    return 1 if connection.vendor == "sqlite" else len(os.sched_getaffinity(0))


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _hear_ctrl_c_alone() -> None:
    """Turn the interrupt of a terminal into one SIGTERM to this process.

    A terminal interrupts the processes that answer as well, and Granian interrupts them once more:
    one that hears it twice hangs, and this one waits for it. A signal that is blocked here is
    blocked in what is started from here.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    Thread(target=_pass_on, daemon=True).start()


def _pass_on() -> None:
    signal.sigwait({signal.SIGINT})
    os.kill(os.getpid(), signal.SIGTERM)


def _check_port(host: str, port: int) -> None:
    """Refuse a port that is taken: Granian would share it, and either server would answer."""
    if not 0 < port <= LAST_PORT:
        message = _("{port} is not a port. Choose a number from 1 to 65535.")
        raise CommandError(message.format(port=port))
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        message = _(
            "Port {port} on {host} cannot be used ({reason}). Choose another, as PORT=8001."
        )
        message = message.format(host=host, port=port, reason=error.strerror)
        raise CommandError(message) from error


def _check_database() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(_("The database is not up to date. Run `ksbb migrate` first."))
    # The processes that follow open connections of their own.
    connection.close()


def _check_static_files() -> None:
    collected = settings.STATIC_ROOT
    if collected and not (collected / "staticfiles.json").is_file():
        raise CommandError(_("Run `ksbb collectstatic` first: style sheets are not in place."))
