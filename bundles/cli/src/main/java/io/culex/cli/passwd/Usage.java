// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

/** The text of {@code --help}. */
final class Usage {
    static final String TEXT =
            """
            culex_passwd is a tool for managing password files for culex and mosquitto.

            Usage: culex_passwd [-H hash] [-I iterations] [-c | -D] passwordfile username
                   culex_passwd [-H hash] [-I iterations] [-c] -b passwordfile username password
                   culex_passwd [-H hash] [-I iterations] [-c] -b passwordfile -
                   culex_passwd [-H hash] [-I iterations] -U passwordfile
             -b : run in batch mode to allow passing passwords on the command line; with - in
                  place of the username, lines username:password are read from standard input.
             -c : create a new password file. This will overwrite existing files.
             -D : delete the username rather than adding/updating its password.
             -H : specify the hashing algorithm: sha512-pbkdf2 (the default), argon2id or sha512.
             -I : the number of iterations of sha512-pbkdf2, 210000 by default.
             -U : update a plain text password file to use hashed passwords.

            A passwordfile of - is standard output for -c, and otherwise read from standard input
            and written to standard output. A new file of root's is given to PUID and PGID of the
            environment, as whom the broker runs in a container.
            """;

    private Usage() {}
}
