// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;

/**
 * A file that was found for one request; whoever gets it sends or closes it, on the channel's loop. Its reader's thread alone
 * touches the file.
 */
public final class Page {
    private static final int PIECE_BYTES = 64 * 1024;

    private final PageReader reader;
    private final StaticFiles.OpenFile file;
    private long left;

    Page(PageReader reader, StaticFiles.OpenFile file) {
        this.reader = reader;
        this.file = file;
        this.left = file.length();
    }

    /** Of its content. */
    public String type() {
        return file.type();
    }

    /** How many bytes are sent. */
    public long length() {
        return file.length();
    }

    /**
     * Sends it piece by piece and closes it. The next piece is read when the network has taken the one before, so who does not
     * read holds one of them in memory.
     *
     * @param head is written before it
     * @param end is written after it
     * @return that of {@code end}. Fails when the client is gone, or the file has become shorter: the length that was announced
     *     does not come any more, so the connection must end
     */
    public ChannelFuture send(ChannelHandlerContext ctx, Object head, Object end) {
        ChannelPromise done = ctx.newPromise();
        ctx.write(head);
        sendNext(ctx, end, done);
        return done;
    }

    private void sendNext(ChannelHandlerContext ctx, Object end, ChannelPromise done) {
        if (left == 0) {
            close();
            ctx.writeAndFlush(end, done);
        } else if (!reader.run(() -> readNext(ctx, end, done))) {
            closeFile();
            done.setFailure(new IOException("no file is read any more"));
        }
    }

    private void readNext(ChannelHandlerContext ctx, Object end, ChannelPromise done) {
        try {
            ByteBuf piece = read((int) Math.min(PIECE_BYTES, left));
            ctx.executor().execute(() -> {
                left -= piece.readableBytes();
                ctx.writeAndFlush(piece).addListener(sent -> {
                    if (sent.isSuccess()) {
                        sendNext(ctx, end, done);
                    } else {
                        close();
                        done.setFailure(sent.cause());
                    }
                });
            });
        } catch (RejectedExecutionException loopGone) {
            // The connection went with its loop, and nobody is left to be told.
            closeFile();
        } catch (IOException | RuntimeException | Error e) {
            closeFile();
            done.setFailure(e);
        }
    }

    private ByteBuf read(int bytes) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(bytes);
        while (piece.hasRemaining()) {
            if (file.channel().read(piece) < 0) {
                throw new EOFException("the file has become shorter");
            }
        }
        return Unpooled.wrappedBuffer(piece.flip());
    }

    /** It is not sent. */
    public void close() {
        if (!reader.run(this::closeFile)) {
            closeFile();
        }
    }

    private void closeFile() {
        reader.close(file);
    }
}
