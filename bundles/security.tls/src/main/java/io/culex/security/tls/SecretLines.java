// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.netty.handler.ssl.OpenSslServerContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.internal.tcnative.SSLContext;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.function.Consumer;

/** Asks OpenSSL for the secrets of handshakes. A class of its own: without that library it cannot be loaded. */
final class SecretLines {
    private SecretLines() {}

    /** Returns false when they cannot be had. */
    static boolean tell(OpenSslServerContext context, Consumer<byte[]> sink) {
        try {
            return SSLContext.setKeyLogCallback(handle(context), (connection, line) -> sink.accept(line));
        } catch (NoSuchFieldException | IllegalAccessException | InaccessibleObjectException e) {
            return false;
        }
    }

    /** What the native library knows a context by. Netty has no method that hands it out: sslCtxPointer() is OpenSSL's own, behind it. */
    private static long handle(OpenSslServerContext context) throws NoSuchFieldException, IllegalAccessException {
        Field field = ReferenceCountedOpenSslContext.class.getDeclaredField("ctx");
        field.setAccessible(true);
        return field.getLong(context);
    }
}
