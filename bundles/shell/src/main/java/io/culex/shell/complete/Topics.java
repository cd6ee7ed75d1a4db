// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.complete;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.TopicSeen;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** The topics seen since the start. */
@Service
public final class Topics implements Completer {
    @Reference
    private BrokerAdmin admin;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> topics = admin.topicsSeen().stream().map(TopicSeen::topic).toList();
        return Words.offer(topics, session, line, candidates);
    }
}
