#!/usr/bin/env bash
# Builds everything once and runs every test. The last line is the sum: "N passed, N failed".
# Brings what the tests need where it is missing: RabbitMQ and PostgreSQL (from Debian's packages, unless Docker answers) and Node.
# One PostgreSQL and one RabbitMQ of its own serve the whole run, on free ports and in temporary folders; they end with it.
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '== %s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo -n "$@"
  else
    say "Root is needed for: $*"
    return 1
  fi
}

docker_answers() { command -v docker >/dev/null && timeout 10 docker info >/dev/null 2>&1; }

has_postgres() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

missing_packages() {
  local packages=()
  if ! docker_answers; then
    [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || packages+=(rabbitmq-server)
    has_postgres || packages+=(postgresql)
  fi
  command -v node >/dev/null || packages+=(nodejs)
  command -v npm >/dev/null || packages+=(npm)
  echo "${packages[@]}"
}

# Debian starts a server with its package. Ours are private, so those that this script brought are stopped again.
stop_packaged_servers() {
  local package service
  for package in "$@"; do
    case $package in
      rabbitmq-server | postgresql) service=$package ;;
      *) continue ;;
    esac
    if [ -d /run/systemd/system ]; then as_root systemctl disable --now "$service" >/dev/null 2>&1 || true
    else as_root service "$service" stop >/dev/null 2>&1 || true
    fi
  done
}

install_missing() {
  local packages
  read -r -a packages <<<"$(missing_packages)"
  [ ${#packages[@]} -gt 0 ] || return 0
  say "Installing ${packages[*]}"
  if ! command -v apt-get >/dev/null; then
    say "Please install ${packages[*]}, or start Docker"
    return 1
  fi
  if ! { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"; } >&2; then
    say "Could not install ${packages[*]}: see above. Install them yourself, or start Docker for the servers, and run this again"
    return 1
  fi
  stop_packaged_servers "${packages[@]}"
}

# The servers end when their standard input closes, so also when this script is interrupted or killed. They are a coprocess because the
# programs that this script starts do not inherit a coprocess's pipes: one of them that lived on would keep the servers.
start_servers() {
  local line
  say "Starting PostgreSQL and RabbitMQ"
  coproc SERVERS { exec dotnet artifacts/bin/InferenceBroker.Testing/release/InferenceBroker.Testing.dll; }
  servers_pid=$SERVERS_PID servers_out=${SERVERS[0]} servers_in=${SERVERS[1]}
  while IFS= read -r -u "$servers_out" line; do
    [ -n "$line" ] || return 0
    export "${line?}"
  done
  say "The servers of the tests did not start"
  return 1
}

stop_servers() {
  [ -n "${servers_pid:-}" ] || return 0
  exec {servers_in}>&-
  wait "$servers_pid" 2>/dev/null || true
  servers_pid=
}

# Reads "Passed: 12" and the like from the summaries that dotnet test prints, one for each project.
sum_of() { grep -oE "$1: +[0-9]+" "$2" | grep -oE '[0-9]+$' | awk '{ sum += $1 } END { print sum + 0 }' || true; }

run_tests() {
  local log=$1 project status=0
  for project in tests/*.Tests/*.csproj; do
    say "$(basename "$project" .csproj)"
    # --blame-hang ends a test that never would.
    dotnet test "$project" -c Release --no-build --nologo -v q --blame-hang-timeout 5m --blame-hang-dump-type none 2>&1 | tee -a "$log" || {
      status=1
      echo "$project" >>"$log.failed"
    }
  done
  return $status
}

main() {
  local log status=0 passed failed skipped
  results=$(mktemp -d) # not local: the trap reads it after main
  trap 'stop_servers; rm -rf "$results"' EXIT
  log=$results/tests.log
  touch "$log"

  install_missing
  say "Restoring tools and packages"
  dotnet tool restore >&2
  dotnet restore --locked-mode -v q >&2
  say "Checking the formatting"
  dotnet csharpier check . >&2
  say "Building"
  dotnet build -c Release --no-restore -v q >&2

  start_servers
  run_tests "$log" || status=1
  passed=$(sum_of Passed "$log")
  failed=$(sum_of Failed "$log")
  skipped=$(sum_of Skipped "$log")
  # A project that broke down before it could count its failures has failed too.
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    say "Broke down: $(tr '\n' ' ' <"$log.failed")"
    failed=$(wc -l <"$log.failed")
  fi
  [ "$passed" -gt 0 ] || status=1

  if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"
  else echo "$passed passed, $failed failed"
  fi
  return $status
}

main "$@"
