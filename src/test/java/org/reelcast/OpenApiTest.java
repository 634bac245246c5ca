package org.reelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi.json} has the calls of REST that there are, with the fields that the examples of the docs have. */
class OpenApiTest {
    private static final java.nio.file.Path DOCS = java.nio.file.Path.of("docs");
    /** A call in the docs: where, and with which body. */
    private static final Pattern EXAMPLE =
            Pattern.compile("curl (?:-i )?http://localhost:8081/rest-api(/\\S+)[^{]*?-d '(\\{[^']*\\})'");

    private static JsonObject openApi;

    @BeforeAll
    static void read() throws IOException {
        openApi = JsonParser.parseString(Files.readString(DOCS.resolve("openapi.json")))
                .getAsJsonObject();
    }

    @Test
    void callsAreThoseOfTheResources_withTheirParameters() {
        Map<String, Set<String>> inCode = new TreeMap<>();
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.reelcast").stream()
                        .filter(each -> each.isAnnotatedWith(Path.class))
                        .forEach(each -> addCalls(each.reflect(), inCode));
        Map<String, Set<String>> documented = new TreeMap<>();
        paths().forEach((path, methods) -> methods.getAsJsonObject()
                .asMap()
                .forEach((method, call) ->
                        documented.put(method.toUpperCase() + " " + path, queryNames(call.getAsJsonObject()))));
        assertEquals(inCode, documented);
        assertTrue(inCode.size() > 40, "calls were found");
    }

    private static void addCalls(Class<?> resource, Map<String, Set<String>> calls) {
        String root = "/" + resource.getAnnotation(Path.class).value();
        for (Method method : resource.getMethods()) {
            String verb = method.isAnnotationPresent(GET.class)
                    ? "GET "
                    : method.isAnnotationPresent(POST.class) ? "POST " : null;
            if (verb != null) {
                Path path = method.getAnnotation(Path.class);
                Set<String> names = new TreeSet<>();
                Stream.of(method.getParameters())
                        .filter(each -> each.isAnnotationPresent(QueryParam.class))
                        .forEach(each ->
                                names.add(each.getAnnotation(QueryParam.class).value()));
                calls.put(verb + root + (path == null ? "" : "/" + path.value()), names);
            }
        }
    }

    @Test
    void examplesOfTheDocs_haveItsFields() throws IOException {
        List<String> faults = new ArrayList<>();
        int examples = 0;
        try (Stream<java.nio.file.Path> pages = Files.list(DOCS)) {
            for (java.nio.file.Path page :
                    pages.filter(each -> each.toString().endsWith(".md")).toList()) {
                for (MatchResult example :
                        EXAMPLE.matcher(Files.readString(page)).results().toList()) {
                    examples++;
                    Set<String> fields = new TreeSet<>(JsonParser.parseString(example.group(2))
                            .getAsJsonObject()
                            .keySet());
                    fields.removeAll(bodyFields(example.group(1)));
                    if (!fields.isEmpty()) {
                        faults.add(page + ", " + example.group(1) + ": " + fields);
                    }
                }
            }
        }
        assertEquals(List.of(), faults);
        assertTrue(examples > 6, "examples were found");
    }

    @Test
    void referencesLeadSomewhere_andTheVersionIsTheBuilds() throws IOException {
        String text = openApi.toString();
        Pattern.compile("\"#/components/(\\w+)/(\\w+)\"")
                .matcher(text)
                .results()
                .forEach(found -> assertTrue(
                        openApi.getAsJsonObject("components")
                                .getAsJsonObject(found.group(1))
                                .has(found.group(2)),
                        found.group()));
        assertTrue(Files.readString(java.nio.file.Path.of("pom.xml"))
                .contains("<version>"
                        + openApi.getAsJsonObject("info").get("version").getAsString() + "</version>"));
    }

    private static Map<String, JsonElement> paths() {
        return openApi.getAsJsonObject("paths").asMap();
    }

    private static Set<String> queryNames(JsonObject call) {
        Set<String> names = new TreeSet<>();
        if (call.has("parameters")) {
            call.getAsJsonArray("parameters")
                    .forEach(
                            each -> names.add(each.getAsJsonObject().get("name").getAsString()));
        }
        return names;
    }

    private static Set<String> bodyFields(String path) {
        JsonObject schema = paths().get(path)
                .getAsJsonObject()
                .getAsJsonObject("post")
                .getAsJsonObject("requestBody")
                .getAsJsonObject("content")
                .getAsJsonObject("application/json")
                .getAsJsonObject("schema");
        if (schema.has("$ref")) {
            String name = schema.get("$ref").getAsString().replaceFirst(".*/", "");
            schema = openApi.getAsJsonObject("components")
                    .getAsJsonObject("schemas")
                    .getAsJsonObject(name);
        }
        return schema.getAsJsonObject("properties").keySet();
    }
}
