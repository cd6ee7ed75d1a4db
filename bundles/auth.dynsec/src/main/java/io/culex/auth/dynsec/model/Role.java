// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules under a name.
 *
 * @param rolename unique
 * @param textName for people; null: none
 * @param textDescription for people; null: none
 * @param allowWildcardSubs false: who has it may subscribe to no filter with {@code +} or {@code #}
 * @param acls by type, then by priority, those of the same priority as they were added
 */
public record Role(
        String rolename,
        @Nullable String textName,
        @Nullable String textDescription,
        boolean allowWildcardSubs,
        List<Acl> acls) {
    private static final Comparator<Acl> ORDER = Comparator.comparing(Acl::type)
            .thenComparing(Comparator.comparingInt(Acl::priority).reversed());

    public Role {
        Objects.requireNonNull(rolename, "rolename");
        acls = acls.stream().sorted(ORDER).toList();
    }

    /** With these rules and nothing else. */
    public static Role of(String rolename, List<Acl> acls) {
        return new Role(rolename, null, null, true, acls);
    }

    /** The same with these rules. */
    public Role withAcls(List<Acl> other) {
        return new Role(rolename, textName, textDescription, allowWildcardSubs, other);
    }

    /** The same with other texts; null: none. */
    public Role withTexts(@Nullable String name, @Nullable String description) {
        return new Role(rolename, name, description, allowWildcardSubs, acls);
    }

    /** The same, with wildcards in subscriptions allowed or not. */
    public Role withWildcardSubs(boolean allowed) {
        return new Role(rolename, textName, textDescription, allowed, acls);
    }
}
