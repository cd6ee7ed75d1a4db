// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import java.util.List;

/** The destinations of one generation. One that fails does not keep lines from the others. */
final class Outlets {
    private final List<Recipient> recipients;

    Outlets(List<? extends Outlet> outlets, Recipient.Failures failures) {
        this.recipients =
                outlets.stream().map(outlet -> new Recipient(outlet, failures)).toList();
    }

    void write(Line line, byte[] formatted) {
        recipients.forEach(recipient -> recipient.write(line, formatted));
    }

    void flush(LineFormat format) {
        recipients.forEach(recipient -> recipient.flush(format));
    }

    void close() {
        recipients.forEach(Recipient::close);
    }
}
