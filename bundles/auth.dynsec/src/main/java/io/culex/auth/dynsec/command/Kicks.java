// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.Event;
import io.culex.auth.dynsec.model.TieOrder;
import io.culex.auth.dynsec.rules.Rules;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
        Rules old = Rules.of(before, TieOrder.INSERTION);
        Rules now = Rules.of(after, TieOrder.INSERTION);
        for (Client client : before.clients().values()) {
            Client other = after.clients().get(client.username());
            if (other == null
                    || (other.disabled() && !client.disabled())
                    || !Objects.equals(client.password(), other.password())
                    || !Objects.equals(client.clientId(), other.clientId())) {
                kicks.login(client.username());
            } else if (!rights(old, client.username()).equals(rights(now, client.username()))) {
                kicks.rights(client.username());
            }
        }
        kicks.anonymous = !rights(old, null).equals(rights(now, null));
        return kicks;
    }

    /** What is asked, in its order; not by which role or group, nor what these are called. */
    private static List<List<Optional<Acl>>> rights(Rules rules, @Nullable String username) {
        return Arrays.stream(Event.values())
                .map(event -> rules.steps(event, username).stream()
                        .map(step -> Optional.ofNullable(step.acl()))
                        .toList())
                .toList();
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
