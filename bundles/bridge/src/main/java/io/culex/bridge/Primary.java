// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.bridge.loop.Clockwork;
import io.culex.bridge.settings.BridgeSettings;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * While a bridge is at another address: tries now and then whether the primary one takes connections again. On the bridge's
 * loop.
 */
final class Primary {
    private static final long EVERY_MILLIS = 5000;

    private final Surroundings around;
    private final Runnable back;
    private long lastLook;
    private boolean looking;

    /** That tells {@code back}. */
    Primary(Surroundings around, Runnable back) {
        this.around = around;
        this.back = back;
    }

    void look(BridgeSettings settings, Clockwork clockwork) {
        long now = clockwork.millis();
        if (looking || now - lastLook < EVERY_MILLIS) {
            return;
        }
        looking = true;
        lastLook = now;
        around.dial()
                .dial(Dialling.plain(settings, settings.addresses().get(0)), clockwork, new Door())
                .whenComplete((channel, failure) -> clockwork.run(() -> {
                    looking = false;
                    if (failure == null) {
                        back.run();
                    }
                }));
    }

    /** Goes as soon as it is open. */
    private static final class Door extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
