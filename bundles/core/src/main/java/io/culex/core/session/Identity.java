// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

/** Whose session it is: a Client Identifier behind a mount point. */
public record Identity(String mountPoint, String clientId) {
    /** The key in the directory. */
    public String key() {
        return Directory.key(mountPoint, clientId);
    }
}
