// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Whose connections end because of a request (SPEC D.3). Belongs to the thread that carries out the request. */
public final class Kicks {
    private final Set<String> logins = new TreeSet<>();
    private final Set<String> rights = new TreeSet<>();
    private boolean anonymous;

    /** Nobody yet. */
    Kicks() {}

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
