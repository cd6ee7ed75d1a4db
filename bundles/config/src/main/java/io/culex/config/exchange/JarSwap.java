// SPDX-License-Identifier: Apache-2.0
package io.culex.config.exchange;

import io.culex.api.admin.Operation.RefusedException;
import io.culex.api.config.Reload;
import io.culex.config.provision.JarBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.osgi.framework.Bundle;

/**
 * Exchanges the jar that a plugin line names: the file first, then by a reload, which makes the new one beside the old. When that is
 * refused, the old file is back. Blocks; not on an event loop.
 */
final class JarSwap {
    private final Bundle bundle;
    private final Reload reload;

    JarSwap(Bundle bundle, Reload reload) {
        this.bundle = bundle;
        this.reload = reload;
    }

    String to(PluginSource source) throws RefusedException {
        Path file = JarBundles.path(bundle);
        Path old = file.resolveSibling(file.getFileName() + ".old");
        try {
            Files.copy(file, old, StandardCopyOption.REPLACE_EXISTING);
            replace(file, source.bytes());
            Reload.Result result = reload.reload();
            if (!result.changed()) {
                replace(file, Files.readAllBytes(old));
                Files.delete(old);
                throw new RefusedException(result.message());
            }
            return file + " was exchanged; the one before is " + old + ".";
        } catch (IOException e) {
            throw new RefusedException(file + " cannot be exchanged: " + e);
        }
    }

    /** Nobody ever reads half a file. */
    private static void replace(Path file, byte[] bytes) throws IOException {
        Path made = file.resolveSibling(file.getFileName() + ".new");
        Files.write(made, bytes);
        Files.move(made, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
