// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Whose a file is and who may read it, so that a file that was replaced is the broker's as before, also when root did it.
 *
 * @param attributes null where files have none
 */
record Ownership(@Nullable PosixFileAttributes attributes) {
    static Ownership of(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return new Ownership(view == null ? null : view.readAttributes());
    }

    void giveTo(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || attributes == null) {
            return;
        }
        PosixFileAttributes now = view.readAttributes();
        if (!attributes.group().equals(now.group())) {
            view.setGroup(attributes.group());
        }
        if (!attributes.owner().equals(now.owner())) {
            view.setOwner(attributes.owner());
        }
        view.setPermissions(attributes.permissions());
    }
}
