package org.reelcast.e2e;

import java.util.ArrayList;
import java.util.List;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.TestMedia;

/** Fifty films of 6 to 20 s that differ in all that costs: B-frames, sound, fragments. */
final class SoakFilms {
    private static final int COUNT = 50;
    private static final int[] RATES = {15, 20, 25, 30};
    private static final int[] SOUND_RATES = {48_000, 44_100, 22_050, 16_000};

    private SoakFilms() {}

    /** @return their names in the server's media folder */
    static List<String> put(ReelcastProcess server) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            MatrixRecipe recipe = new MatrixRecipe()
                    .size("320x180")
                    .rate(Integer.toString(RATES[i % RATES.length]))
                    .seconds(Integer.toString(6 + i % 15))
                    .sound(i % 3 == 0 ? "mono" : "stereo", SOUND_RATES[i / 4 % SOUND_RATES.length])
                    .picture("-preset", "ultrafast");
            if (i % 5 == 0) {
                recipe.picture("-preset", "veryfast").bFrames("b-pyramid=normal");
            }
            if (i % 7 == 3) {
                recipe.flags("+frag_keyframe+empty_moov+default_base_moof");
            }
            String name = "soak/" + i + ".mp4";
            TestMedia.put(recipe.make("soak-" + i), server, name);
            names.add(name);
        }
        return names;
    }
}
