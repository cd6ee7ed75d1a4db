// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

/** Bytes to SUBSCRIBE and UNSUBSCRIBE. */
final class SubscribeDecoder {
    static final int NO_LOCAL = 0x04;
    static final int RETAIN_AS_PUBLISHED = 0x08;

    private SubscribeDecoder() {}
}
