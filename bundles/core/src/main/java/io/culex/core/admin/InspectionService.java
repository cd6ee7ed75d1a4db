// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.api.admin.ListenerInfo;
import io.culex.api.admin.ListenerInspection;
import io.culex.api.admin.PluginInfo;
import io.culex.api.admin.PluginInspection;
import io.culex.api.auth.AddressText;
import io.culex.api.config.ListenerSettings;
import io.culex.core.plugin.PluginRegistry;
import io.culex.transport.Doors;
import io.culex.transport.Listener;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Doors and plugins as they stand. Any thread. */
@Component(service = {ListenerInspection.class, PluginInspection.class})
public final class InspectionService implements ListenerInspection, PluginInspection {
    /** Options without which a listener does not encrypt. */
    private static final Set<String> ENCRYPTING = Set.of("certfile", "psk_hint");

    private final PluginRegistry registry;
    private final Doors doors;

    /** Of that broker. */
    @Activate
    public InspectionService(@Reference PluginRegistry registry, @Reference Doors doors) {
        this.registry = registry;
        this.doors = doors;
    }

    @Override
    public List<PluginInfo> plugins() {
        return registry.plugins();
    }

    @Override
    public List<ListenerInfo> listeners() {
        return doors.listeners().stream().map(this::info).toList();
    }

    private ListenerInfo info(Listener listener) {
        ListenerSettings settings = listener.settings();
        return new ListenerInfo(
                listener.name(),
                settings.protocol(),
                listener.addresses().stream().map(InspectionService::text).toList(),
                registry.current()
                        .get()
                        .scope(listener.name())
                        .gate()
                        .state()
                        .name()
                        .toLowerCase(Locale.ROOT),
                listener.connections(),
                settings.clients().maxConnections(),
                settings.stages().keySet().stream().anyMatch(ENCRYPTING::contains),
                settings.access().allowAnonymous(),
                settings.access().plugins());
    }

    private static String text(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? AddressText.of(inet.getAddress()) + ":" + inet.getPort()
                : address.toString();
    }
}
