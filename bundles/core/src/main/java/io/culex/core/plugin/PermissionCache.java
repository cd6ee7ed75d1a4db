// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.Access;
import io.culex.api.auth.Subject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one client may read and write, as far as it was asked. Remembers the gate and the change counter that gave the answers;
 * when either differs, it is empty. Belongs to one loop.
 */
public final class PermissionCache {
    private static final int MAX_TOPICS = 1024;

    /** Longer topics are asked for each time: 1024 of them would be 64 MB that any client may fill, whatever it is allowed. */
    private static final int LONGEST = 256;

    private @Nullable Gate gate;
    private long changes;
    private @Nullable Map<String, Boolean> read;
    private @Nullable Map<String, Boolean> write;

    /** The topic of the last answer of each kind: one and the same text for everything on a route. */
    private @Nullable String lastRead;

    private @Nullable String lastWrite;
    private boolean mayRead;
    private boolean mayWrite;

    /** Lets go of the answers of another gate, and with it of a plugin that may be gone. */
    @SuppressWarnings("ReferenceEquality") // a gate is another one even when it says the same
    public void keepOnly(Gate now) {
        if (gate != now) {
            forget();
        }
    }

    /** Lets go of every answer, and of who gave it. */
    public void forget() {
        gate = null;
        read = null;
        write = null;
        lastRead = null;
        lastWrite = null;
    }

    /** Whether the subject may do that with the topic; nothing while the gate is not open. Does not block. */
    @SuppressWarnings("ReferenceEquality") // another text with the same words is looked up in the map
    public boolean allows(Gate now, Access access, Subject subject, String topic) {
        if (!now.isOpen()) {
            return false;
        }
        if (!now.authorizes()) {
            return true;
        }
        if (access == Access.SUBSCRIBE || access == Access.UNSUBSCRIBE) {
            // Seldom asked, and a filter is not a topic: it must not find the answer for one.
            return now.allows(access, subject, topic);
        }
        if (topic.length() > LONGEST) {
            return now.allows(access, subject, topic);
        }
        long counter = now.changes();
        if (gate != now || changes != counter) {
            forget();
            gate = now;
            changes = counter;
        }
        if (access == Access.READ) {
            if (lastRead != topic) {
                mayRead = answer(now, access, subject, topic);
                lastRead = topic;
            }
            return mayRead;
        }
        if (lastWrite != topic) {
            mayWrite = answer(now, access, subject, topic);
            lastWrite = topic;
        }
        return mayWrite;
    }

    private boolean answer(Gate now, Access access, Subject subject, String topic) {
        Map<String, Boolean> known = access == Access.READ ? read : write;
        if (known == null || known.size() >= MAX_TOPICS) {
            known = new HashMap<>();
            if (access == Access.READ) {
                read = known;
            } else {
                write = known;
            }
        }
        Boolean answer = known.get(topic);
        if (answer == null) {
            answer = now.allows(access, subject, topic);
            known.put(topic, answer);
        }
        return answer;
    }
}
