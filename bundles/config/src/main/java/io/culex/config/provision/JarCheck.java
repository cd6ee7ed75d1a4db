// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * Whether a bundle may come beside the broker: one that could ever be wired to a bundle of the base set would, when it goes,
 * take that one's connections with it.
 */
public final class JarCheck {
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    private JarCheck() {}

    /** Why the bundle with these headers must not be installed beside those; null when it may. */
    public static @Nullable String refusal(Dictionary<String, String> headers, Collection<Bundle> base) {
        String host = headers.get("Fragment-Host");
        if (host != null) {
            return "it is a fragment of " + names(host).stream().findFirst().orElse(host);
        }
        String name =
                names(headers.get("Bundle-SymbolicName")).stream().findFirst().orElse("");
        for (Bundle bundle : base) {
            if (name.equals(bundle.getSymbolicName())) {
                return "its name " + name + " is that of a bundle of the broker";
            }
            Set<String> common = names(headers.get("Export-Package"));
            Set<String> used = names(bundle.getHeaders("").get("Import-Package"));
            used.addAll(names(bundle.getHeaders("").get("Export-Package")));
            common.retainAll(used);
            if (!common.isEmpty()) {
                return "it exports " + common.iterator().next() + ", which " + bundle.getSymbolicName() + " uses";
            }
        }
        return null;
    }

    /** The names in a header, without attributes and directives. */
    public static Set<String> names(@Nullable String header) {
        Set<String> names = new HashSet<>();
        if (header == null) {
            return names;
        }
        Matcher quoted = QUOTED.matcher(header);
        for (String clause : quoted.replaceAll("").split(",", -1)) {
            Arrays.stream(clause.split(";", -1))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty() && part.indexOf('=') < 0)
                    .forEach(names::add);
        }
        return names;
    }
}
