// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.complete;

import io.culex.api.admin.PluginInfo;
import io.culex.api.admin.PluginInspection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** The plugins that are there or missing. */
@Service
public final class PluginNames implements Completer {
    @Reference
    private PluginInspection inspection;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = inspection.plugins().stream().map(PluginInfo::name).toList();
        return Words.offer(names, session, line, candidates);
    }
}
