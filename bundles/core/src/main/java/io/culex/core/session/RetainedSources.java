// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.auth.Subject;
import io.culex.core.plugin.Scope;
import io.culex.core.plugin.Snapshot;
import io.culex.core.route.Publication;
import org.jspecify.annotations.Nullable;

/** {@code check_retain_source}: whether who has published a retained message must have the right to do so still, and has. */
final class RetainedSources {
    private RetainedSources() {}

    /** Where it must have the right; null: nobody is asked. */
    static @Nullable Scope of(Publication message, Session receiver, Services services) {
        Subject sender = message.sender();
        if (sender == null
                || sender.peer().listener().isEmpty()
                || !services.current().broker().retain().checkSource()) {
            return null;
        }
        Snapshot now = services.current().get();
        Scope scope = now.scope(sender.peer().listener());
        if (scope.listener().name().isEmpty()) {
            // That listener is no more, which gives nobody a right: the plugins of the receiver's say who may publish.
            scope = now.scope(receiver.subject().peer().listener());
        }
        return scope.listener().name().isEmpty() ? null : scope;
    }

    /** Whether it has the right there. */
    static boolean permit(Publication message, Scope source) {
        String mountPoint = source.listener().clients().mountPoint();
        String topic = message.topicText();
        Subject sender = message.sender();
        return source.gate().isOpen()
                && sender != null
                && (!source.gate().authorizes()
                        || (topic.startsWith(mountPoint)
                                && source.gate().allows(Access.WRITE, sender, topic.substring(mountPoint.length()))));
    }
}
