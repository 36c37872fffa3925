#!/usr/bin/env bash
# Submits one job to a running `serve` and waits up to 30 seconds for its answer.
# Usage: samples/submit.sh "Why is the sky blue?"
set -euo pipefail

url="${BROKER_URL:-http://127.0.0.1:8080}"
key="${BROKER_API_KEY:-$(cat "${BROKER_DATA:-data}/api.key")}"
prompt="${1:-Say hello in three languages.}"
text="${prompt//\\/\\\\}"
text="${text//\"/\\\"}"
text="${text//$'\n'/\\n}"

curl --silent --show-error --fail-with-body "$url/v1/jobs" \
  --header "Authorization: Bearer $key" \
  --header 'Content-Type: application/json' \
  --header 'Prefer: wait=30' \
  --data "{\"body\":{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"$text\"}]}}"
echo
