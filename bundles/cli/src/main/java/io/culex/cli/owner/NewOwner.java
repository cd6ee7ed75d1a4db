// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.owner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * To whom a file belongs that root makes: {@code PUID} and {@code PGID}, as whom the broker runs in a container. It would not be able to
 * read root's.
 *
 * @param uid a number; empty when nobody is named
 * @param gid likewise
 */
public record NewOwner(String uid, String gid) {
    /** Whom these variables name; nobody, when they are missing. */
    public static NewOwner in(Map<String, String> environment) {
        String uid = environment.getOrDefault("PUID", "");
        String gid = environment.getOrDefault("PGID", uid);
        return new NewOwner(uid, gid);
    }

    /** Gives the file to them; where that is not possible, as for all but root, it stays its maker's, and one line says so. */
    public void take(Path file, Consumer<String> warnings) {
        if (uid.isEmpty()) {
            return;
        }
        try {
            int user = Integer.parseInt(uid);
            Files.setAttribute(file, "unix:gid", Integer.parseInt(gid));
            Files.setAttribute(file, "unix:uid", user);
        } catch (NumberFormatException e) {
            warnings.accept("Warning: " + file + " belongs to who made it: PUID " + uid + " and PGID " + gid
                    + " must be numbers.");
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            warnings.accept("Warning: " + file + " belongs to who made it, not to PUID " + uid + " and PGID " + gid
                    + ": " + e.getMessage() + ".");
        }
    }
}
