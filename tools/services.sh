# What the tests need beside Python. Sourced by other scripts, from the top of the clone.
# Every function leaves its answer in a variable, "" when the thing cannot be had.

# install PACKAGE: Debian's package, when this user may.
install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "Installing Debian's package $1 ..." >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get install --yes --no-install-recommends "$1" >/dev/null 2>&1 ||
        { apt-get update >/dev/null 2>&1 &&
            apt-get install --yes --no-install-recommends "$1" >/dev/null; }
}

# find_chromium: KSBB_CHROMIUM is the browser to drive.
find_chromium() {
    chromium_known || install chromium && chromium_known || KSBB_CHROMIUM=
    export KSBB_CHROMIUM
}

chromium_known() {
    KSBB_CHROMIUM=${KSBB_CHROMIUM:-$(command -v chromium || command -v chromium-browser ||
        command -v google-chrome || true)}
    [ -x "$KSBB_CHROMIUM" ]
}

# find_postgresql: postgresql is the address of a server, ours or one that was named.
find_postgresql() {
    postgresql=${KSBB_TEST_POSTGRES:-}
    case ${DATABASE_URL:-} in postgres*) postgresql=${postgresql:-$DATABASE_URL} ;; esac
    [ -z "$postgresql" ] || return 0
    binaries_known || install postgresql && binaries_known || return 0
    start_postgresql
}

binaries_known() {
    binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$binaries" ] || binaries=$(dirname "$(command -v initdb || echo /)")
    [ -x "$binaries/initdb" ] && [ -x "$binaries/pg_ctl" ]
}

# start_postgresql: a private server for this run, with its own password, on a free port.
# With durable set it keeps its promises over a power cut, as a benchmark wants it.
start_postgresql() {
    cluster=$(mktemp -d)
    password=$(.venv/bin/python -c 'import secrets; print(secrets.token_hex(16))')
    port=$(.venv/bin/python -c 'import socket
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    print(probe.getsockname()[1])')
    (umask 077 && echo "$password" >"$cluster/password")
    # PostgreSQL refuses to run as root.
    as_owner=
    if [ "$(id -u)" = 0 ]; then
        chown -R postgres "$cluster"
        as_owner='runuser -u postgres --'
    fi
    trap stop_postgresql EXIT
    trap 'exit 130' INT TERM
    (
        cd "$cluster"
        $as_owner "$binaries/initdb" --pgdata=data --username=ksbb --auth=scram-sha-256 \
            --pwfile=password --encoding=UTF8 --locale=C.UTF-8 --no-sync >initdb.log
        options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        options="$options -c max_connections=200"
        [ -n "${durable:-}" ] || options="$options -c fsync=off -c full_page_writes=off"
        $as_owner "$binaries/pg_ctl" --pgdata=data --wait --silent --log=server.log \
            --options="$options" start
    )
    postgresql=postgres://ksbb:$password@127.0.0.1:$port/postgres
}

stop_postgresql() {
    $as_owner "$binaries/pg_ctl" --pgdata="$cluster/data" --mode=immediate --silent stop || true
    rm -rf "$cluster"
}
