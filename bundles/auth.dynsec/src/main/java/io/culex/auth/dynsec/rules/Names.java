// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import io.culex.auth.dynsec.model.Acl;
import org.jspecify.annotations.Nullable;

/** Whom an access is asked for, and what {@code %u} and {@code %c} stand for. */
record Names(@Nullable String username, String clientId) {
    /**
     * The topic of an ACL with the client's names in the place of whole levels; null when it has no such name. A name that has a
     * wildcard or several levels in it opens nothing (CVE-2017-7650), but what it denies is denied.
     */
    @Nullable
    String in(Acl acl) {
        String topic = acl.topic();
        if (topic.indexOf('%') < 0) {
            return topic;
        }
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean isUser = levels[i].equals("%u");
            if (isUser || levels[i].equals("%c")) {
                String name = isUser ? username : clientId;
                if (name == null || name.isEmpty() || (acl.allow() && isDangerous(name))) {
                    return null;
                }
                levels[i] = name;
            }
        }
        return String.join("/", levels);
    }

    private static boolean isDangerous(String name) {
        return name.indexOf('+') >= 0 || name.indexOf('#') >= 0 || name.indexOf('/') >= 0;
    }
}
