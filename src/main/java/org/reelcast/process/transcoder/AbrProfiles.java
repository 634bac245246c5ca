package org.reelcast.process.transcoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reelcast.refusal.Refusal;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The profiles of {@code hls_abr_profiles.yml}, as WCS has that file: {@code profiles}, in it a name for each, in it
 * {@code video} with {@code height} and {@code bitrate} in kbit/s. The order is the file's.
 */
final class AbrProfiles {
    private static final long MOST_BYTES = 64 << 10;
    private static final int MOST_PROFILES = 16;
    /** Those of a server without the file. */
    private static final List<Profile> USUAL = List.of(
            new Profile("240", 240, 300),
            new Profile("360", 360, 600),
            new Profile("480", 480, 1000),
            new Profile("720", 720, 2000));

    private AbrProfiles() {}

    /** @param label of its streams in addresses @param bitrate kbit/s */
    record Profile(String label, int height, int bitrate) {}

    /** @throws IOException when the file cannot be read or is not as it should be; the message is a sentence */
    static List<Profile> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return USUAL;
        }
        if (Files.size(file) > MOST_BYTES) {
            throw wrong(file, "it is longer than 64 KB");
        }
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            options.setMaxAliasesForCollections(MOST_PROFILES);
            Object whole = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
            return profiles(file, map(file, map(file, whole, "the file").get("profiles"), "profiles"));
        } catch (YAMLException e) {
            throw new IOException(file + ": it is no YAML: " + e.getMessage(), e);
        }
    }

    private static List<Profile> profiles(Path file, Map<?, ?> named) throws IOException {
        if (named.isEmpty() || named.size() > MOST_PROFILES) {
            throw wrong(file, "it has " + named.size() + " profiles; 1 to " + MOST_PROFILES + " there are");
        }
        Map<String, Profile> profiles = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : named.entrySet()) {
            String name = String.valueOf(entry.getKey());
            String label = name.startsWith("-") ? name.substring(1) : name;
            if (!label.matches("[A-Za-z0-9.-]{1,32}") || profiles.containsKey(label)) {
                throw wrong(file, "the profile '" + name + "' is to be named in letters and digits, each otherwise");
            }
            Map<?, ?> video = map(file, map(file, entry.getValue(), name).get("video"), name + ", video");
            profiles.put(label, profile(file, label, video));
        }
        return new ArrayList<>(profiles.values());
    }

    private static Profile profile(Path file, String label, Map<?, ?> video) throws IOException {
        Profile profile =
                new Profile(label, number(file, label, video, "height"), number(file, label, video, "bitrate"));
        try {
            new RequestedEncoding(0, profile.height(), 0, 0, profile.bitrate(), "", Optional.empty()).checked();
            return profile;
        } catch (Refusal e) {
            throw wrong(file, "the profile " + label + " cannot be: " + e.getMessage());
        }
    }

    private static Map<?, ?> map(Path file, Object value, String what) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong(file, what + " has no entries");
    }

    private static int number(Path file, String label, Map<?, ?> video, String key) throws IOException {
        if (video.get(key) instanceof Integer number && number > 0) {
            return number;
        }
        throw wrong(file, "the profile " + label + " has no " + key + " that is a whole number");
    }

    private static IOException wrong(Path file, String clause) {
        return new IOException(file + ": " + clause);
    }
}
