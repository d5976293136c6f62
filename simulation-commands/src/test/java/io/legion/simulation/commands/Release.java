package io.legion.simulation.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.PartitionType;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/// A release of the program in `Shop.txt`, compiled by itself: releases have the same names of classes.
///
/// @param source its source, complete
record Release(String source) {
    static Release first() {
        try (var text = Release.class.getResourceAsStream("Shop.txt")) {
            return new Release(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The release with one text in place of another, everywhere.
    Release with(String old, String now) {
        assertThat(source).contains(old);
        return new Release(source.replace(old, now));
    }

    /// The release whose accounts have this version, and whatever else is written there.
    Release version(String calls) {
        return with("/* version of accounts */", calls);
    }

    /// Compiles it.
    ///
    /// @return the directory of the classes
    Path compile(Path directory) {
        try {
            Files.createDirectories(directory);
            var file = Files.writeString(directory.resolve("Shop.java"), source);
            var options = List.of("-proc:none", "-cp", classPath(), "-d", directory.toString());
            var compiler = ToolProvider.getSystemJavaCompiler();
            var said = new StringWriter();
            try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                var task = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file));
                assertThat(task.call()).as(said.toString()).isTrue();
            }
            return directory;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String classPath() {
        // Where this runs as modules, they are not on the class path.
        return System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", "");
    }

    /// Its partition types, from classes of a loader of its own.
    List<PartitionType<?>> types(Path directory) {
        return ProgramTypes.open(compile(directory).toString()).in(List.of("shop.Shop"));
    }
}
