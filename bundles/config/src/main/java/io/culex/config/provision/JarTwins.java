// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Lets the bundle of a changed jar stand beside the one it takes the place of, though name and version are the same. */
@Component(service = CollisionHook.class)
public final class JarTwins implements CollisionHook {
    private final Bundle own;

    /** For what this bundle installs. */
    @Activate
    public JarTwins(BundleContext context) {
        this.own = context.getBundle();
    }

    @Override
    public void filterCollisions(int operation, Bundle target, Collection<Bundle> candidates) {
        if (operation == INSTALLING && own.equals(target)) {
            candidates.removeIf(JarBundles::isOurs);
        }
    }
}
