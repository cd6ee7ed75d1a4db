// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import io.culex.security.file.InvalidFileException;
import io.culex.security.file.PluginOptions;
import java.nio.file.Path;

/**
 * What the configuration says.
 *
 * @param plugin the plugin's name
 * @param file the ACL file
 * @param watch whether a change on disk is taken by itself
 */
record Settings(String plugin, Path file, boolean watch) {
    static Settings of(AclFile.Config config) throws InvalidFileException {
        PluginOptions options = new PluginOptions("acl-file");
        return new Settings(
                config.culex_plugin(),
                options.file("acl_file", config.acl__file()),
                options.flag("watch", config.watch()));
    }
}
