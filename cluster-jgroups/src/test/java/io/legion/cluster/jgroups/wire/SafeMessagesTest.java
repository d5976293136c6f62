package io.legion.cluster.jgroups.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.EncryptHeader;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.FragHeader;
import org.jgroups.util.SeqnoList;
import org.junit.jupiter.api.Test;

/// A message of some bytes takes some bytes, whatever it says that follows.
final class SafeMessagesTest {

    /// Twice as much is more than the heap of a test has, and one such array more than the virtual machine allows.
    private static final int MUCH = Integer.MAX_VALUE;

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static MessageInput message(Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        content.write(new DataOutputStream(bytes));
        return new MessageInput(bytes.toByteArray());
    }

    /// How a message without addresses and headers begins.
    private static void begin(DataOutputStream out, short type, int headers) throws IOException {
        out.writeShort(type);
        out.writeByte(0);
        out.writeShort(0);
        out.writeShort(headers);
    }

    private static void isRefused(Content content, String why) throws IOException {
        var message = message(content);
        assertThatThrownBy(() -> SafeMessages.read(message))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(why);
    }

    @Test
    void bytesThatAreAnnouncedAndNotThere() throws IOException {
        isRefused(
                out -> {
                    begin(out, Message.BYTES_MSG, 0);
                    out.writeInt(MUCH);
                },
                "a length of");
    }

    @Test
    void numbersThatAreAnnouncedAndNotThere() throws IOException {
        isRefused(
                out -> {
                    begin(out, Message.OBJ_MSG, 0);
                    out.writeByte(1);
                    out.writeShort(ClassConfigurator.getMagicNumber(SeqnoList.class));
                    out.writeInt(MUCH);
                    out.writeLong(0);
                },
                "a length of");
    }

    /// A header that no protocol of Legion's has, and that JGroups would read all the same.
    @Test
    void keysThatAreAnnouncedAndNotThere() throws IOException {
        isRefused(
                out -> {
                    begin(out, Message.EMPTY_MSG, 1);
                    out.writeShort(1);
                    out.writeShort(new EncryptHeader().getMagicId());
                    out.writeByte(1);
                    out.writeBoolean(false);
                    out.writeByte(1);
                    out.writeInt(MUCH);
                },
                "a number of");
    }

    @Test
    void piecesOfWhichOneIsThere() throws IOException {
        var piece = new BytesMessage(null, new byte[3])
                .putHeader(ClassConfigurator.getProtocolId(FRAG4.class), new FragHeader(1, 0, MUCH));
        isRefused(
                out -> {
                    out.writeShort(piece.getType());
                    piece.writeTo(out);
                },
                "pieces");
    }

    @Test
    void aBatchOfWhichNothingIsThere() throws IOException {
        var batch = message(out -> {
            out.writeByte(1);
            out.writeByte(1);
            out.writeShort(-1);
            out.writeInt(100_000);
        });
        assertThatThrownBy(() -> SafeMessages.readBatch(batch, true)).hasMessageContaining("a length of");
    }

    @Test
    void whatIsThereIsRead() throws IOException {
        var sent = new BytesMessage(null, new byte[] {3, 5});
        var read = SafeMessages.read(message(out -> {
            out.writeShort(sent.getType());
            sent.writeTo(out);
        }));
        assertThat(read.getArray()).containsExactly(3, 5);
    }

    @Test
    void aMessageIsReadAsItsBytesCome() throws IOException {
        var bytes = new byte[100_000];
        bytes[99_999] = 7;
        assertThat(MessageInput.bytes(new DataInputStream(new ByteArrayInputStream(bytes)), bytes.length))
                .isEqualTo(bytes);
        var few = new DataInputStream(new ByteArrayInputStream(new byte[10]));
        assertThatThrownBy(() -> MessageInput.bytes(few, WireFormat.LONGEST)).isInstanceOf(EOFException.class);
        for (int length : new int[] {-1, WireFormat.LONGEST + 1, MUCH}) {
            assertThatThrownBy(() -> MessageInput.bytes(few, length)).hasMessageContaining("a message of " + length);
        }
    }
}
