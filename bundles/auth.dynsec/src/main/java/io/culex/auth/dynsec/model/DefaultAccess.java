// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

/** What holds for an event that no ACL decides; an allowance never holds for {@code $CONTROL} topics. */
public record DefaultAccess(
        boolean publishClientSend, boolean publishClientReceive, boolean subscribe, boolean unsubscribe) {
    /** Nothing is allowed: what a file without the member says. */
    public static final DefaultAccess NOTHING = new DefaultAccess(false, false, false, false);

    /** What a new configuration begins with. */
    public static final DefaultAccess INITIAL = new DefaultAccess(false, true, false, true);

    /** Whether an event is allowed. */
    public boolean allows(Event event) {
        return switch (event) {
            case PUBLISH_CLIENT_SEND -> publishClientSend;
            case PUBLISH_CLIENT_RECEIVE -> publishClientReceive;
            case SUBSCRIBE -> subscribe;
            case UNSUBSCRIBE -> unsubscribe;
        };
    }

    /** The same but for one event. */
    public DefaultAccess with(Event event, boolean allow) {
        return switch (event) {
            case PUBLISH_CLIENT_SEND -> new DefaultAccess(allow, publishClientReceive, subscribe, unsubscribe);
            case PUBLISH_CLIENT_RECEIVE -> new DefaultAccess(publishClientSend, allow, subscribe, unsubscribe);
            case SUBSCRIBE -> new DefaultAccess(publishClientSend, publishClientReceive, allow, unsubscribe);
            case UNSUBSCRIBE -> new DefaultAccess(publishClientSend, publishClientReceive, subscribe, allow);
        };
    }
}
