// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import com.google.gson.JsonObject;
import io.culex.api.message.Message;
import io.culex.shell.print.Bytes;

/** A message for a program. */
final class MessageJson {
    private MessageJson() {}

    static JsonObject of(Message message) {
        JsonObject json = new JsonObject();
        json.addProperty("topic", message.topic());
        json.addProperty("qos", message.qos().level());
        json.addProperty("retain", message.retain());
        json.addProperty("bytes", message.payload().size());
        json.addProperty("payload", Bytes.exact(message.payload()));
        return json;
    }
}
