// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.complete;

import io.culex.api.admin.Ban;
import io.culex.api.admin.Bans;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** What is banned. */
@Service
public final class BannedValues implements Completer {
    @Reference
    private Bans bans;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> values = bans.list().stream().map(Ban::value).toList();
        return new StringsCompleter(values).complete(session, line, candidates);
    }
}
