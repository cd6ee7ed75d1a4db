// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;

/**
 * A module that knows nobody. JAAS has no class of exception for a user whom no module knows, only a text, in the language of the
 * machine: a login by this module alone tells which. Public because JAAS makes it.
 */
public final class Ignorant implements LoginModule {
    private static final String ENGLISH = "Login Failure: all modules ignored";

    /** What JAAS says when no module knows the user. */
    static String text() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Ignorant.class.getClassLoader());
        try {
            new LoginContext("nobody", new Subject(), callbacks -> {}, alone()).login();
            return ENGLISH;
        } catch (LoginException e) {
            String message = e.getMessage();
            // One that names the module says that it could not be made.
            return message == null || message.contains(Ignorant.class.getName()) ? ENGLISH : message;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Configuration alone() {
        AppConfigurationEntry[] entries = {
            new AppConfigurationEntry(Ignorant.class.getName(), LoginModuleControlFlag.OPTIONAL, Map.of())
        };
        return new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return entries;
            }
        };
    }

    @Override
    public void initialize(Subject subject, CallbackHandler handler, Map<String, ?> shared, Map<String, ?> options) {
        // It asks nothing.
    }

    @Override
    public boolean login() {
        return false;
    }

    @Override
    public boolean commit() {
        return false;
    }

    @Override
    public boolean abort() {
        return false;
    }

    @Override
    public boolean logout() {
        return false;
    }
}
