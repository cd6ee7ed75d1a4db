// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import org.jspecify.annotations.Nullable;

/**
 * Who connects, while options are read. The person of a URL is for its broker alone, and a password for its user alone: neither is shown
 * to another.
 */
final class DraftLogin {
    private @Nullable String username;
    private @Nullable String password;
    private @Nullable String urlUsername;
    private @Nullable String urlPassword;

    /** The option; nobody whom a URL named before counts any more. */
    void username(String value) {
        username = value;
        anotherBroker();
    }

    /** The option; behind a URL with a user it is the password of that one. */
    void password(String value) {
        if (urlUsername == null) {
            password = value;
        } else {
            urlPassword = value;
        }
    }

    /** A URL's person; a password that is not there may be asked for. */
    void url(String user, @Nullable String secret) {
        urlUsername = user;
        urlPassword = secret;
    }

    /** Whom a URL named, that was for its broker. */
    void anotherBroker() {
        urlUsername = null;
        urlPassword = null;
    }

    /** The option's password is that of the user it was given with: it is nothing for one of another name. */
    void forgetPasswordUnless(String user) {
        if (!user.equals(username)) {
            password = null;
        }
    }

    Options.Login build(@Nullable String clientId) {
        if (urlUsername == null) {
            return new Options.Login(clientId, username, password);
        }
        boolean optionIsHis = username == null || username.equals(urlUsername);
        return new Options.Login(clientId, urlUsername, urlPassword == null && optionIsHis ? password : urlPassword);
    }
}
