// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may log in. Its groups stand in the groups ({@link Configuration#groupsOf}).
 *
 * @param username unique
 * @param password the hash in a form of SPEC B.2; null: cannot log in. May be text that is no hash, as a file had it
 * @param clientId the only Client Identifier that it may have; null: any
 * @param textName for people; null: none
 * @param textDescription for people; null: none
 * @param disabled whether it is kept out for now
 * @param roles in the order in which they are asked
 */
public record Client(
        String username,
        @Nullable String password,
        @Nullable String clientId,
        @Nullable String textName,
        @Nullable String textDescription,
        boolean disabled,
        List<Ranked> roles) {
    public Client {
        Objects.requireNonNull(username, "username");
        roles = roles.stream().sorted(Ranked.ORDER).toList();
    }

    /** Enabled, with nothing but a name and a password. */
    public static Client of(String username, @Nullable String password) {
        return new Client(username, password, null, null, null, false, List.of());
    }

    /** The same with these roles. */
    public Client withRoles(List<Ranked> other) {
        return new Client(username, password, clientId, textName, textDescription, disabled, other);
    }

    /** The same with another password; null: none. */
    public Client withPassword(@Nullable String hash) {
        return new Client(username, hash, clientId, textName, textDescription, disabled, roles);
    }

    /** The same with another Client Identifier; null: any. */
    public Client withClientId(@Nullable String other) {
        return new Client(username, password, other, textName, textDescription, disabled, roles);
    }

    /** The same with other texts; null: none. */
    public Client withTexts(@Nullable String name, @Nullable String description) {
        return new Client(username, password, clientId, name, description, disabled, roles);
    }

    /** The same, kept out or not. */
    public Client withDisabled(boolean out) {
        return new Client(username, password, clientId, textName, textDescription, out, roles);
    }

    /** Never shows the hash. */
    @Override
    public String toString() {
        return "Client[" + username + "]";
    }
}
