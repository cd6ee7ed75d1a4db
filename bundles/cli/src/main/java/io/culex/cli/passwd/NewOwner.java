// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * To whom a file belongs that root makes: {@code PUID} and {@code PGID}, as whom the broker runs in a container. It would not be able to
 * read root's.
 */
record NewOwner(String uid, String gid) {
    /** Whom these variables name; nobody, when they are missing or no numbers. */
    static NewOwner in(Map<String, String> environment) {
        String uid = environment.getOrDefault("PUID", "");
        String gid = environment.getOrDefault("PGID", uid);
        return new NewOwner(uid, gid);
    }

    /** Gives the file to them, when that is possible: only root may. */
    void take(Path file) {
        try {
            int user = Integer.parseInt(uid);
            Files.setAttribute(file, "unix:gid", Integer.parseInt(gid));
            Files.setAttribute(file, "unix:uid", user);
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            // Then it belongs to whoever made it, as everywhere else.
        }
    }
}
