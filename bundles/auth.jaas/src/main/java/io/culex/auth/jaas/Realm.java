// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import java.security.Principal;
import java.util.Arrays;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/**
 * One realm of JAAS. Its modules may ask a file, a directory server or a database, so a login blocks.
 *
 * @param name as JAAS knows it
 * @param role that a user must have; empty: none
 */
record Realm(String name, String role) {
    /** How classes of principals that stand for roles are called, in Karaf and elsewhere. */
    private static final String ROLE = "RolePrincipal";

    /**
     * Logs a user in and out again; blocks.
     *
     * @return whether the user is who it says, and has the role
     * @throws LoginException when the realm refuses, or cannot be asked
     */
    boolean admits(String user, char[] password) throws LoginException {
        Subject subject = new Subject();
        LoginContext context = new LoginContext(name, subject, callbacks -> {
            for (Callback callback : callbacks) {
                answer(callback, user, password);
            }
        });
        context.login();
        try {
            return role.isEmpty() || subject.getPrincipals().stream().anyMatch(this::isRole);
        } finally {
            context.logout();
        }
    }

    private static void answer(Callback callback, String user, char[] password) throws UnsupportedCallbackException {
        if (callback instanceof NameCallback name) {
            name.setName(user);
        } else if (callback instanceof PasswordCallback secret) {
            secret.setPassword(Arrays.copyOf(password, password.length));
        } else {
            throw new UnsupportedCallbackException(callback);
        }
    }

    private boolean isRole(Principal principal) {
        return principal.getName().equals(role)
                && principal.getClass().getSimpleName().equals(ROLE);
    }
}
