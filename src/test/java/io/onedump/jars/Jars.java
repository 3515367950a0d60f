package io.onedump.jars;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import io.onedump.docs.Repository;

/** The two jars that the build makes, and what an application gets with the first. */
final class Jars {

    /** What a Camel application has before it adds anything. */
    private static final List<String> EMPTY_APPLICATION = List.of("camel-core", "camel-main", "camel-yaml-dsl");

    private static final Path TARGET = Repository.file("target");
    private static final DependencyGraph GRAPH = DependencyGraph.read(TARGET.resolve("dependencies.json"));

    private Jars() {
    }

    static Path components() {
        return only("^onedump-camel-[\\d.]+(-SNAPSHOT)?\\.jar$");
    }

    static Path application() {
        return only("^onedump-camel-[\\d.]+(-SNAPSHOT)?-app\\.jar$");
    }

    static List<String> entries(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).filter(name -> !name.endsWith("/")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The components, what they cannot do without, and an empty Camel application. */
    static Set<Path> withoutOptional() {
        Set<Path> jars = new LinkedHashSet<>(GRAPH.closure(GRAPH.mandatory()));
        jars.addAll(GRAPH.closure(EMPTY_APPLICATION));
        jars.add(components());
        return jars;
    }

    /** What the components' jar brings into an empty Camel application, itself included. */
    static Set<Path> brought() {
        Set<Path> jars = withoutOptional();
        jars.removeAll(GRAPH.closure(EMPTY_APPLICATION));
        return jars;
    }

    static Set<String> mandatory() {
        return GRAPH.mandatory();
    }

    static long size(Path jar) {
        try {
            return Files.size(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class loader that knows Java, jars, and the tests' own classes, which need nothing of the others. */
    static URLClassLoader loader(Set<Path> jars) {
        URL[] urls = Stream.concat(jars.stream(), Stream.of(TARGET.resolve("test-classes"))).map(Jars::url)
                .toArray(URL[]::new);
        return new URLClassLoader("application", urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path only(String name) {
        try (Stream<Path> files = Files.list(TARGET)) {
            List<Path> found = files.filter(file -> file.getFileName().toString().matches(name)).toList();
            if (found.size() != 1) {
                throw new IllegalStateException(TARGET + " has " + found + "; expected one: run mvn verify");
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
