package io.legion.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups by the command, from servers that fail or lie. The drill of docs/backup.md takes a real one.
class BackupCommandTest {
    private static final String OPEN = """
            {"extract":1,"node":"00000000000000a1","shard":0,"position":4,"historyHash":"fe"}""";
    private static final String PIECE = "/backup/extracts/00000000000000a1/1/0";

    @TempDir
    private Path directory;

    private final StubAdmin admin = StubAdmin.open();

    @AfterEach
    void close() {
        admin.close();
    }

    private Run backup(String... more) {
        var line = new java.util.ArrayList<>(
                java.util.List.of("backup", "--to", directory.resolve("b").toString(), "--admin", admin.url()));
        line.addAll(java.util.List.of(more));
        return Run.of(line.toArray(String[]::new));
    }

    private static String facts(int salvage, String silent) {
        return """
            {"cluster":"7f6c1f6e-0000-0000-0000-000000000001","name":"bank","release":"1","settings":{},
             "types":[{"name":"account","number":7,"shape":"values: Account\\nevents\\n"}],
             "shards":[{"shard":0,"quiet":false,"position":3,"historyHash":"ff","era":0,"epoch":1,"salvage":%d}],
             "asked":["00000000000000a1"],"silent":[%s],"saving":0}""".formatted(salvage, silent);
    }

    private void settled(boolean settled, String why) {
        settled(settled, why, 0, "");
    }

    private void settled(boolean settled, String why, int salvage, String silent) {
        admin.on("GET /backup", 200, facts(salvage, silent));
        admin.on(
                "POST /backup/settle",
                200,
                "{\"shards\":[{\"shard\":0,\"settled\":" + settled + ",\"position\":4,\"why\":\"" + why + "\"}]}");
    }

    @Test
    void anEmptyClusterIsBackedUpAndProved() {
        settled(true, "");
        admin.on("POST /backup/shards/0/extracts?least=4&turn=0", 200, OPEN);
        admin.on(
                "GET " + PIECE + "?offset=0",
                200,
                piece(true, 0, 0, "", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));

        var run = backup();

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("Backup 1 of the cluster bank is complete: 1 shards, 0 partitions");
        assertThat(run.err()).isEmpty();
        var verified = Run.of("verify-backup", directory.resolve("b").toString());
        assertThat(verified.exit()).as(verified.err()).isZero();
        assertThat(verified.out()).contains("Backup 1 of the cluster bank").contains("is whole");
        assertThat(verified.err()).isEmpty();
    }

    @Test
    void aBackupThatMayLackAnswersSaysWhichAndExitsSo() {
        settled(true, "", 2, "\"00000000000000a2\"");
        admin.on("POST /backup/shards/0/extracts?least=4&turn=0", 200, OPEN);
        admin.on(
                "GET " + PIECE + "?offset=0",
                200,
                piece(true, 0, 0, "", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));

        var run = backup();

        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.out()).contains("Backup 1 of the cluster bank was taken, and may lack answers: 1 shards");
        assertThat(run.err())
                .contains("waiting to be submitted again, at least 2 of them")
                .contains("The node 00000000000000a2 could not be asked");
        var verified = Run.of("verify-backup", directory.resolve("b").toString());
        assertThat(verified.exit()).isZero();
        assertThat(verified.err()).contains("The node 00000000000000a2 could not be asked");
    }

    private static String piece(boolean end, long states, int deflated, String content, String digest) {
        return "{\"end\":" + end + ",\"digest\":\"" + digest + "\",\"states\":" + states + ",\"bytes\":" + states * 20
                + ",\"deflatedBytes\":" + deflated + ",\"last\":\"AAAA\",\"content\":\"" + content + "\"}";
    }

    @Test
    void aShardThatDoesNotSettleIsNamed() {
        settled(false, "it has events that did not get into history in time");

        var run = backup();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("legion backup: The backup would not be complete, so none was taken.")
                .contains("Of shard 0: it has events that did not get into history in time.");
    }

    @Test
    void whatIsNoSectionIsNotTaken() {
        settled(true, "");
        admin.on("POST /backup/shards/0/extracts?least=4&turn=0", 200, OPEN);
        admin.on("GET " + PIECE + "?offset=0", 200, piece(false, 1, 3, "AAAA", "AAAA"));

        var run = backup();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("gave shard 0 in a way that cannot be right: a section came that is not whole");
        assertThat(directory.resolve("b").resolve("backup-0000001.json")).doesNotExist();
    }

    @Test
    void aServerOfAnotherReleaseIsRefused() {
        var run = backup();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("legion backup: " + admin.url() + " answered 404");
    }

    @Test
    void wrongOptionsDoNothing() {
        assertThat(backup("--keep", "0").exit()).isEqualTo(2);
        assertThat(backup("--patience", "2h").exit()).isEqualTo(2);
        assertThat(Run.of("backup").exit()).isEqualTo(2);
        assertThat(directory.resolve("b")).doesNotExist();
    }

    @Test
    void whatIsNoBackupIsNoProof() throws IOException {
        Files.createDirectories(directory.resolve("b"));

        var run = Run.of("verify-backup", directory.resolve("b").toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("There is no complete backup in ");
    }
}
