package io.legion.command;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The commands that the script `legion` has beside ours, as its help describes them: a paragraph that begins with
/// `./legion NAME` names the options of that command. So whatever the help shows can be completed.
final class ScriptHelp {
    private static final Pattern SYNOPSIS = Pattern.compile("\\./legion ([a-z-]+)(.*)", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("(--[a-z-]+)(?: ([^\\s\\]]+))?");
    private static final Pattern FILES = Pattern.compile("FILE|DIR");

    private ScriptHelp() {}

    /// The commands by their names.
    static Map<String, CommandSpec> read(BufferedReader help) {
        var synopses = new LinkedHashMap<String, String>();
        for (var paragraph : help.lines().collect(Collectors.joining("\n")).split("\n\n")) {
            var synopsis = SYNOPSIS.matcher(paragraph.strip());
            if (synopsis.matches()) {
                synopses.merge(synopsis.group(1), synopsis.group(2), String::concat);
            }
        }
        var commands = new LinkedHashMap<String, CommandSpec>();
        synopses.forEach((name, rest) -> commands.put(name, command(name, rest, synopses.keySet())));
        return commands;
    }

    private static CommandSpec command(String name, String synopsis, Iterable<String> others) {
        var command = CommandSpec.create().name(name);
        for (var option : OPTION.matcher(synopsis).results().toList()) {
            if (!command.optionsMap().containsKey(option.group(1))) {
                command.addOption(option(option.group(1), option.group(2)));
            }
        }
        var operand = OPTION.matcher(synopsis).replaceAll("").strip();
        if (operand.equals("DIR")) {
            command.addPositional(PositionalParamSpec.builder().type(Path.class).build());
        } else if (operand.equals("COMMAND")) {
            command.addPositional(PositionalParamSpec.builder()
                    .type(String.class)
                    .completionCandidates(others)
                    .build());
        }
        return command;
    }

    private static OptionSpec option(String name, @Nullable String value) {
        var option = OptionSpec.builder(name);
        if (value == null) {
            return option.type(boolean.class).arity("0").build();
        }
        if (FILES.matcher(value).matches()) {
            return option.type(Path.class).arity("1").build();
        }
        List<String> words = Arrays.asList(value.split("\\|"));
        return words.size() < 2
                ? option.type(String.class).arity("1").build()
                : option.type(String.class)
                        .arity("1")
                        .completionCandidates(words)
                        .build();
    }
}
