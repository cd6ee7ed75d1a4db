// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

/** Bytes to CONNECT. */
final class ConnectDecoder {
    static final int CLEAN_START = 0x02;
    static final int WILL = 0x04;
    static final int WILL_RETAIN = 0x20;
    static final int PASSWORD = 0x40;
    static final int USERNAME = 0x80;

    private ConnectDecoder() {}
}
