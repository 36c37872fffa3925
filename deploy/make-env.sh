#!/bin/sh
# Writes .env with fresh secrets for docker-compose.yml, unless there is one already.
set -eu
cd "$(dirname "$0")/.."
if [ -e .env ]; then
  echo ".env is there already; delete it first if you want new secrets (and the volumes, which hold the old passwords)." >&2
  exit 1
fi
random() { head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
umask 077
cat > .env <<EOF
POSTGRES_PASSWORD=$(random)
RABBITMQ_PASSWORD=$(random)
BROKER_ADMIN_KEY=sk-brk-admin-$(random)
BROKER_API_KEY=sk-brk-$(random)
# Keys of providers, for example:
#OPENAI_API_KEY=
EOF
echo "Wrote .env"
