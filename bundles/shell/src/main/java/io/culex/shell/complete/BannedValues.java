// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.complete;

import io.culex.api.admin.Ban;
import io.culex.api.admin.Bans;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** What is banned: of the kind that the option before it says, as the command looks for no other. */
@Service
public final class BannedValues implements Completer {
    @Reference
    private Bans bans;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        Ban.Kind kind = kind(Arrays.asList(line.getArguments()));
        List<String> values = bans.list().stream()
                .filter(ban -> ban.kind() == kind)
                .map(Ban::value)
                .toList();
        return Words.offer(values, session, line, candidates);
    }

    private static Ban.Kind kind(List<String> words) {
        if (words.contains("--user")) {
            return Ban.Kind.USER;
        }
        return words.contains("--address") ? Ban.Kind.ADDRESS : Ban.Kind.ID;
    }
}
