// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.complete;

import io.culex.api.admin.RetainedMessages;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** The topics of retained messages that begin as the argument does, some of them. */
@Service
public final class RetainedTopics implements Completer {
    private static final int MOST = 1_000;

    @Reference
    private RetainedMessages retained;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        String begun = line.getCursorArgument() == null ? "" : line.getCursorArgument();
        List<String> topics = new ArrayList<>();
        retained.list("#", message -> {
            if (topics.size() < MOST && message.topic().startsWith(begun) && Words.isPlain(message.topic())) {
                topics.add(message.topic());
            }
        });
        return Words.offer(topics, session, line, candidates);
    }
}
