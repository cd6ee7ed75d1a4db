// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.rules.Differences;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Whose connections end because of a request (SPEC D.3). Belongs to the thread that carries out the request. */
public final class Kicks {
    private final Set<String> logins = new TreeSet<>();
    private final Set<String> rights = new TreeSet<>();
    private boolean anonymous;

    /** Nobody yet. */
    Kicks() {}

    /** Those whom it concerns that one configuration has taken the place of another. */
    public static Kicks between(Configuration before, Configuration after) {
        Kicks kicks = new Kicks();
        Differences differences = new Differences(before, after);
        for (Client client : before.clients().values()) {
            Client other = after.clients().get(client.username());
            if (other == null
                    || (other.disabled() && !client.disabled())
                    || !Objects.equals(client.password(), other.password())
                    || !Objects.equals(client.clientId(), other.clientId())) {
                kicks.login(client.username());
            } else if (differences.concern(client, other)) {
                kicks.rights(client.username());
            }
        }
        kicks.anonymous = differences.concernAnonymous();
        return kicks;
    }

    /** User names for which it has changed whether, or how, they may log in. */
    public Set<String> logins() {
        return Collections.unmodifiableSet(logins);
    }

    /** User names for which it has changed what they may do. */
    public Set<String> rights() {
        return Collections.unmodifiableSet(rights);
    }

    /** Whether it has changed what clients without a user name may do. */
    public boolean anonymous() {
        return anonymous;
    }

    /** Whether there is nobody. */
    public boolean isEmpty() {
        return logins.isEmpty() && rights.isEmpty() && !anonymous;
    }

    void login(String username) {
        logins.add(username);
    }

    void rights(String username) {
        rights.add(username);
    }

    void rights(Collection<String> usernames) {
        rights.addAll(usernames);
    }

    void anonymousRights() {
        anonymous = true;
    }
}
