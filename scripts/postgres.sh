#!/bin/sh
# A PostgreSQL server for the tests: `install` gets Debian's where there is none, `start DIR` and `stop DIR`
# run one of our own, `halt DIR` and `resume DIR` take it away for a while. It listens at a socket in DIR alone, so that no server of the machine is touched, and
# does not wait for the disk: what is in it goes with DIR.
set -eu

# The newest that is here.
binaries() {
  for found in $(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -rV) $(command -v initdb | xargs -r dirname); do
    if [ -x "$found/initdb" ] && [ -x "$found/pg_ctl" ]; then
      echo "$found"
      return
    fi
  done
}

# The server refuses to run as root.
as_owner() {
  if [ "$(id -u)" -eq 0 ]; then
    runuser -u "$owner" -- "$@"
  else
    "$@"
  fi
}

# In the folder of the server.
up() {
  as_owner "$bin/pg_ctl" -D data -l "$PWD/log" -w -s start -o "-k '$PWD' -c listen_addresses= -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_connections=300"
}

owner=nobody
if id postgres > /dev/null 2>&1; then
  owner=postgres
fi
bin=$(binaries)

case "${1-}" in
  install)
    if [ -n "$bin" ]; then
      exit 0
    fi
    if ! command -v apt-get > /dev/null; then
      echo "The tests need a PostgreSQL server's initdb and pg_ctl; install it and run again." >&2
      exit 1
    fi
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
      as_root="sudo"
    fi
    $as_root apt-get update -qq
    $as_root apt-get install -y -qq --no-install-recommends postgresql
    ;;
  start)
    if [ -z "$bin" ]; then
      echo "There is no PostgreSQL server here: sh scripts/postgres.sh install" >&2
      exit 1
    fi
    mkdir -p "$2"
    cd "$2"
    if [ "$(id -u)" -eq 0 ]; then
      chown "$owner" .
    fi
    # Words in the order of a language, not of their bytes, where the server can: what counts on it is found.
    order=""
    if "$bin/initdb" --help | grep -q icu-locale; then
      order="--locale-provider=icu --icu-locale=zh"
    fi
    as_owner "$bin/initdb" -D data -U investbot -A trust -E UTF8 --locale=C.UTF-8 $order --no-sync > initdb.log
    up
    ;;
  halt)
    cd "$2"
    as_owner "$bin/pg_ctl" -D data -m fast -w -s stop
    ;;
  resume)
    cd "$2"
    up
    ;;
  stop)
    cd "$2"
    if as_owner "$bin/pg_ctl" -D data status > /dev/null; then
      as_owner "$bin/pg_ctl" -D data -m immediate -w -s stop
    fi
    cd /
    rm -rf "$2"
    ;;
  *)
    echo "usage: postgres.sh install | start DIR | halt DIR | resume DIR | stop DIR" >&2
    exit 2
    ;;
esac
