// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import io.culex.security.file.InvalidFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An ACL file of a test, and what it says. */
final class Acl {
    static final Path FILE = Path.of("/etc/acl");

    final Rules rules;
    final List<String> warnings = new ArrayList<>();

    Acl(String... lines) throws InvalidFileException {
        rules = new AclFileFormat().parse(FILE, List.of(lines), warnings::add);
    }

    boolean reads(@Nullable String user, String client, String topic) {
        return rules.decide(Grant.READ, client, user, topic) == Rules.Decision.ALLOWED;
    }

    boolean writes(@Nullable String user, String client, String topic) {
        return rules.decide(Grant.WRITE, client, user, topic) == Rules.Decision.ALLOWED;
    }

    /** {@code r}, {@code w}, {@code rw} or {@code -}. */
    String may(@Nullable String user, String client, String topic) {
        String may = (reads(user, client, topic) ? "r" : "") + (writes(user, client, topic) ? "w" : "");
        return may.isEmpty() ? "-" : may;
    }
}
