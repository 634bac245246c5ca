package org.reelcast.process.transcoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Ladder;
import org.reelcast.stream.Variant;

class AbrLadderTest {
    private static final String WCS = """
            profiles:
              -240p:
                audio:
                  codec: mpeg4-generic
                  rate: 48000
                video:
                  height: 240
                  bitrate: 300
                  codec: h264
                  codecImpl: OPENH264
                  gop: 60
                  fps: 30
              -720p:
                video: {height: 720, bitrate: 1500, codec: h264, codecImpl: OPENH264, gop: 60, fps: 30}
              -480p:
                video: {height: 480, bitrate: 800}
            """;

    @TempDir
    private Path folder;

    private List<AbrProfiles.Profile> read(String text) throws IOException {
        return AbrProfiles.read(Files.writeString(folder.resolve("hls_abr_profiles.yml"), text));
    }

    private static List<Ladder.Rung> rungs(List<AbrProfiles.Profile> profiles, int width, int height) throws Refusal {
        return new AbrLadder(profiles, false)
                .rungs("film", Optional.of(Format.video(Codec.H264, width, height, 0)), false);
    }

    @Test
    void profilesAreReadAsWcsHasThem_inTheOrderOfTheFile() throws IOException {
        assertEquals(
                List.of(
                        new AbrProfiles.Profile("240p", 240, 300),
                        new AbrProfiles.Profile("720p", 720, 1500),
                        new AbrProfiles.Profile("480p", 480, 800)),
                read(WCS));
        assertEquals(4, AbrProfiles.read(folder.resolve("missing.yml")).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| the file has no entries",
                "profiles:| profiles has no entries",
                "'profiles: {}'| it has 0 profiles",
                "'profiles: {a: {}}'| a, video has no entries",
                "'profiles: {a: {video: {height: 240}}}'| has no bitrate",
                "'profiles: {a: {video: {height: 241, bitrate: 300}}}'| height is even",
                "'profiles: {a/b: {video: {height: 240, bitrate: 300}}}'| letters and digits",
                "'profiles: {a: {video: {height: 240, bitrate: 300}}, -a: {video: {height: 240, bitrate: 300}}}'| each otherwise",
                "'profiles: [a'| it is no YAML",
                "'!!java.net.URL [\"http://x\"]'| it is no YAML"
            })
    void whatIsWrongIsSaid(String text, String sentence) {
        IOException failure = assertThrows(IOException.class, () -> read(text));
        assertTrue(failure.getMessage().contains(sentence), failure.getMessage());
    }

    @Test
    void noSizeIsLargerThanTheSource() throws Exception {
        List<AbrProfiles.Profile> profiles = read(WCS);
        assertEquals(
                List.of(
                        new Ladder.Rung("240p", new Variant("film", 0, 240, 300), 428, 240, 300_000, false),
                        new Ladder.Rung("480p", new Variant("film", 0, 480, 800), 854, 480, 800_000, false)),
                rungs(profiles, 854, 480));
        assertEquals(3, rungs(profiles, 0, 0).size());
        assertEquals(
                List.of(new Ladder.Rung("240p", new Variant("film", 0, 180, 300), 320, 180, 300_000, false)),
                rungs(profiles, 320, 180));
    }

    @Test
    void soundAloneAndDisabledTranscodingHaveNone() {
        Refusal none = assertThrows(
                Refusal.class, () -> new AbrLadder(List.of(), false).rungs("radio", Optional.empty(), true));
        assertEquals(StatusText.STREAM_HAS_NO_PICTURE, none.status());
        Refusal disabled = assertThrows(
                Refusal.class, () -> new AbrLadder(List.of(), true).rungs("film", Optional.empty(), false));
        assertEquals(StatusText.TRANSCODING_REQUIRED_BUT_DISABLED, disabled.status());
    }
}
