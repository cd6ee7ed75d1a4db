// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream of bytes in each direction; one thread may read while another writes. */
record Link(InputStream in, OutputStream out, Closeable closing) implements Closeable {
    @Override
    public void close() throws IOException {
        closing.close();
    }
}
