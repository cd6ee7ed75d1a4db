// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.metrics.MetricsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The plugins that are exchanged. Of each there are two builds, which can be told from each other by what they do. */
enum Exchanged {
    /** Its metrics begin otherwise in the other build. */
    PASSWORDS("auth.passwordfile", "PasswordFile", "passwordfile", "passwordfiles"),
    /** Its metrics begin otherwise in the other build. */
    ACL("auth.aclfile", "AclFile", "aclfile", "aclfiles"),
    /** The form that it sends names a field otherwise in the other build. */
    WEB("example.http", "HttpLogin", "address", "addresses"),
    /** One of its metrics is called otherwise in the other build. */
    DYNSEC("auth.dynsec", "DynamicSecurity", "change_index", "changes_index");

    private static final String VERSION = "0.1.0";

    private final String artifact;
    private final String component;
    private final String text;
    private final String other;

    Exchanged(String artifact, String component, String text, String other) {
        this.artifact = artifact;
        this.component = component;
        this.text = text;
        this.other = other;
    }

    /** Its name in the configuration. */
    String plugin() {
        return "the-" + artifact;
    }

    String symbolicName() {
        return "io.culex." + artifact;
    }

    Path jar(Path folder, int build) {
        return folder.resolve(artifact + "-" + build + ".jar");
    }

    /** Puts the two builds into a folder; outside of the container. */
    void build(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("culex.bundles"), artifact, "target"))) {
            Path built = files.filter(
                            file -> file.getFileName().toString().matches(artifact + "-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
            SecondBuild.write(built, jar(folder, 1), VERSION + ".first", text, text);
            SecondBuild.write(built, jar(folder, 2), VERSION + ".second", text, other);
        }
        if (this == WEB) {
            Files.copy(jar(folder, 1), folder.resolve("login.jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Whether it decides which topics are allowed. */
    boolean knowsTopics() {
        return this == ACL || this == DYNSEC;
    }

    /** Its lines in the configuration. */
    String lines(SwapHouse house) {
        return switch (this) {
            case PASSWORDS -> load("mosquitto_password_file.so", "password_file " + house.file("passwords"));
            case ACL -> load("mosquitto_acl_file.so", "acl_file " + house.file("acl"));
            case WEB ->
                load(house.file("login.jar").toString(), "url " + house.server().url())
                        + "plugin_opt_max_requests 5000\n";
            case DYNSEC -> load("mosquitto_dynamic_security.so", "config_file " + house.file("dynsec.json"));
        };
    }

    private String load(String path, String option) {
        return "plugin_load " + plugin() + " " + path + "\nplugin_opt_" + option + "\n";
    }

    /** The bundle that serves now: the newest of that name. */
    Bundle bundle(BundleContext context) {
        return new Bundles(context).named(symbolicName());
    }

    /** What its classes come from now. */
    ClassLoader loader(BundleContext context) throws ClassNotFoundException {
        return bundle(context).loadClass(symbolicName() + "." + component).getClassLoader();
    }

    /** The service that decides; null while there is none, or two. */
    ServiceReference<?> service(BundleContext context) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(
                    null,
                    "(&(culex.plugin=" + plugin() + ")(|(objectClass=" + Authenticator.class.getName()
                            + ")(objectClass=" + Authorizer.class.getName() + ")))");
            return found == null || found.length != 1 ? null : found[0];
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which build it is, by what it does. */
    int behaviour(SwapHouse house) {
        if (this == WEB) {
            return house.server().lastForm().contains("&" + other + "=") ? 2 : 1;
        }
        ServiceReference<?> reference = service(house.context());
        if (reference == null || !(house.context().getService(reference) instanceof MetricsSource source)) {
            return 0;
        }
        List<String> names =
                source.metrics().stream().map(metric -> metric.name()).toList();
        house.context().ungetService(reference);
        return names.stream().anyMatch(name -> name.contains(other)) ? 2 : 1;
    }
}
