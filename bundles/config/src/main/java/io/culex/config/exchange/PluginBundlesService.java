// SPDX-License-Identifier: Apache-2.0
package io.culex.config.exchange;

import io.culex.api.admin.Operation.RefusedException;
import io.culex.api.admin.PluginBundles;
import io.culex.api.config.Reload;
import io.culex.config.provision.JarBundles;
import io.culex.config.provision.JarCheck;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Bundles of plugins, one change at a time. What a line of mosquitto.conf names is exchanged by a reload; what the installation or
 * {@link #install} brought, here.
 */
@Component(service = PluginBundles.class)
public final class PluginBundlesService implements PluginBundles {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String INSTALLED = "culex-installed:";
    private static final String TWIN = "culex-twin:";

    private final BundleContext context;
    private final PluginServices services;
    private final BundleExchange exchange;
    private final Reload reload;

    /** What runs of a bundle that did not come from where the bundle says it is from, by the bundle's number. */
    private final Map<Long, PluginSource> kept = new HashMap<>();

    /** In that framework. */
    @Activate
    public PluginBundlesService(
            BundleContext context, @Reference ServiceComponentRuntime components, @Reference Reload reload) {
        this.context = context;
        this.services = new PluginServices(context, components, BOUND);
        this.exchange = new BundleExchange(context);
        this.reload = reload;
    }

    @Override
    public synchronized String install(String source) throws RefusedException {
        PluginSource read = PluginSource.read(source);
        check(read, bundles());
        Bundle bundle = exchange.install(INSTALLED + read.symbolicName(), read, true);
        keep(bundle, read);
        return describe(bundle) + " is installed as bundle " + bundle.getBundleId()
                + ". Doors ask it once a plugin line of mosquitto.conf names it.";
    }

    @Override
    public synchronized String update(String plugin, @Nullable String source) throws RefusedException {
        Bundle bundle = exchangeable(plugin);
        if (JarBundles.isOurs(bundle)) {
            throw new RefusedException(named(bundle));
        }
        PluginSource read = source == null ? null : readFor(bundle, source);
        Set<String> served = services.names(bundle);
        String before = describe(bundle);
        boolean ran = PluginServices.runs(bundle);
        try {
            exchange.update(bundle, read, null);
            if (ran) {
                services.await(bundle, served);
            }
        } catch (RefusedException e) {
            throw read == null ? e : wentBack(bundle, null, ran, e);
        }
        keep(bundle, read);
        return before + " was updated to " + bundle.getVersion() + ".";
    }

    @Override
    public synchronized String swap(String plugin, String source) throws RefusedException {
        Bundle bundle = exchangeable(plugin);
        if (JarBundles.isOurs(bundle)) {
            return new JarSwap(bundle, reload).to(PluginSource.read(source));
        }
        PluginSource read = readFor(bundle, source);
        Set<String> served = services.names(bundle);
        if (served.isEmpty()) {
            throw new RefusedException(describe(bundle)
                    + " serves no plugin that could stand beside itself; plugin-update exchanges it in place.");
        }
        String before = describe(bundle);
        Bundle twin = exchange.installTwin(bundle, TWIN + read.symbolicName(), read);
        try {
            services.await(twin, served);
        } catch (RefusedException e) {
            exchange.remove(twin);
            throw new RefusedException(e.getMessage()
                    + " (If it needs what the one before holds, such as a port: plugin-update exchanges it in place.)");
        }
        // The twin serves while the bundle itself is exchanged, so that it keeps its number and its owner.
        exchangeBehind(twin, bundle, read, served);
        return before + " was exchanged for " + bundle.getVersion() + " while it went on serving "
                + String.join(", ", served) + ".";
    }

    private void exchangeBehind(Bundle twin, Bundle bundle, PluginSource read, Set<String> served)
            throws RefusedException {
        try {
            exchange.update(bundle, read, twin);
            services.await(bundle, served);
        } catch (RefusedException e) {
            RefusedException reason = wentBack(bundle, twin, true, e);
            if (!services.names(bundle).containsAll(served)) {
                throw new RefusedException(reason.getMessage() + " Bundle " + twin.getBundleId() + " goes on serving.");
            }
            exchange.remove(twin);
            throw reason;
        }
        keep(bundle, read);
        exchange.remove(twin);
    }

    private void keep(Bundle bundle, @Nullable PluginSource read) {
        if (read == null) {
            kept.remove(bundle.getBundleId());
        } else {
            kept.put(bundle.getBundleId(), read);
        }
    }

    /** Goes back to what ran before, because clients wait; gives the reason, with what became of that. */
    private RefusedException wentBack(Bundle bundle, @Nullable Bundle twin, boolean ran, RefusedException reason) {
        PluginSource before = kept.get(bundle.getBundleId());
        if (before == null && bundle.getLocation().startsWith(INSTALLED)) {
            return new RefusedException(reason.getMessage()
                    + " What ran before was installed by an earlier run and cannot be brought back.");
        }
        try {
            exchange.update(bundle, before, twin);
            if (ran) {
                exchange.start(bundle);
            }
            return reason;
        } catch (RefusedException e) {
            return new RefusedException(reason.getMessage() + " Going back failed, too: " + e.getMessage());
        }
    }

    @Override
    public synchronized String remove(String plugin) throws RefusedException {
        Bundle bundle = find(plugin);
        if (JarBundles.isOurs(bundle)) {
            throw new RefusedException(named(bundle));
        }
        if (!bundle.getLocation().startsWith(INSTALLED)) {
            throw new RefusedException(describe(bundle)
                    + " was not brought by plugin-install; what a feature brought goes " + "with the feature.");
        }
        String what = describe(bundle);
        kept.remove(bundle.getBundleId());
        exchange.remove(bundle);
        return what + " was removed.";
    }

    private Bundle exchangeable(String plugin) throws RefusedException {
        Bundle bundle = find(plugin);
        String refusal = BaseSet.refusal(bundle, exchange.wiring());
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
        boolean isPlugin = bundle.getSymbolicName().startsWith("io.culex.")
                || bundle.getLocation().startsWith(INSTALLED)
                || !services.names(bundle).isEmpty();
        if (!isPlugin) {
            throw new RefusedException(describe(bundle) + " is no bundle of a plugin.");
        }
        return bundle;
    }

    private Bundle find(String plugin) throws RefusedException {
        Bundle serving = services.bundleOf(plugin);
        if (serving != null) {
            return serving;
        }
        return bundles().stream()
                .filter(bundle ->
                        plugin.equals(bundle.getSymbolicName()) || plugin.equals(String.valueOf(bundle.getBundleId())))
                .findFirst()
                .orElseThrow(() -> new RefusedException("There is neither a plugin nor a bundle '" + plugin + "'."));
    }

    private PluginSource readFor(Bundle bundle, String source) throws RefusedException {
        PluginSource read = PluginSource.read(source);
        if (!read.symbolicName().equals(bundle.getSymbolicName())) {
            throw new RefusedException(
                    source + " is " + read.symbolicName() + ", not " + bundle.getSymbolicName() + ".");
        }
        check(read, bundles().stream().filter(other -> !other.equals(bundle)).toList());
        return read;
    }

    private static void check(PluginSource source, List<Bundle> others) throws RefusedException {
        String refusal = JarCheck.refusal(source.headers(), others);
        if (refusal != null) {
            throw new RefusedException(source.text() + " is refused: " + refusal + ".");
        }
    }

    private List<Bundle> bundles() {
        return Arrays.asList(context.getBundles());
    }

    private static String named(Bundle bundle) {
        return describe(bundle)
                + " is named by a plugin line of mosquitto.conf: change the line or its file, then reload.";
    }

    private static String describe(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
