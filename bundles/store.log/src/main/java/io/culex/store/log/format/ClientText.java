// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

import io.culex.api.store.StoredClient;

/** A client in a record. */
final class ClientText {
    private ClientText() {}

    static int size(StoredClient client) {
        return Text.size(client.clientId()) + Text.size(client.username()) + Text.size(client.listener());
    }

    static void put(Cursor cursor, StoredClient client) {
        Text.put(cursor, client.clientId());
        Text.put(cursor, client.username());
        Text.put(cursor, client.listener());
    }

    static StoredClient get(Cursor cursor) {
        return new StoredClient(Text.required(cursor), Text.optional(cursor), Text.required(cursor));
    }
}
