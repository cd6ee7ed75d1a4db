// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.auth.Subject;
import io.culex.api.auth.UserDirectory;
import io.culex.api.auth.Verdict;
import io.culex.api.intercept.Interceptor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The services of one plugin name that are there now; a plugin may offer one kind or several.
 *
 * @param deniesSpecialChars {@code auth_plugin_deny_special_chars}
 */
record Plugin(
        Guard guard,
        @Nullable Authenticator authenticator,
        @Nullable EnhancedAuthenticator enhanced,
        @Nullable Authorizer authorizer,
        @Nullable Interceptor interceptor,
        @Nullable UserDirectory directory,
        boolean deniesSpecialChars) {
    Plugin(
            Guard guard,
            @Nullable Authenticator authenticator,
            @Nullable EnhancedAuthenticator enhanced,
            @Nullable Authorizer authorizer,
            @Nullable Interceptor interceptor) {
        this(guard, authenticator, enhanced, authorizer, interceptor, null, false);
    }

    /** What differs when the authorizer's answers may differ. One that fails to say so differs each time. */
    long changes() {
        return authorizer == null ? 0 : number(authorizer::changes);
    }

    /** The same for the directory. */
    long directoryChanges() {
        return directory == null ? 0 : number(directory::changes);
    }

    /** Not a call that is counted: it is asked for each message. */
    private long number(LongSupplier counter) {
        try {
            return counter.getAsLong();
        } catch (Throwable e) {
            guard.failed(e);
            return System.nanoTime();
        }
    }

    /** Whether it allows or denies an access, and does not leave that to others. */
    boolean decides(Access access, Subject subject, String topic) {
        Authorizer asked = authorizer;
        if (asked == null) {
            return false;
        }
        Verdict verdict = guard.call(() -> asked.check(access, subject, topic), Verdict.DENY);
        return verdict == Verdict.DENY || verdict == Verdict.ALLOW || denies(subject);
    }

    /** Whether what decides about accesses has what it decides by; one that fails to say so has not. */
    boolean isReady() {
        try {
            return authorizer == null || authorizer.isReady();
        } catch (Throwable e) {
            guard.failed(e);
            return false;
        }
    }

    /** Whether it serves an Authentication Method; one that fails to name its own serves none. */
    boolean serves(String method) {
        try {
            return enhanced != null && method.equals(enhanced.method());
        } catch (Throwable e) {
            guard.failed(e);
            return false;
        }
    }

    String name() {
        return guard.plugin();
    }

    /** Whether the subject is denied without asking: a rule made with its names could mean more than one. */
    boolean denies(Subject subject) {
        return deniesSpecialChars && (isSpecial(subject.clientId()) || isSpecial(subject.username()));
    }

    private static boolean isSpecial(@Nullable String name) {
        return name != null && (name.indexOf('+') >= 0 || name.indexOf('#') >= 0);
    }
}
