// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Ban;
import io.culex.api.admin.Bans;
import io.culex.shell.print.Listing;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:bans}. */
@Service
@Command(scope = "mqtt", name = "bans", description = "Lists who is banned")
public final class BansCommand extends ListCommand {
    @Reference
    private Bans bans;

    @Override
    Listing listing() {
        Listing listing = new Listing("kind", "value", "since", "until", "reason");
        for (Ban ban : bans.list()) {
            listing.row(
                    ban.kind().name().toLowerCase(Locale.ROOT), ban.value(), ban.since(), ban.until(), ban.reason());
        }
        return listing;
    }
}
