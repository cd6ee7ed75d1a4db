// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AccountLockedException;
import javax.security.auth.login.CredentialExpiredException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;

/** Knows bob, who has the role mqtt; is slow for one user and broken for another, and refuses some as a directory server does. */
public final class TestModule implements LoginModule {
    static final BlockingQueue<CountDownLatch> HELD = new LinkedBlockingQueue<>();
    static final AtomicInteger ASKED = new AtomicInteger();

    private Subject subject = new Subject();
    private CallbackHandler handler = callbacks -> {};

    record RolePrincipal(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    record UserPrincipal(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    @Override
    public void initialize(Subject whose, CallbackHandler asks, Map<String, ?> sharedState, Map<String, ?> options) {
        subject = whose;
        handler = asks;
    }

    @Override
    public boolean login() throws LoginException {
        ASKED.incrementAndGet();
        NameCallback name = new NameCallback("name");
        PasswordCallback password = new PasswordCallback("password", false);
        try {
            handler.handle(new Callback[] {name, password});
        } catch (IOException | UnsupportedCallbackException e) {
            throw new LoginException(e.getMessage());
        }
        switch (name.getName()) {
            case "broken" -> throw new IllegalStateException("a module of the test fails");
            case "slow" -> hold();
            case "locked" -> throw new AccountLockedException("locked");
            case "absent" -> {
                return false;
            }
            case "directory" -> throw new LoginException("error code 49");
            case "over" -> throw new CredentialExpiredException("over");
            default -> check(name.getName(), String.valueOf(password.getPassword()));
        }
        return true;
    }

    private static void hold() throws LoginException {
        CountDownLatch held = new CountDownLatch(1);
        HELD.add(held);
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoginException("interrupted");
        }
    }

    private static void check(String user, String password) throws LoginException {
        if (!user.equals("bob") || !password.equals("grün")) {
            throw new FailedLoginException("wrong");
        }
    }

    @Override
    public boolean commit() {
        subject.getPrincipals().add(new UserPrincipal("bob"));
        subject.getPrincipals().add(new RolePrincipal("mqtt"));
        return true;
    }

    @Override
    public boolean abort() {
        return true;
    }

    @Override
    public boolean logout() {
        return true;
    }
}
