// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.nio.file.Path;

/** Knows the passwords of encrypted keys, or whom to ask. */
@FunctionalInterface
public interface KeyPassword {
    /**
     * The password of a key; may block, as a person may be asked.
     *
     * @throws IOException when there is none; the message says why
     */
    char[] of(Path keyfile) throws IOException;
}
