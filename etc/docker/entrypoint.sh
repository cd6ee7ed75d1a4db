#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the container begins with: gives the folders that the broker writes to PUID:PGID, then becomes the command, which
# becomes the broker. So process 1 is the broker itself, with its own signals and exit status.

# Process 1 gets only those signals that it asks for: a stop is heard also while folders change hands.
trap 'exit 0' TERM INT

say() {
    echo "$(date +%s): $1" >&2
}

# Options alone are for the broker.
case "${1:--}" in
    -) set -- /usr/sbin/mosquitto -c /mosquitto/config/mosquitto.conf ;;
    -*) set -- /usr/sbin/mosquitto "$@" ;;
esac

# Other commands of the image, and other users than root (`docker run --user`), take things as they are.
case "${1##*/}" in
    mosquitto | culex) [ "$(id -u)" = 0 ] || exec "$@" ;;
    *) exec "$@" ;;
esac

export PUID="${PUID:-1883}" PGID="${PGID:-1883}"
case "$PUID$PGID" in
    *[!0-9]*)
        say "Error: PUID '$PUID' and PGID '$PGID' must be numbers."
        exit 1
        ;;
esac

for folder in /mosquitto/data /mosquitto/log; do
    [ -d "$folder" ] || continue
    find "$folder" \( ! -user "$PUID" -o ! -group "$PGID" \) -exec chown -h "$PUID:$PGID" {} + ||
        say "Warning: Not all of $folder can be given to $PUID:$PGID."
done

# The configuration belongs to whoever wrote it. What the broker will not be able to read is named here, all at once.
setpriv --reuid="$PUID" --regid="$PGID" --clear-groups find /mosquitto/config ! -readable 2>/dev/null |
    while IFS= read -r file; do
        say "Warning: $file cannot be read by $PUID:$PGID, whom the broker becomes."
    done

exec "$@"
