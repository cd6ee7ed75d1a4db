# SPDX-License-Identifier: Apache-2.0
# What the command line tools have in common. They read it with $home set to the installation.

java=${JAVA_HOME:+$JAVA_HOME/bin/java}
if ! command -v "${java:=java}" >/dev/null; then
    echo "Error: No Java found; set JAVA_HOME." >&2
    exit 1
fi

# Arguments are UTF-8 also where the environment says nothing, or names a locale that is not installed, as that of another
# machine may be, which ssh brings along: Java would read every byte that is not ASCII as the same character, in passwords, too.
# Java takes all of it or nothing: the command `locale` warns where a part, such as LC_TIME, is missing.
locale=${LC_ALL:-${LC_CTYPE:-$LANG}}
case "${locale:-C}/$(command -v locale >/dev/null && locale charmap 2>&1)" in
    C/* | POSIX/* | */ANSI_X3.4-1968 | */US-ASCII | *' '*) LC_ALL=C.UTF-8 && export LC_ALL ;;
esac

terminal=false
[ -t 0 ] && terminal=true

# Sets $classpath to the jars of these folders of the repository; the newest of several versions comes first.
find_jars() {
    classpath=
    for folder in "$@"; do
        for jar in "$home/system/$folder"/*/*.jar; do
            classpath=$jar${classpath:+:}$classpath
        done
    done
}
