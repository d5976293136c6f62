package io.legion.cluster.jgroups.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.cluster.jgroups.Discovery;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContactsTest {

    @TempDir
    Path directory;

    private final RecordingLogger logger = RecordingLogger.open();

    @AfterEach
    void nothingUnexpectedWasLogged() {
        logger.close();
    }

    private List<String> warnings() {
        logger.allow(Logger.Priority.WARNING, "");
        return logger.messages(Logger.Priority.WARNING, "").stream()
                .map(RecordingLogger.Message::text)
                .toList();
    }

    @Test
    void eachLineThatIsNoAddressIsToldOnceHoweverOftenTheFileIsRead() throws IOException {
        var file = Files.writeString(directory.resolve("nodes"), "first\nsecond\n127.0.0.1:7760\n");
        var contacts = new Contacts(new Discovery.File(file), List.of(), logger);

        for (int look = 0; look < 5; look++) {
            assertThat(contacts.addresses()).hasSize(1);
        }

        assertThat(warnings())
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("\"first\""))
                .anySatisfy(text -> assertThat(text).contains("\"second\""));
    }

    @Test
    void aNameInAListThatCanNotBeResolvedIsToldOnce() {
        var contacts =
                new Contacts(new Discovery.Static(List.of("not a name:7760", "127.0.0.1:7761")), List.of(), logger);

        for (int look = 0; look < 5; look++) {
            assertThat(contacts.addresses()).hasSize(1);
        }

        assertThat(warnings()).hasSize(1);
        assertThat(warnings().getFirst()).contains("not a name", "cannot be resolved");
    }

    @Test
    void aFileThatGoesAwayAgainIsToldAgain() throws IOException {
        var file = directory.resolve("nodes");
        var contacts = new Contacts(new Discovery.File(file), List.of(), logger);

        contacts.addresses();
        contacts.addresses();
        Files.writeString(file, "127.0.0.1:7760\n");
        contacts.addresses();
        Files.delete(file);
        contacts.addresses();

        assertThat(warnings()).hasSize(2).allSatisfy(text -> assertThat(text).contains("cannot be read"));
    }
}
