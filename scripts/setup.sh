#!/bin/sh
# Makes .venv ready: system libraries (root is asked for only when one is missing), then packages.
# With "keys" it only sees to what `make keys` needs: a screen without a monitor and a keyboard.
set -eu
cd "$(dirname "$0")/.."

missing=""
need_library() { # library file, Debian package
    ldconfig -p 2>/dev/null | grep -q "$1" || missing="$missing $2"
}
need_command() { # command, Debian package
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}

if command -v apt-get >/dev/null 2>&1; then
    PATH="$PATH:/sbin:/usr/sbin"
    if [ "${1:-}" = keys ]; then
        need_command Xvfb xvfb
        need_command xdotool xdotool
        need_command openbox openbox
    fi
    need_library libEGL.so.1 libegl1
    need_library libGL.so.1 libgl1
    need_library libxkbcommon.so.0 libxkbcommon0
    need_library libxkbcommon-x11.so.0 libxkbcommon-x11-0
    need_library libdbus-1.so.3 libdbus-1-3
    need_library libxcb-cursor.so.0 libxcb-cursor0
    need_library libxcb-icccm.so.4 libxcb-icccm4
    need_library libxcb-keysyms.so.1 libxcb-keysyms1
    need_library libxcb-image.so.0 libxcb-image0
    need_library libxcb-render-util.so.0 libxcb-render-util0
    need_library libxcb-shape.so.0 libxcb-shape0
    need_library libfontconfig.so.1 libfontconfig1
    need_library libpulse.so.0 libpulse0
    need_command pdftoppm poppler-utils
    python3 -c 'import venv, ensurepip' 2>/dev/null || missing="$missing python3 python3-venv"
    if [ -n "$missing" ]; then
        echo "Installing system packages:$missing"
        if [ "$(id -u)" = 0 ]; then root=""; else root="sudo"; fi
        $root apt-get update -qq
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing
    fi
fi

[ "${1:-}" != keys ] || exit 0
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed; this machine has $(python3 --version)." >&2
    exit 1
}
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
