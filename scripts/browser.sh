#!/bin/sh
# Installs what the desk's tests drive: Debian's Chromium, its driver, and a Chinese typeface.
set -eu
if [ -x /usr/bin/chromium ] && [ -x /usr/bin/chromedriver ]; then
  exit 0
fi
if ! command -v apt-get > /dev/null; then
  echo "The desk's tests need /usr/bin/chromium and /usr/bin/chromedriver; install them and run again." >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  as_root="sudo"
fi
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-wqy-zenhei
