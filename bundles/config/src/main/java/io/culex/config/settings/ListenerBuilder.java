// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.config.file.ConfigDocument;
import io.culex.config.file.Keys;
import io.culex.config.file.Section;
import io.culex.config.plugin.PluginList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The listeners of a file (SPEC A.2). */
final class ListenerBuilder {
    private static final int DEFAULT_PORT = 1883;
    private static final List<String> STAGE_OPTIONS = List.of(
            "cafile",
            "capath",
            "certfile",
            "crlfile",
            "enable_proxy_protocol",
            "keyfile",
            "proxy_trusted_networks",
            "psk_hint");
    private static final List<String> STAGE_FLAGS = List.of(
            "proxy_protocol_v2_require_tls",
            "require_certificate",
            "use_identity_as_username",
            "use_subject_as_username");
    /** They shape TLS where there is some, and ask for nothing where there is none. */
    private static final List<String> TLS_DETAILS = List.of("ciphers", "ciphers_tls1.3", "tls_keyform", "tls_version");

    private final ConfigDocument document;
    private final PluginList plugins;
    private final @Nullable String keylog;

    /**
     * For one configuration.
     *
     * @param keylog the file of {@code --tls-keylog}, or null
     */
    ListenerBuilder(ConfigDocument document, PluginList plugins, @Nullable String keylog) {
        this.document = document;
        this.plugins = plugins;
        this.keylog = keylog;
    }

    List<ListenerSettings> build(List<Integer> commandLinePorts) {
        List<ListenerSettings> listeners = new ArrayList<>();
        if (document.localOnly()) {
            Section options = document.defaultListener() == null ? Section.empty() : document.defaultListener();
            List<Integer> ports = commandLinePorts.isEmpty() ? List.of(DEFAULT_PORT) : commandLinePorts;
            for (int port : new LinkedHashSet<>(ports)) {
                listeners.add(listener(options, new Binding(port, "localhost", null, null, family(options))));
            }
        } else {
            document.listeners().forEach(options -> listeners.add(listener(options, binding(options))));
        }
        return listeners;
    }

    private static Binding binding(Section options) {
        return new Binding(
                options.integer(Keys.PORT),
                options.text(Keys.HOST),
                options.text(Keys.UNIX_PATH),
                options.text("bind_interface"),
                family(options));
    }

    private static Family family(Section options) {
        String domain = options.text("socket_domain");
        if (domain == null) {
            return Family.ANY;
        }
        return domain.equals("ipv4") ? Family.IPV4 : Family.IPV6;
    }

    private ListenerSettings listener(Section options, Binding binding) {
        String name = name(binding);
        return new ListenerSettings(
                name, binding, options.required("protocol"), clients(options), access(options, name), stages(options));
    }

    /** The port and what else tells the binding apart, or the path of the unix socket. */
    private static String name(Binding binding) {
        if (binding.unixPath() != null) {
            return binding.unixPath();
        }
        String name = String.valueOf(binding.port());
        if (binding.host() != null) {
            name += "@" + binding.host();
        }
        if (binding.bindInterface() != null) {
            name += "%" + binding.bindInterface();
        }
        return switch (binding.family()) {
            case ANY -> name;
            case IPV4 -> name + "/ipv4";
            case IPV6 -> name + "/ipv6";
        };
    }

    private ListenerSettings.Clients clients(Section options) {
        String mountPoint = options.text("mount_point");
        return new ListenerSettings.Clients(
                options.integer("max_connections"),
                options.integer("max_qos"),
                options.integer("max_topic_alias"),
                options.integer("max_topic_alias_broker"),
                mountPoint == null ? "" : mountPoint,
                protocolLevels(options),
                document.global().flag("set_tcp_nodelay"));
    }

    private static Set<Integer> protocolLevels(Section options) {
        Set<Integer> levels = new TreeSet<>();
        for (String level : options.required("accept_protocol_versions").split(",", -1)) {
            if (!level.isEmpty()) {
                levels.add(Integer.valueOf(level));
            }
        }
        return levels;
    }

    private ListenerSettings.Access access(Section options, String name) {
        Section security = document.perListener() ? options : document.global();
        String ownPrefix = options.text("listener_auto_id_prefix");
        return new ListenerSettings.Access(
                allowAnonymous(options, security),
                security.flag("allow_zero_length_clientid"),
                ownPrefix == null ? security.required("auto_id_prefix") : ownPrefix,
                document.global().text("clientid_prefixes"),
                options.flag("use_username_as_clientid"),
                deciding(options, name));
    }

    /** Not said at all is a third state: only the local only mode is open then. */
    private boolean allowAnonymous(Section options, Section security) {
        if (options.has("listener_allow_anonymous")) {
            return options.flag("listener_allow_anonymous");
        }
        return security.has("allow_anonymous") ? security.flag("allow_anonymous") : document.localOnly();
    }

    /** Plugins for all listeners first, then those of this one. */
    private List<String> deciding(Section options, String name) {
        List<String> names = new ArrayList<>(plugins.deciding(document.global(), ""));
        names.addAll(plugins.deciding(options, "@" + name));
        return names;
    }

    private Map<String, String> stages(Section options) {
        Map<String, String> stages = new LinkedHashMap<>();
        STAGE_OPTIONS.stream().filter(options::has).forEach(option -> stages.put(option, options.required(option)));
        STAGE_FLAGS.stream().filter(options::flag).forEach(option -> stages.put(option, "true"));
        if (options.has("certfile") || options.has("psk_hint")) {
            TLS_DETAILS.stream().filter(options::has).forEach(option -> stages.put(option, options.required(option)));
            if (keylog != null) {
                stages.put("tls_keylog", keylog);
            }
        }
        if (options.flag("require_certificate") && options.flag("disable_client_cert_date_checks")) {
            stages.put("disable_client_cert_date_checks", "true");
        }
        putPsk(options, stages);
        String protocol = options.required("protocol");
        if (protocol.equals("websockets") && options.has("websockets_origin")) {
            stages.put("websockets_origin", String.join(" ", options.list("websockets_origin")));
        }
        if (!protocol.equals("mqtt")) {
            stages.put("packet_buffer_size", document.global().required("packet_buffer_size"));
            String files = options.text("http_dir");
            if (files != null) {
                stages.put("http_dir", files);
            }
        }
        return stages;
    }

    /** The keys belong to the security options. A listener takes them with its hint; without one the file is only checked. */
    private void putPsk(Section options, Map<String, String> stages) {
        Section security = document.perListener() ? options : document.global();
        String keys = security.text("psk_file");
        if (keys != null) {
            stages.put("psk_file", keys);
        }
    }
}
