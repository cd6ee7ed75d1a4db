#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Whether the broker runs and its ports are open: status 0. It looks into the kernel's tables and connects to nothing, for
# each connection would leave two lines in the broker's log.

fail() {
    echo "$1"
    exit 1
}

# With `docker run --init` the broker is not process 1. The brackets keep grep from finding itself.
broker=$(grep -l 'io[.]culex[.]launch[.]Main' /proc/[0-9]*/cmdline 2>/dev/null | head -n 1)
[ -n "$broker" ] || fail "no broker runs"

argument() {
    tr '\0' '\n' <"$broker" | sed -n "/^\\($1\\|$2\\)\$/{n;p;}"
}

# The configuration that it was started with, and the files that this one includes.
conf=$(argument -c --config-file | tail -n 1)
set --
if [ -n "$conf" ]; then
    [ -r "$conf" ] || fail "$conf cannot be read"
    set -- "$conf"
    directory=$(sed -n 's/^ *include_dir  *//p' "$conf" | tr -d '\r' | tail -n 1)
    for file in "$directory"/*.conf; do
        [ -n "$directory" ] && [ -f "$file" ] && set -- "$@" "$file"
    done
fi
ports=$(sed -n 's/^ *\(listener\|port\)  *\([0-9][0-9]*\).*/\2/p' "$@" </dev/null)
# Without a listener: those of the command line, or the usual one.
ports=${ports:-$(argument -p --port)}

open=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    sed -n 's/^ *[0-9]*: [0-9A-F]*:\([0-9A-F]*\) [0-9A-F]*:[0-9A-F]* 0A .*/\1/p')
for port in ${ports:-1883}; do
    # Port 0 stands for a unix socket.
    [ "$port" = 0 ] && continue
    case " $(echo $open) " in
        *" $(printf '%04X' "$port") "*) ;;
        *) fail "nothing listens on port $port" ;;
    esac
done
echo "well"
