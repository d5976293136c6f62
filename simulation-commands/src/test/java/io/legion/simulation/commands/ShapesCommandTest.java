package io.legion.simulation.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShapesCommandTest {
    private static final Release FIRST = Release.first().version("");

    @TempDir
    private Path directory;

    private record Printed(int exit, String out, String err) {}

    private Printed run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = ShapesMain.line()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Printed(exit, out.toString(), err.toString());
    }

    private Printed compare(String command, Release release, String... names) {
        var classes = release.compile(directory.resolve("classes-" + release.hashCode()));
        var arguments = new ArrayList<>(List.of(command, "--in", shapes().toString(), "--classes", classes.toString()));
        arguments.addAll(List.of(names));
        return run(arguments.toArray(String[]::new));
    }

    private Path shapes() {
        return directory.resolve("shapes");
    }

    @Test
    void filesAreWrittenAndCheckedAndTheirVersionsCompared() throws IOException {
        assertThat(compare("check", FIRST, "shop.Shop"))
                .isEqualTo(new Printed(
                        1,
                        shapes().resolve("account/1.shape") + " is missing.\n"
                                + shapes().resolve("stock/1.shape") + " is missing.\n"
                                + "  Why it matters: without it nobody sees when a change no longer fits that version.\n"
                                + "  What to do: run the test on your machine, or ./legion shapes write, and commit the file.\n"
                                + "Nothing was written.\n",
                        ""));
        assertThat(compare("write", FIRST, "shop.Shop").out())
                .isEqualTo(shapes().resolve("account/1.shape") + " was written: commit it.\n"
                        + shapes().resolve("stock/1.shape") + " was written: commit it.\n"
                        + "Everything fits; files compared: 0\n");
        assertThat(Files.readString(shapes().resolve("account/1.shape")))
                .isEqualTo(
                        Files.readString(Path.of("src/test/resources/io/legion/simulation/commands/account-1.shape")));
        assertThat(compare("check", FIRST, "shop.Shop#ACCOUNTS", "shop.Shop#OTHERS"))
                .isEqualTo(new Printed(0, "Everything fits; files compared: 2\n", ""));
        var second = Release.first()
                .with("record Done()", "record Done(@Since(2) int left)")
                .with("new Done()", "new Done(0)")
                .version(".version(2)");
        assertThat(compare("write", second, "shop.Shop").exit()).isZero();
        assertThat(run("diff", "--in", shapes().toString(), "account", "1", "2"))
                .isEqualTo(new Printed(0, "the component Done.left (int32) is new\n", ""));
        assertThat(run("diff", "--in", shapes().toString(), "account", "1", "1").out())
                .isEqualTo("They do not differ.\n");
    }

    @Test
    void whatDoesNotFitEndsWithOneInAProcessToo() throws IOException, InterruptedException {
        assertThat(compare("write", FIRST, "shop.Shop").exit()).isZero();
        var classes =
                FIRST.with("int pieces", "long pieces").with("Integer", "Long").compile(directory.resolve("other"));
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", ""),
                ShapesMain.class.getName(),
                "check",
                "--in",
                shapes().toString(),
                "--classes",
                classes.toString(),
                "shop.Shop");
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said)
                .contains("The type 'stock': Stock.pieces was int32 and is int64, in version 1.")
                .contains("the output of the event was int32 and is int64")
                .endsWith("Nothing was written.\n");
    }

    @Test
    void aWrongLineSaysWhatIsWrong() {
        assertThat(run("check", "--classes", directory.resolve("none").toString(), "shop.Shop")
                        .err())
                .isEqualTo("legion shapes: " + directory.resolve("none")
                        + " is not there. Build the program first, or name its classes: --classes\n");
        assertThat(compare("check", FIRST, "shop.Shopp"))
                .isEqualTo(
                        new Printed(
                                2,
                                "",
                                "legion shapes: There is no class shop.Shopp in --classes. A nested class is named OUTER$INNER\n"));
        assertThat(compare("check", FIRST, "shop.Shop$Done").err())
                .contains("shop.Shop$Done holds no PartitionType in a static field");
        assertThat(compare(
                                "check",
                                FIRST.with("new Account(0, \"nobody\"", "new Account(1 / 0, \"nobody\""),
                                "shop.Shop")
                        .err())
                .contains("The class shop.Shop cannot be used: java.lang.ArithmeticException: / by zero");
        assertThat(run("diff", "--in", shapes().toString(), "account", "1", "2").err())
                .contains("1.shape is not there; kept are the versions []");
        assertThat(compare("check", FIRST.with("\"stock\"", "\"account\""), "shop.Shop")
                        .err())
                .startsWith("legion shapes: the shapes of all partition types of a service are compared together");
        assertThat(run("check").exit()).isEqualTo(2);
        assertThat(run().exit()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNoneIsLeftAloneAndNamed() throws IOException {
        assertThat(compare("write", FIRST, "shop.Shop").exit()).isZero();
        var file = shapes().resolve("stock/1.shape");
        var text = Files.readString(file).replace("version: 1", "<<<<<<< HEAD");
        Files.writeString(file, text);
        assertThat(compare("write", FIRST, "shop.Shop"))
                .isEqualTo(
                        new Printed(
                                2,
                                "",
                                "legion shapes: " + file
                                        + " cannot be read as a file of shapes: the line \"<<<<<<< HEAD\" means"
                                        + " nothing there. Nothing was compared or written. Take it from the version control again\n"));
        assertThat(file).hasContent(text);
    }
}
