// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.config.GenerationRefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What can only be judged when the whole file is read: options that go together, or not. */
final class DocumentChecks {
    private static final List<String> BRIDGE_CERTIFICATES =
            List.of("bridge_cafile", "bridge_capath", "bridge_certfile", "bridge_keyfile");

    private DocumentChecks() {}

    static void check(ConfigDocument document) throws InvalidConfigException {
        for (Section bridge : document.bridges()) {
            checkBridge(bridge, document);
        }
        checkLocalIds(document);
        for (Section listener : document.listeners()) {
            checkEncryption(listener);
            checkProxy(listener);
        }
        checkBindings(document);
    }

    private static void checkBridge(Section bridge, ConfigDocument document) throws InvalidConfigException {
        String start = "Error: Invalid bridge configuration: ";
        refuseIf(!bridge.has("address"), start + "no remote addresses defined.", bridge.place());
        refuseIf(document.topics(bridge).isEmpty(), start + "no topics defined.", bridge.place());
        boolean psk = bridge.has("bridge_psk");
        boolean identity = bridge.has("bridge_identity");
        refuseIf(psk && !identity, start + "missing bridge_identity.", bridge.place("bridge_psk"));
        refuseIf(identity && !psk, start + "missing bridge_psk.", bridge.place("bridge_identity"));
        for (String option : BRIDGE_CERTIFICATES) {
            refuseIf(
                    psk && bridge.has(option),
                    "Error: '" + option + "': Cannot use both certificate and psk encryption in a single bridge.",
                    bridge.place(option));
        }
    }

    private static void checkLocalIds(ConfigDocument document) throws InvalidConfigException {
        Set<String> ids = new HashSet<>();
        for (Section bridge : document.bridges()) {
            String remote = Objects.requireNonNullElse(bridge.text("remote_clientid"), "*." + bridge.name());
            String local = Objects.requireNonNullElse(bridge.text("local_clientid"), "local." + remote);
            refuseIf(
                    !ids.add(local),
                    "Error: Bridge local_clientid '" + local + "' is not unique. Try changing or setting the "
                            + "local_clientid value for one of the bridges.",
                    bridge.place());
        }
    }

    private static void checkEncryption(Section listener) throws InvalidConfigException {
        boolean certfile = listener.has("certfile");
        boolean keyfile = listener.has("keyfile");
        String psk = "Error: Cannot use both certificate and psk encryption in a single listener.";
        boolean certificates = certfile || listener.has("cafile");
        refuseIf(certificates && listener.has("psk_hint"), psk, listener.place("psk_hint"));
        refuseIf(certfile && listener.has("psk_file"), psk, listener.place("psk_file"));
        refuseIf(
                certfile != keyfile,
                "Error: Both certfile and keyfile must be provided to enable a TLS listener.",
                listener.place(certfile ? "certfile" : "keyfile"));
        for (String option : new String[] {"cafile", "capath"}) {
            refuseIf(
                    listener.has(option) && !certfile,
                    "Error: " + option + " specified without certfile and keyfile.",
                    listener.place(option));
        }
    }

    private static void checkProxy(Section listener) throws InvalidConfigException {
        String version = listener.text("enable_proxy_protocol");
        if ("2".equals(version)) {
            String end = " cannot be used with `enable_proxy_protocol 2`.";
            Place subject = listener.place("use_subject_as_username");
            refuseIf(listener.flag("use_subject_as_username"), "Error: use_subject_as_username" + end, subject);
            refuseIf(listener.has("certfile"), "Error: certfile and keyfile" + end, listener.place("certfile"));
        } else if ("1".equals(version)) {
            // Version 1 says nothing of TLS, so these could never be checked.
            for (String option : new String[] {"proxy_protocol_v2_require_tls", "require_certificate"}) {
                refuseIf(
                        listener.flag(option) && !listener.has("certfile"),
                        "Error: " + option + " cannot be used with `enable_proxy_protocol 1`.",
                        listener.place(option));
            }
        }
    }

    private static void checkBindings(ConfigDocument document) throws InvalidConfigException {
        Set<String> bindings = new HashSet<>();
        for (Section listener : document.listeners()) {
            if (!bindings.add(binding(listener))) {
                throw new InvalidConfigException(
                        GenerationRefusedException.Kind.SYSTEM, "Error: Address already in use", listener.place());
            }
        }
    }

    private static String binding(Section listener) {
        StringBuilder binding = new StringBuilder();
        for (String key : new String[] {Keys.PORT, Keys.HOST, Keys.UNIX_PATH, "bind_interface", "socket_domain"}) {
            binding.append(listener.text(key)).append('\n');
        }
        return binding.toString();
    }

    private static void refuseIf(boolean wrong, String text, Place place) throws InvalidConfigException {
        if (wrong) {
            throw new InvalidConfigException(text, place);
        }
    }
}
