// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Operation;
import io.culex.api.local.Publisher;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.shell.complete.Topics;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:publish}. */
@Service
@Command(scope = "mqtt", name = "publish", description = "Publishes a message as the broker itself")
public final class PublishCommand extends ChangeCommand {
    @Argument(index = 0, name = "topic", description = "Its topic", required = true)
    @Completion(Topics.class)
    private String topic;

    @Argument(index = 1, name = "text", description = "Its payload; without one it is empty")
    private String text = "";

    @Option(name = "-q", aliases = "--qos", description = "QoS 0, 1 or 2")
    private int qos;

    @Option(name = "-r", aliases = "--retain", description = "It is to be retained; an empty one removes what is")
    private boolean retain;

    @Reference
    private Publisher publisher;

    @Override
    String change() throws Exception {
        Message message =
                new Message(Filters.topic(topic), Payload.of(text), QoS.of(qos), retain, MessageProperties.NONE);
        ReasonCode code = Answers.of(publisher.publish(message));
        String what = "A message of " + message.payload().size() + " bytes on " + topic;
        if (code.isFailure()) {
            throw new Operation.RefusedException(what + " was refused: " + code.text() + ".");
        }
        return what + " was published" + (code == ReasonCode.SUCCESS ? "." : "; nobody is subscribed to it.");
    }
}
